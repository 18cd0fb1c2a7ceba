import { html, nothing } from 'lit';
import { money, moment, number, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { route, to } from '../../shared/route.js';
import { session } from '../../shared/session.js';
import { signInLink } from '../../shared/view.js';
import { orders } from '../api.js';

/** @typedef {import('../api.js').Order} Order */
/** @typedef {import('../api.js').Status} Status */

/** @type {Status[]} */
const STATUSES = ['PENDING', 'CONFIRMED', 'CANCELLED'];

/**
 * The customer's orders, the newest first, selected by status and day.
 * @extends {Listing<{orders: Order[], nextPageToken?: string}>}
 */
class ShopOrders extends Listing {
  constructor() {
    super(['orders'], (query) => orders(selection(query)));
    this.follow(session, () => {
      this.found = undefined;
      this.load();
    });
  }

  async load() {
    if (session.userId) {
      await super.load();
    }
  }

  render() {
    if (session.isKnown && !session.userId) {
      return html`<h1>${t('orders.title')}</h1>
        <p>${t('orders.signIn')}</p>
        <p>${signInLink()}</p>`;
    }
    const { query } = route;
    const chosen = Object.fromEntries(['status', 'from', 'until'].map((name) => [name, query.get(name) ?? '']));
    return html`
      <h1>${t('orders.title')}</h1>
      <form class="filter" aria-label=${t('orders.filter')} @change=${this.#select} @submit=${this.#select}>
        <div>
          <label for="status">${t('field.status')}</label>
          <select id="status" name="status" .value=${chosen.status}>
            <option value="">${t('orders.all')}</option>
            ${STATUSES.map((status) => html`<option value=${status} ?selected=${chosen.status === status}>${t(`status.${status}`)}</option>`)}
          </select>
        </div>
        ${this.#day('from', chosen.from)} ${this.#day('until', chosen.until)}
      </form>
      ${this.failureNotice(this.reload)} ${this.found?.orders.length === 0 ? html`<p class="empty">${t('orders.none')}</p>` : nothing}
      <ul class="orders" aria-busy=${this.busy}>
        ${this.found?.orders.map(
          (order) => html`<li>
            <a href=${to(['orders', order.orderId])}>${order.orderId}</a>
            ${statusBadge(order.status)}
            <span>${moment(order.createdAt)}</span>
            <span>${t('orders.pieces', { count: number(order.items.reduce((sum, item) => sum + item.quantity, 0)) })}</span>
            <strong>${money(order.totalAmount, order.currency)}</strong>
          </li>`,
        )}
      </ul>
      ${this.pages()}
    `;
  }

  /** @param {'from' | 'until'} name @param {string} value */
  #day(name, value) {
    return html`<div>
      <label for=${name}>${t(`orders.${name}`)}</label>
      <input id=${name} name=${name} type="date" .value=${value} />
    </div>`;
  }

  /** @param {Event} event */
  #select(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    location.hash = to(['orders'], /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form))));
  }
}

/** Days of the customer's calendar as instants, the last day included. @param {URLSearchParams} query */
function selection(query) {
  const { status, pageToken, from, until } = Object.fromEntries(query);
  return {
    ...(status && { status }),
    ...(pageToken && { pageToken }),
    ...(from && { placedFrom: startOf(from, 0) }),
    ...(until && { placedTo: startOf(until, 1) }),
  };
}

/** @param {string} day @param {number} later in days */
function startOf(day, later) {
  const start = new Date(`${day}T00:00`);
  start.setDate(start.getDate() + later);
  return start.toISOString();
}

/** @param {Status} status */
export function statusBadge(status) {
  const kind = { PENDING: 'few', CONFIRMED: 'good', CANCELLED: 'bad' }[status];
  return html`<span class="badge ${kind}">${t(`status.${status}`)}</span>`;
}

customElements.define('shop-orders', ShopOrders);
