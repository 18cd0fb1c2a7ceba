import { html } from 'lit';
import { field } from '../../shared/filter.js';
import { t } from '../../shared/language.js';
import { OrderListing, selection } from '../../shared/orders.js';
import { route, to } from '../../shared/route.js';
import { allOrders, ordersFile } from '../../shared/api.js';

const PLACE = ['staff', 'orders'];
const FIELDS = /** @type {const} */ (['orderId', 'userId', 'productId']);

/** The orders of all customers, found by what is asked at a counter, and the same selection as a file. */
class StaffOrders extends OrderListing {
  constructor() {
    super(PLACE, allOrders);
  }

  render() {
    const { pageToken, ...selected } = selection(route.query);
    return html`<h1>${t('staffOrders.title')}</h1>
      ${this.filter(html`${FIELDS.map((name) => field(name, `field.${name}`))} <button class="primary">${t('action.search')}</button>`)}
      <p><a class="button" href=${ordersFile(selected)} download>${t('staffOrders.save')}</a></p>
      ${this.list(({ userId }) => html`<a href=${to(PLACE, { userId })}>${userId}</a>`)}`;
  }
}

customElements.define('staff-orders', StaffOrders);
