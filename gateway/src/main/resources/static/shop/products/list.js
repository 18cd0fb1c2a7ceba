import { html, nothing } from 'lit';
import { money, number, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { route, to } from '../../shared/route.js';
import { announce } from '../../shared/view.js';
import { products } from '../../shared/api.js';
import { cart } from '../cart/cart.js';
import { picture } from './picture.js';
import { descriptionOf, nameOf } from './words.js';

/** @import { Product } from '../../shared/api.js' */

const PAGE_SIZE = '24';
const FEW = 5;

/**
 * The products on sale, searched and page by page.
 * @extends {Listing<{products: Product[], nextPageToken?: string}>}
 */
class ShopProducts extends Listing {
  constructor() {
    super(['products'], (query) => products({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) }));
  }

  get #onSale() {
    return this.found?.products.filter((product) => product.active) ?? [];
  }

  get #found() {
    const count = this.#onSale.length;
    if (!this.found) {
      return this.busy ? t('products.loading') : '';
    }
    return count > 0 ? t('products.shown', { count: number(count) }) : t('products.none');
  }

  render() {
    const query = route.query.get('q');
    const isSeen = this.#found && this.#onSale.length === 0;
    return html`
      <h1>${query ? t('products.found', { query }) : t('products.title')}</h1>
      ${this.searchForm()} ${query ? html`<p><a href="#/products">${t('products.all')}</a></p>` : nothing}
      ${this.failureNotice(this.reload)}
      <p class=${isSeen ? 'empty' : 'unseen'} role="status">${this.#found}</p>
      <ul class="products" aria-busy=${this.busy}>
        ${this.#onSale.map((product) => this.#card(product))}
      </ul>
      ${this.pages()}
    `;
  }

  /** @param {Product} product */
  #card(product) {
    const name = nameOf(product);
    return html`<li class="card">
      ${picture(product)}
      <h2><a href=${to(['products', product.productId])}>${name}</a></h2>
      <p class="about">${descriptionOf(product)}</p>
      <p class="price">${money(product.price, product.currency)}</p>
      <p class="stock">${stockWords(product)}</p>
      <button ?disabled=${product.available === 0} aria-label="${t('action.addToCart')}: ${name}" @click=${() => addToCart(product, 1)}>
        ${t('action.addToCart')}
      </button>
    </li>`;
  }
}

/** @param {Product} product */
export function stockWords(product) {
  if (product.available === 0) {
    return html`<span class="badge bad">${t('stock.none')}</span>`;
  }
  return product.available <= FEW
    ? html`<span class="badge few">${t('stock.few', { count: number(product.available) })}</span>`
    : t('stock.some', { count: number(product.available) });
}

/** @param {Product} product @param {number} quantity */
export function addToCart(product, quantity) {
  cart.add(product, quantity);
  announce(t('cart.added', { name: nameOf(product), count: number(cart.pieces) }));
}

customElements.define('shop-products', ShopProducts);
