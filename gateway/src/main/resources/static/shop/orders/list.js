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
  #follow = () => {
    this.found = undefined;
    this.load();
  };

  constructor() {
    super(['orders'], (query) => orders(selection(query)));
  }

  connectedCallback() {
    super.connectedCallback();
    session.watch(this.#follow);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    session.unwatch(this.#follow);
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

/** Days of the customer's calendar as instants. @param {URLSearchParams} query */
function selection(query) {
  /** @type {Record<string, string>} */
  const selected = {};
  for (const name of ['status', 'pageToken']) {
    const value = query.get(name);
    if (value) {
      selected[name] = value;
    }
  }
  const from = query.get('from');
  if (from) {
    selected.placedFrom = new Date(`${from}T00:00`).toISOString();
  }
  const until = query.get('until');
  if (until) {
    const end = new Date(`${until}T00:00`);
    end.setDate(end.getDate() + 1);
    selected.placedTo = end.toISOString();
  }
  return selected;
}

/** @param {Status} status */
export function statusBadge(status) {
  const kind = { PENDING: 'few', CONFIRMED: 'good', CANCELLED: 'bad' }[status];
  return html`<span class="badge ${kind}">${t(`status.${status}`)}</span>`;
}

customElements.define('shop-orders', ShopOrders);
