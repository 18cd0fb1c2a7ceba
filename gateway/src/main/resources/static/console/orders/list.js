import { html } from 'lit';
import { allOrders } from '../../shared/api.js';
import { field } from '../../shared/filter.js';
import { t } from '../../shared/language.js';
import { Refresh } from '../../shared/live.js';
import { OrderListing } from '../../shared/orders.js';
import { to } from '../../shared/route.js';

const PLACE = ['orders'];
const FIELDS = /** @type {const} */ (['orderId', 'userId', 'productId']);

/** The orders of all customers; each leads to its journey. */
class ConsoleOrders extends OrderListing {
  constructor() {
    super(PLACE, allOrders);
    new Refresh(this, () => this.refresh());
  }

  render() {
    return html`<h1>${t('staffOrders.title')}</h1>
      ${this.filter(html`${FIELDS.map((name) => field(name, `field.${name}`))} <button class="primary">${t('action.search')}</button>`)}
      ${this.list(({ userId }) => html`<a href=${to(PLACE, { userId })}>${userId}</a>`)}`;
  }
}

customElements.define('console-orders', ConsoleOrders);
