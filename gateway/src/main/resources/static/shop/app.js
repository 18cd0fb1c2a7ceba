import { html, nothing } from 'lit';
import { language, number, t } from '../shared/language.js';
import { route, to } from '../shared/route.js';
import { session } from '../shared/session.js';
import { View, notice, signInFirst, signInLink, wordsOr } from '../shared/view.js';
import { cart } from './cart/cart.js';
import { forgetDraft } from './checkout/draft.js';
import { ordering } from './checkout/ordering.js';

/** @import { MessageKey } from '../shared/language.js' */
/** @typedef {HTMLElement & {parameter: string}} Page */

/**
 * Each place of the page: its path with one parameter at most, its title, the element that shows it, and the
 * module that defines the element, loaded when it is first visited.
 * @type {{path: RegExp, title: MessageKey, element: string, load: () => Promise<unknown>}[]}
 */
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

/** The frame of every page: where one can go, who is signed in, the language, and the page itself. */
class ShopApp extends View {
  /** @type {Page | undefined} */
  #page;
  /** @type {MessageKey} */
  #title = 'missing.title';
  #isFirst = true;

  constructor() {
    super(cart, ordering, route);
    this.follow(route, () => this.#go());
    this.follow(language, () => this.#entitle());
    this.#go();
  }

  async #go() {
    const { path } = route;
    if (ordering.state.is === 'placed' && path.endsWith(ordering.state.orderId)) {
      ordering.settle();
    }
    const place = PLACES.find((candidate) => candidate.path.test(path));
    this.#title = place?.title ?? 'missing.title';
    try {
      await place?.load();
    } catch {
      // The module did not arrive: the page says so, and the way back is a reload.
      this.#title = 'error.noAnswer';
    }
    if (path !== route.path) {
      return;
    }
    if (!place || this.#title !== place.title) {
      this.#page = undefined;
    } else if (this.#page?.localName !== place.element || place.path.source.includes('(')) {
      this.#page = /** @type {Page} */ (document.createElement(place.element));
      this.#page.parameter = place.path.exec(path)?.[1] ?? '';
    }
    this.requestUpdate();
    await this.updateComplete;
    this.#entitle();
    // Those who fill in a form, such as a list's filter, go on there.
    if (!this.#isFirst && !document.activeElement?.closest('form')) {
      scrollTo(0, 0);
      this.querySelector('main')?.focus({ preventScroll: true });
    }
    this.#isFirst = false;
  }

  #entitle() {
    document.title = `${t(this.#title)} · Orderflow`;
  }

  render() {
    const other = language.code === 'vi' ? 'en' : 'vi';
    // The gateway says in the address that a sign-in came to nothing.
    const refusal = wordsOr(`signin.${new URLSearchParams(location.search).get('signIn')}`, '');
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${t('nav.skip')}</a>
      <header class="top">
        <a class="brand" href="#/products" aria-label="Orderflow, ${t('nav.home')}"
          ><img src="/shared/icon.svg" alt="" width="28" height="28" /><span>Orderflow</span></a
        >
        <nav aria-label=${t('nav.label')}>
          ${this.#link('/products', 'nav.products')}
          ${session.isStaff
            ? [this.#link('/staff/products', 'nav.staff'), this.#link('/staff/orders', 'nav.staffOrders'), this.#link('/staff/import', 'nav.import')]
            : nothing}
          ${session.isCustomer ? this.#link('/orders', 'nav.orders') : nothing}
          ${this.#link('/cart', 'nav.cart', cart.pieces)}
        </nav>
        <div class="account">
          ${session.userId
            ? html`<a href="#/me" aria-label="${t('nav.me')}: ${session.userId}">${session.userId}</a>
                <button class="quiet" @click=${() => this.doing(() => session.signOut())}>${t('action.signOut')}</button>`
            : session.isKnown
              ? html`<a href=${session.signInAddress}>${t('action.signIn')}</a>`
              : nothing}
          <button class="quiet" lang=${other} @click=${() => this.doing(() => language.choose(other))}>
            ${other === 'vi' ? 'Tiếng Việt' : 'English'}
          </button>
        </div>
      </header>
      ${this.failureNotice()} ${this.#openOrder()} ${session.isKnown && !session.userId && refusal ? notice(refusal, 'alert', signInLink()) : nothing}
      <main id="main" tabindex="-1" aria-label=${t(this.#title)}>${this.#content()}</main>
      <footer>
        <p><a href="/docs">${t('footer.api')}</a></p>
      </footer>
    `;
  }

  /** @param {string} path @param {MessageKey} label @param {number} [count] */
  #link(path, label, count = 0) {
    const isHere = route.path === path;
    return html`<a href="#${path}" aria-current=${isHere ? 'page' : nothing}
      >${t(label)}${count > 0 ? html` <span class="count">${number(count)}</span>` : nothing}</a
    >`;
  }

  /** What becomes of an order follows the customer to every page but the one that shows it. */
  #openOrder() {
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

  #content() {
    if (route.path.startsWith('/staff/') && !session.isStaff) {
      return signInFirst(this.#title, 'staff.only');
    }
    return this.#page ?? this.#missing();
  }

  #missing() {
    return this.#title === 'missing.title'
      ? html`<h1>${t('missing.title')}</h1>
          <p><a href=${to(['products'])}>${t('missing.toProducts')}</a></p>`
      : notice(t('error.noAnswer'), 'alert', html`<button @click=${() => location.reload()}>${t('action.tryAgain')}</button>`);
  }

  /** A link to #main would be a place of the page. @param {Event} event */
  #skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }
}

session.onHandover = forgetDraft;
session.watch(() => ordering.resume());
await language.start();
session.load();
customElements.define('shop-app', ShopApp);
