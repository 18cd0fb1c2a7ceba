import { html } from 'lit';
import { live } from 'lit-html/directives/live.js';
import { money, t } from '../../shared/language.js';
import { to } from '../../shared/route.js';
import { View, announce } from '../../shared/view.js';
import { picture } from '../products/picture.js';
import { nameOf } from '../products/words.js';
import { cart, total } from './cart.js';

/** @import { Line } from './cart.js' */

/** What will be ordered, and how many of each. */
class ShopCart extends View {
  constructor() {
    super(cart);
  }

  render() {
    const { lines } = cart;
    return html`
      <h1>${t('cart.title')}</h1>
      ${lines.length === 0
        ? html`<p class="empty">${t('cart.empty')}</p>
            <p><a class="button primary" href="#/products">${t('cart.toProducts')}</a></p>`
        : html`<ul class="lines">
              ${lines.map((line) => this.#line(line))}
            </ul>
            <p class="total" aria-live="polite">${t('cart.total')} <strong>${money(total(lines), lines[0].currency)}</strong></p>
            <div class="actions">
              <a class="button primary" href="#/checkout">${t('cart.toCheckout')}</a>
              <a class="button" href="#/products">${t('cart.toProducts')}</a>
            </div>`}
    `;
  }

  /** @param {Line} line */
  #line(line) {
    const name = nameOf(line);
    return html`<li>
      ${picture(line)}
      <div class="what">
        <a href=${to(['products', line.productId])}>${name}</a>
        <span class="fine">${money(line.price, line.currency)}</span>
      </div>
      <label class="unseen" for="quantity-${line.productId}">${t('cart.quantity', { name })}</label>
      <input id="quantity-${line.productId}" type="number" min="1" required inputmode="numeric" .value=${live(String(line.quantity))}
        @change=${(/** @type {Event} */ event) => this.#change(line, /** @type {HTMLInputElement} */ (event.target))} />
      <span class="sum">${money(line.price * line.quantity, line.currency)}</span>
      <button class="quiet" aria-label="${t('action.remove')}: ${name}" @click=${() => this.#remove(line)}>${t('action.remove')}</button>
    </li>`;
  }

  /** @param {Line} line @param {HTMLInputElement} input */
  #change(line, input) {
    if (input.reportValidity()) {
      cart.change(line.productId, { quantity: input.valueAsNumber });
    }
  }

  /** @param {Line} line */
  #remove(line) {
    cart.change(line.productId, { quantity: 0 });
    announce(t('cart.removed', { name: nameOf(line) }));
    /** @type {HTMLElement | null} */ (this.closest('main'))?.focus();
  }
}

customElements.define('shop-cart', ShopCart);
