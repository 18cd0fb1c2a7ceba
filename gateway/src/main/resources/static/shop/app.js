import { html, nothing } from 'lit';
import { Frame } from '../shared/frame.js';
import { language, t } from '../shared/language.js';
import { route, to } from '../shared/route.js';
import { session } from '../shared/session.js';
import { notice, signInFirst, signInLink, wordsOr } from '../shared/view.js';
import { cart } from './cart/cart.js';
import { forgetDraft } from './checkout/draft.js';
import { ordering } from './checkout/ordering.js';

/** @import { MessageKey } from '../shared/language.js' */
/** @import { Place } from '../shared/frame.js' */

/** @type {Place[]} */
const PLACES = [
  { path: /^\/products$/, title: 'products.title', element: 'shop-products', load: () => import('./products/list.js') },
  { path: /^\/products\/([^/]+)$/, title: 'product.title', element: 'shop-product', load: () => import('./products/page.js') },
  { path: /^\/cart$/, title: 'cart.title', element: 'shop-cart', load: () => import('./cart/page.js') },
  { path: /^\/checkout$/, title: 'checkout.title', element: 'shop-checkout', load: () => import('./checkout/page.js') },
  { path: /^\/orders$/, title: 'orders.title', element: 'shop-orders', load: () => import('./orders/list.js') },
  { path: /^\/orders\/([^/]+)$/, title: 'order.title', element: 'shop-order', load: () => import('./orders/page.js') },
  { path: /^\/me$/, title: 'me.title', element: 'shop-me', load: () => import('./me/page.js') },
  { path: /^\/staff\/products$/, title: 'staff.title', element: 'staff-products', load: () => import('./staff/products.js') },
  { path: /^\/staff\/products\/([^/]+)$/, title: 'staff.product', element: 'staff-product', load: () => import('./staff/product.js') },
  { path: /^\/staff\/orders$/, title: 'staffOrders.title', element: 'staff-orders', load: () => import('./staff/orders.js') },
  { path: /^\/staff\/import$/, title: 'import.title', element: 'staff-import', load: () => import('./staff/import.js') },
];

/** The shop: what is in its frame. */
class ShopApp extends Frame {
  constructor() {
    super(PLACES, cart, ordering);
    this.follow(route, settle);
    settle();
  }

  links() {
    return html`${this.link('/products', 'nav.products')}
    ${session.isStaff
      ? [this.link('/staff/products', 'nav.staff'), this.link('/staff/orders', 'nav.staffOrders'), this.link('/staff/import', 'nav.import')]
      : nothing}
    ${session.isCustomer ? this.link('/orders', 'nav.orders') : nothing} ${this.link('/cart', 'nav.cart', cart.pieces)}
    ${session.isStaff ? html`<a href="/console">${t('nav.console')}</a>` : nothing}`;
  }

  notices() {
    // The gateway says in the address that a sign-in came to nothing.
    const refusal = wordsOr(`signin.${new URLSearchParams(location.search).get('signIn')}`, '');
    return html`${openOrder()} ${session.isKnown && !session.userId && refusal ? notice(refusal, 'alert', signInLink()) : nothing}`;
  }

  /** @param {MessageKey} title */
  refusal(title) {
    return route.path.startsWith('/staff/') && !session.isStaff ? signInFirst(title, 'staff.only') : nothing;
  }
}

/** An order whose page is visited needs no notice any more. */
function settle() {
  if (ordering.state.is === 'placed' && route.path.endsWith(ordering.state.orderId)) {
    ordering.settle();
  }
}

/** What becomes of an order follows the customer to every page but the one that shows it. */
function openOrder() {
  const { state } = ordering;
  const look = (/** @type {string} */ address) => html`<a class="button" href=${address}>${t('ordering.look')}</a>`;
  if (route.path === '/checkout') {
    return nothing;
  }
  switch (state.is) {
    case 'placed':
      return notice(t('ordering.placed'), 'done', look(to(['orders', state.orderId])));
    case 'refused':
      return notice(t('ordering.refused'), 'alert', look('#/checkout'));
    default:
      return ordering.isOpen ? notice(t('ordering.open'), 'status', look('#/checkout')) : nothing;
  }
}

session.onHandover = forgetDraft;
session.watch(() => ordering.resume());
route.start('/products');
await language.start();
session.load();
customElements.define('shop-app', ShopApp);
