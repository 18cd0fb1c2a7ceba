import { html, nothing } from 'lit';
import { Problem } from '../../shared/http.js';
import { money, number, t } from '../../shared/language.js';
import { Refresh } from '../../shared/live.js';
import { session } from '../../shared/session.js';
import { read, write } from '../../shared/storage.js';
import { View, mayPass, notice, onForm } from '../../shared/view.js';
import { changePrice, product, receiveStock, setActive, stock } from '../../shared/api.js';
import { newKey } from '../checkout/ordering.js';
import { picture } from '../products/picture.js';
import { activeBadge } from './products.js';

/** @import { Product, Stock } from '../../shared/api.js' */
/** @typedef {{key: string, quantity: number, at: number}} Receipt `at`: when it was first sent, in milliseconds */

/** How long the platform knows a key. */
const KNOWN_MS = 24 * 60 * 60 * 1000;

/** One product for staff: its price, whether it is on sale, and its stock. */
class StaffProduct extends View {
  /** @type {Product | undefined} */
  #product;
  /** @type {Stock | undefined} */
  #stock;
  /** A price that was to be set while another user set another one. @type {{wanted: number} | undefined} */
  #lost;
  #done = '';

  constructor() {
    super();
    // One that was just created may not be seen yet while the platform is busy.
    new Refresh(this, async () => {
      if (!this.#product && mayPass(this.failure)) {
        await this.repeating(() => this.#look());
      }
    });
  }

  async load() {
    await this.doing(() => this.#look());
  }

  async #look() {
    [this.#product, this.#stock] = await Promise.all([product(this.parameter), stock(this.parameter)]);
  }

  render() {
    return html`
      <p class="way"><a href="#/staff/products">${t('staff.back')}</a></p>
      <h1>${this.#product?.name ?? t('staff.product')}</h1>
      ${this.failureNotice(() => this.load())} ${this.#done ? notice(this.#done, 'done') : nothing}
      ${this.#product && this.#stock ? this.#forms(this.#product, this.#stock) : nothing}
    `;
  }

  /** @param {Product} shown @param {Stock} levels */
  #forms(shown, levels) {
    const pending = this.busy ? null : this.#receipt;
    const isLate = isForgotten(pending);
    return html`
      <div class="panels">
        <section class="panel" aria-labelledby="about">
          <h2 id="about">${t('staff.sale')}</h2>
          ${picture(shown)}
          <p>${activeBadge(shown.active)} <span class="fine">${shown.productId}</span></p>
          <p>${shown.description}</p>
          <button ?disabled=${this.busy} @click=${() => this.#setActive(!shown.active)}>${t(shown.active ? 'staff.deactivate' : 'staff.activate')}</button>
        </section>
        <section class="panel" aria-labelledby="pricing">
          <h2 id="pricing">${t('field.price')}</h2>
          <p class="price">${money(shown.price, shown.currency)}</p>
          ${this.#lost
            ? notice(t('staff.lost', { price: money(shown.price, shown.currency), wanted: money(this.#lost.wanted, shown.currency) }), 'alert')
            : nothing}
          <form class="fields" @submit=${onForm((fields, form) => this.#price(Number(fields.price), form))}>
            <label for="price">${t('staff.newPrice')}</label>
            <input id="price" name="price" type="number" min="0" step="any" inputmode="decimal" required .value=${String(this.#lost?.wanted ?? '')} />
            <button class="primary" ?disabled=${this.busy}>${t(this.#lost ? 'staff.priceAnyway' : 'staff.setPrice')}</button>
          </form>
        </section>
        <section class="panel" aria-labelledby="stock">
          <h2 id="stock">${t('staff.stock')}</h2>
          <dl class="levels">
            ${/** @type {const} */ (['available', 'reserved', 'sold']).map(
              (level) => html`<div><dt>${t(`field.${level}`)}</dt><dd>${number(levels[level])}</dd></div>`,
            )}
          </dl>
          ${pending ? notice(t(isLate ? 'staff.receiptLate' : 'staff.receiptOpen', { count: number(pending.quantity) })) : nothing}
          <form class="fields" @submit=${onForm((fields, form) => this.#receive(Number(fields.quantity), form))}>
            <label for="received">${t('staff.received')}</label>
            <input id="received" name="quantity" type="number" min="1" max="1000000" inputmode="numeric" required
              ?readonly=${pending !== null} .value=${String(pending?.quantity ?? '')} />
            <button class="primary" ?disabled=${this.busy}>${t(pending ? (isLate ? 'staff.receiptForget' : 'staff.receiveAgain') : 'staff.receive')}</button>
          </form>
        </section>
      </div>
    `;
  }

  /** @param {boolean} active */
  async #setActive(active) {
    await this.#change(t(active ? 'staff.activated' : 'staff.deactivated'), () => setActive(this.parameter, active));
  }

  /** @param {number} price @param {HTMLFormElement} form */
  async #price(price, form) {
    await this.#change(t('staff.priceSet'), async () => {
      await changePrice(this.parameter, price, this.#product?.priceVersion ?? 0);
      this.#lost = undefined;
      form.reset();
    });
    if (this.failure instanceof Problem && this.failure.code === 'PRECONDITION_FAILED') {
      this.#lost = { wanted: price };
      await this.load();
    }
  }

  get #receiptName() {
    return `orderflow.receipt.${session.userId}.${this.parameter}`;
  }

  /** A receipt whose outcome is not known. @returns {Receipt | null} */
  get #receipt() {
    return read(this.#receiptName, null);
  }

  /** @param {number} quantity @param {HTMLFormElement} form */
  async #receive(quantity, form) {
    if (isForgotten(this.#receipt)) {
      write(this.#receiptName, undefined);
      this.requestUpdate();
      return;
    }
    const receipt = this.#receipt ?? { key: newKey(session.userId), quantity, at: Date.now() };
    write(this.#receiptName, receipt);
    await this.#change(t('staff.receivedDone', { count: number(receipt.quantity) }), async () => {
      try {
        await receiveStock(this.parameter, receipt.quantity, receipt.key);
      } catch (error) {
        if (error instanceof Problem && error.decides(receipt)) {
          write(this.#receiptName, undefined);
        }
        throw error;
      }
      write(this.#receiptName, undefined);
      form.reset();
    });
  }

  /** @param {string} done @param {() => Promise<unknown>} work */
  async #change(done, work) {
    this.#done = '';
    await this.doing(async () => {
      await work();
      this.#done = done;
      await this.#look();
    });
  }
}

/** Whether the platform would take it for another one. @param {Receipt | null} receipt */
const isForgotten = (receipt) => receipt !== null && Date.now() - receipt.at > KNOWN_MS;

customElements.define('staff-product', StaffProduct);
