import { html } from 'lit';
import { orders } from '../../shared/api.js';
import { t } from '../../shared/language.js';
import { OrderListing } from '../../shared/orders.js';
import { session } from '../../shared/session.js';
import { signInFirst } from '../../shared/view.js';

/** The customer's orders. */
class ShopOrders extends OrderListing {
  constructor() {
    super(['orders'], orders);
  }

  render() {
    return session.userId
      ? html`<h1>${t('orders.title')}</h1>
          ${this.filter()} ${this.list()}`
      : signInFirst('orders.title', 'orders.signIn');
  }
}

customElements.define('shop-orders', ShopOrders);
