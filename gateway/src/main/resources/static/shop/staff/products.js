import { html } from 'lit';
import { money, number, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { to } from '../../shared/route.js';
import { onForm, tableHead } from '../../shared/view.js';
import { createProduct, products } from '../../shared/api.js';
import { picture } from '../products/picture.js';

/** @import { Product } from '../../shared/api.js' */

const PAGE_SIZE = '50';

/**
 * All products, those off sale too, and a form for a new one.
 * @extends {Listing<{products: Product[], nextPageToken?: string}>}
 */
class StaffProducts extends Listing {
  constructor() {
    super(['staff', 'products'], (query) => products({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) }));
  }

  render() {
    return html`
      <h1>${t('staff.title')}</h1>
      <details class="panel">
        <summary>${t('staff.new')}</summary>
        <form class="fields" @submit=${onForm((fields) => this.#create(fields))}>
          <label for="name">${t('field.productName')}</label><input id="name" name="name" required maxlength="200" />
          <label for="description">${t('field.description')}</label><textarea id="description" name="description" rows="2" maxlength="2000"></textarea>
          <label for="price">${t('field.price')}</label><input id="price" name="price" type="number" min="0" step="any" inputmode="decimal" required />
          <label for="currency">${t('field.currency')}</label><input id="currency" name="currency" value="VND" pattern="[A-Z]{3}" required />
          <label for="productId">${t('staff.id')}</label>
          <input id="productId" name="productId" maxlength="64" pattern="[A-Za-z0-9][A-Za-z0-9._\\-]*" aria-describedby="productIdHint" />
          <p class="fine" id="productIdHint">${t('staff.idHint')}</p>
          <button class="primary" ?disabled=${this.busy}>${t('staff.create')}</button>
        </form>
      </details>
      ${this.failureNotice(this.reload)} ${this.searchForm()}
      <div class="wide" role="region" tabindex="0" aria-label=${t('staff.title')}>
        <table class="catalog" aria-busy=${this.busy}>
          ${tableHead({ 'field.product': '', 'field.price': 'number', 'field.available': 'number', 'field.state': '' })}
          <tbody>
            ${this.found?.products.map(
              (product) => html`<tr>
                <th scope="row">
                  <div>
                    ${picture(product)}
                    <span><a href=${to(['staff', 'products', product.productId])}>${product.name}</a><span class="fine">${product.productId}</span></span>
                  </div>
                </th>
                <td class="number">${money(product.price, product.currency)}</td>
                <td class="number">${number(product.available)}</td>
                <td>${activeBadge(product.active)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.pages()}
    `;
  }

  /** @param {Record<string, string>} fields */
  async #create({ productId, name, description, price, currency }) {
    await this.doing(async () => {
      const created = await createProduct({ ...(productId && { productId }), name, description, price: Number(price), currency });
      location.hash = to(['staff', 'products', created.productId]);
    });
  }
}

/** @param {boolean} active */
export function activeBadge(active) {
  return active ? html`<span class="badge good">${t('staff.active')}</span>` : html`<span class="badge bad">${t('staff.inactive')}</span>`;
}

customElements.define('staff-products', StaffProducts);
