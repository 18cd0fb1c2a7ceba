import { html } from 'lit';
import { ordersFile } from '../../shared/api.js';
import { t } from '../../shared/language.js';
import { AllOrders, selection } from '../../shared/orders.js';
import { route } from '../../shared/route.js';

/** The orders of all customers, and the same selection as a file. */
class StaffOrders extends AllOrders {
  constructor() {
    super(['staff', 'orders']);
  }

  render() {
    const { pageToken, ...selected } = selection(route.query);
    return super.render(html`<p><a class="button" href=${ordersFile(selected)} download>${t('staffOrders.save')}</a></p>`);
  }
}

customElements.define('staff-orders', StaffOrders);
