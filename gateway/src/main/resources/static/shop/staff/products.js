import { html, nothing } from 'lit';
import { money, number, t } from '../../shared/language.js';
import { route, to } from '../../shared/route.js';
import { session } from '../../shared/session.js';
import { View, announce, signInLink } from '../../shared/view.js';
import { createProduct, products } from '../api.js';
import { picture } from '../products/picture.js';

/** @typedef {import('../api.js').Product} Product */

const PAGE_SIZE = '50';

/** All products, those off sale too, and a form for a new one. */
class StaffProducts extends View {
  parameter = '';
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
    if (path !== '/staff/products') {
      return;
    }
    const page = await this.doing(() => products({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) }));
    if (page && query === route.query) {
      this.#page = page;
    }
  }

  render() {
    if (!session.isStaff) {
      return staffOnly();
    }
    const query = route.query.get('q') ?? '';
    const next = this.#page?.nextPageToken;
    return html`
      <h1>${t('staff.title')}</h1>
      <details class="panel">
        <summary>${t('staff.new')}</summary>
        <form class="fields" @submit=${this.#create}>
          <label for="name">${t('field.productName')}</label><input id="name" name="name" required maxlength="200" />
          <label for="description">${t('field.description')}</label><textarea id="description" name="description" rows="2" maxlength="2000"></textarea>
          <label for="price">${t('field.price')}</label><input id="price" name="price" type="number" min="0" step="any" inputmode="decimal" required />
          <label for="currency">${t('field.currency')}</label><input id="currency" name="currency" value="VND" pattern="[A-Z]{3}" required />
          <label for="productId">${t('field.productId')}</label>
          <input id="productId" name="productId" maxlength="64" pattern="[A-Za-z0-9][A-Za-z0-9._\\-]*" aria-describedby="productIdHint" />
          <p class="fine" id="productIdHint">${t('staff.idHint')}</p>
          <button class="primary" ?disabled=${this.busy}>${t('staff.create')}</button>
        </form>
      </details>
      ${this.failureNotice(this.#load)}
      <form class="search" role="search" @submit=${this.#search}>
        <label for="q">${t('products.search')}</label>
        <input id="q" name="q" type="search" .value=${query} />
        <button>${t('action.search')}</button>
      </form>
      <div class="wide" role="region" tabindex="0" aria-label=${t('staff.title')}>
        <table class="catalog" aria-busy=${this.busy}>
          <thead>
            <tr>
              <th scope="col">${t('field.product')}</th>
              <th scope="col" class="number">${t('field.price')}</th>
              <th scope="col" class="number">${t('field.available')}</th>
              <th scope="col">${t('field.state')}</th>
            </tr>
          </thead>
          <tbody>
            ${this.#page?.products.map(
              (product) => html`<tr>
                <th scope="row">
                  ${picture(product)}
                  <span><a href=${to(['staff', 'products', product.productId])}>${product.name}</a><span class="fine">${product.productId}</span></span>
                </th>
                <td class="number">${money(product.price, product.currency)}</td>
                <td class="number">${number(product.available)}</td>
                <td>${activeBadge(product.active)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${next || route.query.has('pageToken')
        ? html`<nav class="pages" aria-label=${t('pages.label')}>
            ${route.query.has('pageToken') ? html`<a class="button" href=${to(['staff', 'products'], { q: query })}>${t('pages.first')}</a>` : nothing}
            ${next ? html`<a class="button" rel="next" href=${to(['staff', 'products'], { q: query, pageToken: next })}>${t('pages.next')}</a>` : nothing}
          </nav>`
        : nothing}
    `;
  }

  /** @param {SubmitEvent} event */
  #search(event) {
    event.preventDefault();
    location.hash = to(['staff', 'products'], { q: text(event.target, 'q') });
  }

  /** @param {SubmitEvent} event */
  async #create(event) {
    event.preventDefault();
    const form = event.target;
    const productId = text(form, 'productId');
    const created = await this.doing(() =>
      createProduct({
        ...(productId && { productId }),
        name: text(form, 'name'),
        description: text(form, 'description'),
        price: Number(text(form, 'price')),
        currency: text(form, 'currency'),
      }),
    );
    if (created) {
      announce(t('staff.created', { name: created.name }));
      location.hash = to(['staff', 'products', created.productId]);
    }
  }
}

export function staffOnly() {
  return html`<h1>${t('staff.title')}</h1>
    ${session.isKnown ? html`<p>${t('staff.only')}</p><p>${signInLink()}</p>` : nothing}`;
}

/** @param {boolean} active */
export function activeBadge(active) {
  return active ? html`<span class="badge good">${t('staff.active')}</span>` : html`<span class="badge bad">${t('staff.inactive')}</span>`;
}

/** What a field of a form holds. @param {EventTarget | null} form @param {string} field */
export function text(form, field) {
  return String(new FormData(/** @type {HTMLFormElement} */ (form)).get(field) ?? '').trim();
}

customElements.define('staff-products', StaffProducts);
