import { html, nothing } from 'lit';
import { live } from 'lit-html/directives/live.js';
import { ask } from '../../shared/dialog.js';
import { Problem } from '../../shared/http.js';
import { language, money, number, t } from '../../shared/language.js';
import { route, to } from '../../shared/route.js';
import { session } from '../../shared/session.js';
import { View, codeWords, notice, onForm, signInLink, tableHead, wordsFor } from '../../shared/view.js';
import { product } from '../../shared/api.js';
import { cart, total } from '../cart/cart.js';
import { nameOf } from '../products/words.js';
import { draft, fillIn } from './draft.js';
import { fingerprint, ordering } from './ordering.js';

/** @import { MessageKey } from '../../shared/language.js' */

/**
 * What the simulated payment provider knows. An empty token leaves it to chance.
 * @type {{token: string, label: MessageKey}[]}
 */
const METHODS = [
  { token: 'pm_card_visa', label: 'pay.visa' },
  { token: 'pm_card_chargeDeclined', label: 'pay.declined' },
  { token: 'pm_sim_slow', label: 'pay.slow' },
  { token: 'pm_sim_noAnswer', label: 'pay.noAnswer' },
  { token: '', label: 'pay.chance' },
];

/** Contact, payment method, and the button that orders; what comes of it is settled here. */
class ShopCheckout extends View {
  #isAsking = false;

  constructor() {
    super(cart, ordering);
    if (!['placed', 'refused'].includes(ordering.state.is)) {
      ordering.settle();
    }
    this.follow(ordering, () => this.load());
  }

  /** Goes to the order, or asks about what was refused. */
  async load() {
    const { state } = ordering;
    if (state.is === 'placed') {
      ordering.settle();
      // In place of the checkout, which the back button shall not find again.
      location.replace(to(['orders', state.orderId]));
    } else if (state.is === 'refused' && !this.#isAsking) {
      this.#isAsking = true;
      try {
        const isAgreed = await this.#agreed(state.problem);
        if (isAgreed !== undefined) {
          ordering.settle();
        }
        if (isAgreed) {
          this.#order();
        }
      } finally {
        this.#isAsking = false;
      }
    }
  }

  render() {
    const { lines } = cart;
    if (lines.length === 0 && !ordering.isOpen) {
      return html`<h1>${t('checkout.title')}</h1>
        ${this.#stateNotice()}
        <p class="empty">${t('cart.empty')}</p>
        <p><a class="button" href="#/products">${t('cart.toProducts')}</a></p>`;
    }
    return html`
      <h1>${t('checkout.title')}</h1>
      <form class="checkout" @submit=${onForm(() => this.#order())} @input=${this.#keep}>
        <fieldset ?disabled=${ordering.isOpen}>
          <legend>${t('checkout.contact')}</legend>
          ${this.#field('name', 200)} ${this.#field('email', 254)}
          <label for="address">${t('field.address')}</label>
          <textarea id="address" name="address" rows="3" maxlength="1000" autocomplete="street-address" .value=${live(draft().address)}></textarea>
          <p class="fine">${t('checkout.contactHint')}</p>
        </fieldset>
        <fieldset ?disabled=${ordering.isOpen}>
          <legend>${t('checkout.payment')}</legend>
          ${METHODS.map(
            ({ token, label }) => html`<label class="choice"
              ><input type="radio" name="paymentMethod" value=${token} .checked=${live(draft().paymentMethod === token)} />${t(label)}</label>`,
          )}
          <p class="fine">${t('checkout.paymentHint')}</p>
        </fieldset>
        <section class="summary" aria-labelledby="summary">
          <h2 id="summary">${t('checkout.summary')}</h2>
          <ul>
            ${lines.map(
              (line) => html`<li>
                <span>${number(line.quantity)} × ${nameOf(line)}</span> <span>${money(line.price * line.quantity, line.currency)}</span>
              </li>`,
            )}
          </ul>
          ${lines.length > 0
            ? html`<p class="total">${t('cart.total')} <strong>${money(total(lines), lines[0].currency)}</strong></p>`
            : nothing}
          ${this.#stateNotice()}
          ${session.userId || !session.isKnown
            ? html`<button class="primary" ?disabled=${ordering.isOpen || !session.isKnown}>${t('checkout.order')}</button>`
            : signInLink('checkout.signIn')}
          <p><a href="#/cart">${t('checkout.toCart')}</a></p>
        </section>
      </form>
    `;
  }

