import { html, nothing } from 'lit';
import { ask } from '../../shared/dialog.js';
import { moment, number, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { route } from '../../shared/route.js';
import { notice, wordsOr } from '../../shared/view.js';
import { discard, letter, letters, retry, retryAll } from '../api.js';
import { Refresh } from '../live.js';
import { orderLink, unfolding } from '../words.js';

/** @import { Letter, LetterEvent } from '../api.js' */

const PAGE_SIZE = '50';
const SOURCES = ['order-saga', 'payment-worker', 'notification-worker', 'product-view', 'order-view'];
const STATES = ['WAITING', 'RETRYING', 'DONE', 'FAILED', 'DISCARDED'];

/**
 * What could not proceed, why, and what becomes of it.
 * @extends {Listing<{deadLetters: Letter[], nextPageToken?: string}>}
 */
class ConsoleLetters extends Listing {
  /** What happened to the letters that are unfolded, by id. @type {Map<Letter['id'], LetterEvent[]>} */
  #histories = new Map();
  #done = '';

  constructor() {
    super(['letters'], (query) => letters({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) }));
    new Refresh(this, async () => {
      await this.refresh();
      await this.repeating(() => Promise.all([...this.#histories.keys()].map((id) => this.#look(id))));
    });
  }

  render() {
    const cause = route.query.get('cause');
    return html`<h1>${t('letters.title')}</h1>
      <form class="filter" aria-label=${t('letters.filter')} @change=${this.select} @submit=${this.select}>
        ${this.#choice('source', SOURCES, (source) => source)} ${this.#choice('state', STATES, stateWords)} ${this.#field('cause')} ${this.#field('orderId')}
        <button class="primary">${t('action.search')}</button>
      </form>
      ${this.failureNotice(this.reload)} ${this.#done ? notice(this.#done, 'done') : nothing}
      ${cause && this.found?.deadLetters.length
        ? html`<p><button ?disabled=${this.busy} @click=${() => this.#retryAll({ cause, source: route.query.get('source') ?? undefined })}>${t('letters.retryShown')}</button></p>`
        : nothing}
      ${this.found?.deadLetters.length === 0 ? html`<p class="empty">${t('letters.none')}</p>` : nothing}
      <ul class="cards" aria-busy=${this.busy}>${this.found?.deadLetters.map((each) => this.#card(each))}</ul>
      ${this.pages()}`;
  }

  /** @param {'cause' | 'orderId'} name */
  #field(name) {
    return html`<div><label for=${name}>${t(`field.${name}`)}</label><input id=${name} name=${name} type="search" .value=${route.query.get(name) ?? ''} autocomplete="off" /></div>`;
  }

  /** @param {'source' | 'state'} name @param {string[]} values @param {(value: string) => string} words */
  #choice(name, values, words) {
    const chosen = route.query.get(name);
    return html`<div>
      <label for=${name}>${t(`field.${name}`)}</label>
      <select id=${name} name=${name}>
        <option value="">${t('orders.all')}</option>
        ${values.map((value) => html`<option value=${value} ?selected=${chosen === value}>${words(value)}</option>`)}
      </select>
    </div>`;
  }

  /** @param {Letter} shown */
  #card(shown) {
    const { id, source, orderId, cause, attempts, since, state, payload } = shown;
    const isOpen = state === 'WAITING' || state === 'FAILED';
    const about = `${source} ${id}`;
    return html`<li class="panel" aria-label=${about}>
      <p>
        <span class="badge ${{ DONE: 'good', FAILED: 'bad', WAITING: 'bad' }[state] ?? 'few'}">${stateWords(state)}</span> <strong>${about}</strong> ${orderLink(orderId)}
        <span class="fine">${moment(since)} · ${t('letters.attempts', { count: number(attempts) })}</span>
      </p>
      <p>${cause}</p>
      ${unfolding(t('journey.payload'), payload)}
      <details class="json" @toggle=${(/** @type {Event} */ event) => this.#unfold(id, /** @type {HTMLDetailsElement} */ (event.currentTarget).open)}>
        <summary>${t('letters.history')}</summary>
        <ul>
          ${this.#histories.get(id)?.map(({ at, by, what, detail }) => html`<li>${moment(at)} <strong>${wordsOr(`letter.event.${what}`, what)}</strong> ${by} ${detail}</li>`)}
        </ul>
        ${this.#histories.get(id)?.length === 0 ? html`<p>${t('letters.nothingYet')}</p>` : nothing}
      </details>
      ${isOpen
        ? html`<div class="actions">
            <button class="primary" ?disabled=${this.busy} aria-label="${t('letters.retry')}: ${about}" @click=${() => this.#retry(shown)}>${t('letters.retry')}</button>
            <button ?disabled=${this.busy} aria-label="${t('letters.retryAll')}: ${about}" @click=${() => this.#retryAll({ source, cause })}>${t('letters.retryAll')}</button>
            <button class="danger" ?disabled=${this.busy} aria-label="${t('letters.discard')}: ${about}" @click=${() => this.#discard(shown)}>${t('letters.discard')}</button>
          </div>`
        : nothing}
    </li>`;
  }

  /** @param {Letter['id']} id */
  async #look(id) {
    this.#histories.set(id, (await letter({ id })).history ?? []);
  }

  /** @param {Letter['id']} id @param {boolean} isOpen */
  async #unfold(id, isOpen) {
    if (isOpen) {
      await this.repeating(() => this.#look(id));
    } else {
      this.#histories.delete(id);
    }
  }

  /** @param {Letter} shown */
  async #retry(shown) {
    await this.#change(() => retry(shown).then(() => t('letters.retried')));
  }

  /** @param {{source?: string, cause: string}} selection */
  async #retryAll(selection) {
    await this.#change(() => retryAll(selection).then(({ letters: count }) => t('letters.allRetried', { count: number(count) })));
  }

  /** @param {Letter} shown */
  async #discard(shown) {
    let reason = '';
    const content = html`<p>${t('letters.discardWords')}</p>
      <label for="reason">${t('letters.reason')}</label>
      <textarea id="reason" required maxlength="500" rows="3" @input=${(/** @type {Event} */ event) => (reason = /** @type {HTMLTextAreaElement} */ (event.currentTarget).value)}></textarea>`;
    if (await ask(t('letters.discardAsk'), content, t('letters.discard'))) {
      await this.#change(() => discard(shown, reason.trim()).then(() => t('letters.discarded')));
    }
  }

  /** @param {() => Promise<string>} work answers what to say */
  async #change(work) {
    this.#done = '';
    await this.doing(async () => (this.#done = await work()));
    await this.refresh();
  }
}

/** @param {string} state */
const stateWords = (state) => wordsOr(`letter.state.${state}`, state);

customElements.define('console-letters', ConsoleLetters);
