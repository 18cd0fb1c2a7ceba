import { Refresh } from '../../shared/live.js';
import { AllOrders } from '../../shared/orders.js';

/** The orders of all customers; each leads to its journey. */
class ConsoleOrders extends AllOrders {
  constructor() {
    super(['orders']);
    new Refresh(this, () => this.refresh());
  }
}

customElements.define('console-orders', ConsoleOrders);