  /** @param {'name' | 'email'} name @param {number} longest */
  #field(name, longest) {
    return html`<label for=${name}>${t(`field.${name}`)}</label>
      <input id=${name} name=${name} type=${name === 'email' ? 'email' : 'text'} required maxlength=${longest} autocomplete=${name}
        .value=${live(draft()[name])} />`;
  }

  #stateNotice() {
    const { state } = ordering;
    switch (state.is) {
      case 'sending':
      case 'elsewhere':
        return notice(t(`ordering.${state.is}`));
      case 'waiting':
        return notice(`${codeWords(state.code)} ${t('ordering.waiting', { seconds: number(state.seconds) })}`, 'status', this.#giveUp());
      case 'cartChanged':
        return notice(t('ordering.cartChanged'), 'alert', html`<a class="button" href="#/orders">${t('nav.orders')}</a>`);
      case 'signedOut':
        return notice(t('ordering.signedOut'), 'alert', signInLink());
      case 'otherUser':
        return notice(t('error.SESSION_CHANGED'), 'alert');
      case 'stuck':
        return notice(
          `${wordsFor(state.problem)} ${t('ordering.stuck')}`,
          'alert',
          html`<button @click=${() => ordering.resume()}>${t('action.tryAgain')}</button> ${this.#giveUp()}`,
        );
      case 'refused':
        return notice(wordsFor(state.problem), 'alert');
      default:
        return nothing;
    }
  }

  #giveUp() {
    const abandon = async () => {
      if (await ask(t('abandon.title'), t('abandon.words'), t('abandon.sure'))) {
        ordering.abandon();
        location.hash = '#/orders';
      }
    };
    return html`<button @click=${abandon}>${t('abandon.ask')}</button>`;
  }

  /** @param {Event} event */
  #keep(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    fillIn({ [input.name]: input.value });
  }

  #order() {
    const { name, email, address, paymentMethod } = draft();
    return ordering.order(fingerprint(), {
      ...(paymentMethod && { paymentMethod }),
      contact: { name, email, ...(address && { address }) },
      locale: language.code,
    });
  }

  /** Asks whether to order what can be had; undefined when there is no such question. @param {Problem} problem */
  async #agreed(problem) {
    switch (problem.code) {
      case 'PRICE_CHANGED':
        return this.#newPrices(problem.body.changes);
      case 'INSUFFICIENT_STOCK':
        return this.#whatIsLeft(problem.body.shortages);
      case 'PRODUCT_INACTIVE':
      case 'PRODUCT_NOT_FOUND':
        return this.#withoutGone();
      default:
        return undefined;
    }
  }

  /** @param {{productId: string, expectedPrice: number, currentPrice: number, currentVersion: number}[]} changes */
  async #newPrices(changes) {
    const currency = cart.lines[0]?.currency ?? 'VND';
    const content = html`<p>${t('changed.words')}</p>
      <table>
        ${tableHead({ 'field.product': '', 'changed.old': '', 'changed.new': '' })}
        <tbody>
          ${changes.map(
            (change) => html`<tr>
              <th scope="row">${this.#nameOf(change.productId)}</th>
              <td><s>${money(change.expectedPrice, currency)}</s></td>
              <td><strong>${money(change.currentPrice, currency)}</strong></td>
            </tr>`,
          )}
        </tbody>
      </table>`;
    const isAccepted = await this.#isToOrder('error.PRICE_CHANGED', content, 'changed.accept');
    // Those who go back to look see the price that holds.
    for (const change of changes) {
      cart.change(change.productId, { price: change.currentPrice, priceVersion: change.currentVersion });
    }
    return isAccepted;
  }

  /** @param {{productId: string, requested: number, available: number}[]} shortages */
  async #whatIsLeft(shortages) {
    const content = html`<p>${t('short.words')}</p>
      <ul>
        ${shortages.map(
          ({ productId, requested, available }) =>
            html`<li><strong>${this.#nameOf(productId)}</strong>: ${t('short.line', { requested: number(requested), available: number(available) })}</li>`,
        )}
      </ul>`;
    const left = new Map(shortages.map((shortage) => [shortage.productId, shortage.available]));
    const isAnyLeft = cart.lines.some((line) => left.get(line.productId) !== 0);
    const isTaken = await this.#isToOrder('error.INSUFFICIENT_STOCK', content, isAnyLeft && 'short.take');
    if (isTaken) {
      left.forEach((quantity, productId) => cart.change(productId, { quantity }));
    }
    return isTaken;
  }

  /** The refusal names the products for a person only, so each one is looked at. */
  async #withoutGone() {
    const looks = await Promise.all(
      cart.lines.map((line) =>
        product(line.productId).then(
          (found) => !found.active,
          (error) => error instanceof Problem && error.status === 404,
        ),
      ),
    );
    const gone = cart.lines.filter((_, index) => looks[index]);
    if (gone.length === 0) {
      return undefined;
    }
    const content = html`<ul>
      ${gone.map((line) => html`<li>${nameOf(line)}</li>`)}
    </ul>`;
    const isLeftOut = await this.#isToOrder('error.PRODUCT_INACTIVE', content, gone.length < cart.lines.length && 'gone.rest');
    if (isLeftOut) {
      gone.forEach((line) => cart.change(line.productId, { quantity: 0 }));
    }
    return isLeftOut;
  }

  /** If not, the customer looks at the cart again. @param {MessageKey} title @param {unknown} content @param {MessageKey | false} order */
  async #isToOrder(title, content, order) {
    const isAgreed = await ask(t(title), content, order ? t(order) : undefined, { kind: 'primary', leave: t('changed.look') });
    if (!isAgreed && route.path === '/checkout') {
      location.hash = '#/cart';
    }
    return isAgreed;
  }

  /** @param {string} productId */
  #nameOf(productId) {
    const line = cart.lines.find((candidate) => candidate.productId === productId);
    return line ? nameOf(line) : productId;
  }
}

customElements.define('shop-checkout', ShopCheckout);
