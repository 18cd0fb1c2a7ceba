import { html, nothing } from 'lit';
import { product, stock } from '../../shared/api.js';
import { number, t } from '../../shared/language.js';
import { LiveView } from '../../shared/live.js';
import { notice } from '../../shared/view.js';
import { stream } from '../api.js';
import { streamLink } from '../words.js';
import { bar, received, sum } from './levels.js';

/** @import { Product, Stock } from '../../shared/api.js' */

const PAGE_SIZE = '200';
/** A stream that is longer is for the audit. */
const MOST_PAGES = 25;

/**
 * The stock of one product, kept up to date, and whether its receipts say the same.
 * @extends {LiveView<{product: Product, levels: Stock}>}
 */
class ConsoleStock extends LiveView {
  /** The receipts' sum, and what the stock was then; null: there are too many events to count. @type {{receipts: number, levels: Stock} | null | undefined} */
  #counted;

  constructor() {
    super(async () => {
      const [found, levels] = await Promise.all([product(this.parameter), stock(this.parameter)]);
      return { product: found, levels };
    });
  }

  render() {
    const streamId = `stock-${this.parameter}`;
    return html`<p class="way"><a href="#/stock">${t('stock.title')}</a></p>
      <h1>${this.found?.product.name ?? this.parameter}</h1>
      ${this.failureNotice(() => this.load())}
      ${this.found
        ? html`<section class="panel stocks">
              ${sum(this.found.levels)} ${bar(this.found.levels)}
              <p class="fine live on">${t('order.live')}</p>
            </section>
            <div class="actions"><button class="primary" ?disabled=${this.busy} @click=${() => this.change(() => this.#count())}>${t('stock.count')}</button></div>
            ${this.#verdict()}
            <p>${t('stock.stream')}: ${streamLink(streamId)}</p>`
        : nothing}`;
  }

  #verdict() {
    if (this.#counted === undefined) {
      return nothing;
    }
    if (this.#counted === null) {
      return notice(t('stock.tooLong'));
    }
    const { receipts, levels } = this.#counted;
    const values = { receipts: number(receipts), received: number(received(levels)) };
    return receipts === received(levels) ? notice(t('stock.holds', values), 'done') : notice(t('stock.broken', values), 'alert');
  }

  /** Adds up the receipts of the stream; its last event has the levels that they should come to. */
  async #count() {
    this.#counted = undefined;
    let receipts = 0;
    let pageToken = '';
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await stream(`stock-${this.parameter}`, { pageSize: PAGE_SIZE, pageToken });
      const payloads = page.events.map(({ eventType, payload }) => ({ isReceipt: eventType.endsWith('StockReceivedEvent'), .../** @type {Stock & {quantity: number}} */ (payload) }));
      receipts += payloads.filter(({ isReceipt }) => isReceipt).reduce((all, { quantity }) => all + quantity, 0);
      if (!page.nextPageToken) {
        this.#counted = { receipts, levels: /** @type {Stock} */ (payloads.at(-1)) };
        return;
      }
      pageToken = page.nextPageToken;
    }
    this.#counted = null;
  }
}

customElements.define('console-stock', ConsoleStock);
