import { html, nothing } from 'lit';
import { t } from './language.js';
import { route, to } from './route.js';
import { View, onForm } from './view.js';

const PATIENCE = 3;

/**
 * A list, page by page, of what the query of the page's address selects.
 * @template {{nextPageToken?: string}} T
 */
export class Listing extends View {
  /** What was found last. @type {T | undefined} */
  found;
  /** The query that was answered, or refused, last. @type {URLSearchParams | undefined} */
  #answered;
  /** Where it is in the page. @type {string[]} */
  place;
  /** @type {(query: URLSearchParams) => Promise<T>} */
  #find;
  /** The last search; those before it count no longer. @type {Promise<T> | undefined} */
  #search;
  reload = () => this.load();
  /** Selects what a form says; the same again is looked for again. */
  select = onForm((fields) => {
    const selected = to(this.place, fields);
    if (selected === location.hash) {
      this.load();
    } else {
      location.hash = selected;
    }
  });

  /** @param {string[]} place @param {(query: URLSearchParams) => Promise<T>} find */
  constructor(place, find) {
    super();
    this.place = place;
    this.#find = find;
    this.follow(route, this.reload);
  }

  async load() {
    const { path, query } = route;
    if (path === '/' + this.place.join('/')) {
      await this.doing(async () => {
        const search = this.#find(query);
        this.#search = search;
        await Promise.allSettled([search]);
        if (search === this.#search) {
          // Nothing, rather than another selection, when it has failed.
          this.#answered = query;
          this.found = undefined;
          this.found = await search;
        }
      });
    }
  }

  /** Looks again at what is shown, without a word. */
  async refresh() {
    const shown = this.#search;
    if (shown && !this.busy) {
      await this.repeating(async () => {
        const again = await this.#find(route.query);
        if (shown === this.#search) {
          this.found = again;
        }
      }, PATIENCE);
    }
  }

  /** Where else in the list one can go. */
  pages() {
    const { pageToken, ...selection } = Object.fromEntries(route.query);
    // While another selection is looked for, what is shown says nothing of its next page.
    const next = this.#answered === route.query ? this.found?.nextPageToken : undefined;
    return pageToken || next
      ? html`<nav class="pages" aria-label=${t('pages.label')}>
          ${pageToken ? html`<a class="button" href=${to(this.place, selection)}>${t('pages.first')}</a>` : nothing}
          ${next ? html`<a class="button" rel="next" href=${to(this.place, { ...selection, pageToken: next })}>${t('pages.next')}</a>` : nothing}
        </nav>`
      : nothing;
  }

  searchForm() {
    const query = route.query.get('q') ?? '';
    return html`<form class="search" role="search" @submit=${this.select}>
      <label for="q">${t('products.search')}</label>
      <input id="q" name="q" type="search" .value=${query} autocomplete="off" enterkeyhint="search" />
      <button class="primary">${t('action.search')}</button>
    </form>`;
  }
}
