import { html, nothing } from 'lit';
import { money, t } from '../../shared/language.js';
import { LiveView } from '../../shared/live.js';
import { onForm } from '../../shared/view.js';
import { product } from '../../shared/api.js';
import { addToCart, stockWords } from './list.js';
import { picture } from './picture.js';
import { descriptionOf, nameOf } from './words.js';

/** @import { Product } from '../../shared/api.js' */

/**
 * One product. Price and stock follow what happens to them while the page is looked at.
 * @extends {LiveView<Product>}
 */
class ShopProduct extends LiveView {
  constructor() {
    super(() => product(this.parameter));
  }

  render() {
    return html`
      <p class="way"><a href="#/products">${t('product.back')}</a></p>
      ${this.found ? this.#details(this.found) : html`<h1>${t('product.title')}</h1>`}
      ${this.failureNotice(() => this.load())}
    `;
  }

  /** @param {Product} shown */
  #details(shown) {
    const isOrderable = shown.active && shown.available > 0;
    return html`<article class="product">
      ${picture(shown)}
      <div>
        <h1>${nameOf(shown)}</h1>
        <p>${descriptionOf(shown)}</p>
        <p class="price" aria-live="polite">${money(shown.price, shown.currency)}</p>
        <p class="stock">${shown.active ? stockWords(shown) : html`<span class="badge bad">${t('error.PRODUCT_INACTIVE')}</span>`}</p>
        ${isOrderable
          ? html`<form class="buy" @submit=${onForm(({ quantity }) => addToCart(shown, Number(quantity)))}>
              <label for="quantity">${t('field.quantity')}</label>
              <input id="quantity" type="number" min="1" max=${shown.available} inputmode="numeric" required value="1" name="quantity" />
              <button class="primary">${t('action.addToCart')}</button>
              <a class="button" href="#/cart">${t('action.toCart')}</a>
            </form>`
          : nothing}
        <p class="fine">${t('product.live')} · ${shown.productId}</p>
      </div>
    </article>`;
  }
}

customElements.define('shop-product', ShopProduct);
