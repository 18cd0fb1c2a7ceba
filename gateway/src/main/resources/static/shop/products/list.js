import { html, nothing } from 'lit';
import { money, number, t } from '../../shared/language.js';
import { route, to } from '../../shared/route.js';
import { View, announce } from '../../shared/view.js';
import { products } from '../api.js';
import { cart } from '../cart/cart.js';
import { picture } from './picture.js';
import { descriptionOf, nameOf } from './words.js';

/** @typedef {import('../api.js').Product} Product */

const PAGE_SIZE = '24';
const FEW = 5;

/** The products on sale, searched and page by page. */
class ShopProducts extends View {
  /** @type {{products: Product[], nextPageToken?: string} | undefined} */
  #page;
  #load = () => this.load();

  connectedCallback() {
    super.connectedCallback();
    route.watch(this.#load);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    route.unwatch(this.#load);
  }

  async load() {
    const { path, query } = route;
    if (path !== '/products') {
      return;
    }
    const selection = { pageSize: PAGE_SIZE, ...Object.fromEntries(query) };
    const page = await this.doing(() => products(selection));
    if (page && query === route.query) {
      this.#page = page;
      announce(this.#onSale.length > 0 ? t('products.shown', { count: this.#onSale.length }) : t('products.none'));
    }
  }

  get #onSale() {
    return this.#page?.products.filter((product) => product.active) ?? [];
  }

  render() {
    const query = route.query.get('q') ?? '';
    const next = this.#page?.nextPageToken;
    return html`
      <h1>${query ? t('products.found', { query }) : t('products.title')}</h1>
      <form class="search" role="search" @submit=${this.#search}>
        <label for="q">${t('products.search')}</label>
        <input id="q" name="q" type="search" .value=${query} autocomplete="off" enterkeyhint="search" />
        <button class="primary">${t('action.search')}</button>
        ${query ? html`<a class="button" href="#/products">${t('products.all')}</a>` : nothing}
      </form>
      ${this.failureNotice(this.#load)}
      ${this.#page && this.#onSale.length === 0 && !next ? html`<p class="empty">${t('products.none')}</p>` : nothing}
      <ul class="products" aria-busy=${this.busy}>
        ${this.#onSale.map((product) => this.#card(product))}
      </ul>
      ${next || route.query.has('pageToken')
        ? html`<nav class="pages" aria-label=${t('pages.label')}>
            ${route.query.has('pageToken') ? html`<a class="button" href=${to(['products'], { q: query })}>${t('pages.first')}</a>` : nothing}
            ${next ? html`<a class="button" rel="next" href=${to(['products'], { q: query, pageToken: next })}>${t('pages.next')}</a>` : nothing}
          </nav>`
        : nothing}
    `;
  }

  /** @param {Product} product */
  #card(product) {
    const name = nameOf(product);
    return html`<li class="card">
      ${picture(product)}
      <h2><a href=${to(['products', product.productId])}>${name}</a></h2>
      <p class="about">${descriptionOf(product)}</p>
      <p class="price">${money(product.price, product.currency)}</p>
      <p class="stock">${stockWords(product)}</p>
      <button ?disabled=${product.available === 0} aria-label="${t('action.addToCart')}: ${name}" @click=${() => addToCart(product, 1)}>
        ${t('action.addToCart')}
      </button>
    </li>`;
  }

  /** @param {SubmitEvent} event */
  #search(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    location.hash = to(['products'], { q: String(new FormData(form).get('q')).trim() });
  }
}

/** @param {Product} product */
export function stockWords(product) {
  if (product.available === 0) {
    return html`<span class="badge bad">${t('stock.none')}</span>`;
  }
  return product.available <= FEW
    ? html`<span class="badge few">${t('stock.few', { count: number(product.available) })}</span>`
    : t('stock.some', { count: number(product.available) });
}

/** @param {Product} product @param {number} quantity */
export function addToCart(product, quantity) {
  cart.add(product, quantity);
  announce(t('cart.added', { name: nameOf(product), count: number(cart.pieces) }));
}

customElements.define('shop-products', ShopProducts);
