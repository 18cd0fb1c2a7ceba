import { html, nothing } from 'lit';
import { money, moment, number, t } from '../../shared/language.js';
import { route, to } from '../../shared/route.js';
import { session } from '../../shared/session.js';
import { View, signInLink } from '../../shared/view.js';
import { orders } from '../api.js';

/** @typedef {import('../api.js').Order} Order */
/** @typedef {import('../api.js').Status} Status */

/** @type {Status[]} */
const STATUSES = ['PENDING', 'CONFIRMED', 'CANCELLED'];

/** The customer's orders, the newest first, selected by status and day. */
class ShopOrders extends View {
  /** @type {{orders: Order[], nextPageToken?: string} | undefined} */
  #page;
  #shownTo = '';
  #load = () => this.load();

  connectedCallback() {
    super.connectedCallback();
    route.watch(this.#load);
    session.watch(this.#load);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    route.unwatch(this.#load);
    session.unwatch(this.#load);
  }

  async load() {
    const { path, query } = route;
    const { userId } = session;
    if (userId !== this.#shownTo) {
      this.#page = undefined;
      this.#shownTo = userId;
    }
    if (path !== '/orders' || !userId) {
      return;
    }
    const page = await this.doing(() => orders(selection(query)));
    if (page && query === route.query && userId === session.userId) {
      this.#page = page;
    }
  }

  render() {
    if (session.isKnown && !session.userId) {
      return html`<h1>${t('orders.title')}</h1>
        <p>${t('orders.signIn')}</p>
        <p>${signInLink()}</p>`;
    }
    const { query } = route;
    const next = this.#page?.nextPageToken;
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
      ${this.failureNotice(this.#load)} ${this.#page?.orders.length === 0 ? html`<p class="empty">${t('orders.none')}</p>` : nothing}
      <ul class="orders" aria-busy=${this.busy}>
        ${this.#page?.orders.map(
          (order) => html`<li>
            <a href=${to(['orders', order.orderId])}>${order.orderId}</a>
            ${statusBadge(order.status)}
            <span>${moment(order.createdAt)}</span>
            <span>${t('orders.pieces', { count: number(order.items.reduce((sum, item) => sum + item.quantity, 0)) })}</span>
            <strong>${money(order.totalAmount, order.currency)}</strong>
          </li>`,
        )}
      </ul>
      ${next || query.has('pageToken')
        ? html`<nav class="pages" aria-label=${t('pages.label')}>
            ${query.has('pageToken') ? html`<a class="button" href=${to(['orders'], chosen)}>${t('pages.first')}</a>` : nothing}
            ${next ? html`<a class="button" rel="next" href=${to(['orders'], { ...chosen, pageToken: next })}>${t('pages.next')}</a>` : nothing}
          </nav>`
        : nothing}
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
