import { html } from 'lit';
import { products, stock } from '../../shared/api.js';
import { t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { Refresh } from '../../shared/live.js';
import { to } from '../../shared/route.js';
import { bar, sum } from './levels.js';

/** @import { Product, Stock } from '../../shared/api.js' */

const PAGE_SIZE = '10';

/**
 * The stock of products, page by page.
 * @extends {Listing<{stocks: {product: Product, levels: Stock}[], nextPageToken?: string}>}
 */
class ConsoleStockList extends Listing {
  constructor() {
    super(['stock'], async (query) => {
      const found = await products({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) });
      const levels = await Promise.all(found.products.map(({ productId }) => stock(productId)));
      return { stocks: found.products.map((product, index) => ({ product, levels: levels[index] })), nextPageToken: found.nextPageToken };
    });
    new Refresh(this, () => this.refresh());
  }

  render() {
    return html`<h1>${t('stock.title')}</h1>
      <p>${t('stock.rule')}</p>
      ${this.searchForm()} ${this.failureNotice(this.reload)}
      <ul class="stocks" aria-busy=${this.busy}>
        ${this.found?.stocks.map(
          ({ product, levels }) => html`<li>
            <a href=${to(['stock', product.productId])}>${product.name}</a>
            ${sum(levels)} ${bar(levels)}
          </li>`,
        )}
      </ul>
      ${this.pages()}`;
  }
}

customElements.define('console-stock-list', ConsoleStockList);
