import { html, nothing } from 'lit';
import { allOrders } from './api.js';
import { choice, field } from './filter.js';
import { money, moment, number, t } from './language.js';
import { Listing } from './listing.js';
import { to } from './route.js';
import { session } from './session.js';

/** @import { Order, Status, orders } from './api.js' */

/** @type {Status[]} */
const STATUSES = ['PENDING', 'CONFIRMED', 'CANCELLED'];
const FIELDS = /** @type {const} */ (['orderId', 'userId', 'productId']);

/**
 * Orders, the newest first, selected by status and day.
 * @extends {Listing<{orders: Order[], nextPageToken?: string}>}
 */
export class OrderListing extends Listing {
  /** @param {string[]} place @param {typeof orders} find */
  constructor(place, find) {
    super(place, (query) => find(selection(query)));
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

  /** @param {unknown} [more] fields */
  filter(more) {
    return html`<form class="filter" aria-label=${t('orders.filter')} @change=${this.select} @submit=${this.select}>
      ${more}
      ${choice('status', 'field.status', STATUSES, (status) => t(`status.${status}`))} ${field('from', 'orders.from', 'date')}
      ${field('until', 'orders.until', 'date')}
    </form>`;
  }

  /** @param {(order: Order) => unknown} [more] of each order */
  list(more = () => nothing) {
    return html`${this.failureNotice(this.reload)} ${this.found?.orders.length === 0 ? html`<p class="empty">${t('orders.none')}</p>` : nothing}
      <ul class="orders" aria-busy=${this.busy}>
        ${this.found?.orders.map(
          (order) => html`<li>
            <div><a href=${to(['orders', order.orderId])}>${order.orderId}</a> ${more(order)}</div>
            ${statusBadge(order.status)}
            <span>${moment(order.createdAt)}</span>
            <span>${t('orders.pieces', { count: number(order.items.reduce((sum, item) => sum + item.quantity, 0)) })}</span>
            <strong>${money(order.totalAmount, order.currency)}</strong>
          </li>`,
        )}
      </ul>
      ${this.pages()}`;
  }
}

/** The orders of all customers, found by what is asked at a counter; each leads to those of its customer. */
export class AllOrders extends OrderListing {
  /** @param {string[]} place */
  constructor(place) {
    super(place, allOrders);
  }

  /** @param {unknown} [more] of what is selected */
  render(more) {
    return html`<h1>${t('staffOrders.title')}</h1>
      ${this.filter(html`${FIELDS.map((name) => field(name, `field.${name}`))} <button class="primary">${t('action.search')}</button>`)}
      ${more} ${this.list(({ userId }) => html`<a href=${to(this.place, { userId })}>${userId}</a>`)}`;
  }
}

/**
 * What the page's query selects: its days are those of the reader's calendar, the last one included.
 * @param {URLSearchParams} query
 * @returns {Record<string, string>}
 */
export function selection(query) {
  const { from, until, ...same } = Object.fromEntries(query);
  return { ...same, ...(from && { placedFrom: startOf(from, 0) }), ...(until && { placedTo: startOf(until, 1) }) };
}

/** @param {string} day @param {number} later in days */
function startOf(day, later) {
  const start = new Date(`${day}T00:00`);
  start.setDate(start.getDate() + later);
  // What is no day is the platform's to refuse.
  return isNaN(start.getTime()) ? day : start.toISOString();
}

/** @param {Status} status */
export function statusBadge(status) {
  const kind = { PENDING: 'few', CONFIRMED: 'good', CANCELLED: 'bad' }[status];
  return html`<span class="badge ${kind}">${t(`status.${status}`)}</span>`;
}
