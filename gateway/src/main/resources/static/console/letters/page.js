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
const MOST_HANDLED = 5;
const SOURCES = ['order-saga', 'payment-worker', 'notification-worker', 'product-view', 'order-view'];
const STATES = ['WAITING', 'RETRYING', 'DONE', 'FAILED', 'DISCARDED'];

/**
 * What could not proceed, why, and what becomes of it.
 * @extends {Listing<Awaited<ReturnType<typeof letters>>>}
 */
class ConsoleLetters extends Listing {
  /** Those that were sent on or discarded here, the last one first: what becomes of them. @type {Letter[]} */
  #handled = [];
  /** What happened to the others that are unfolded, by id. @type {Map<string, LetterEvent[]>} */
  #histories = new Map();
  #done = '';

  constructor() {
    super(['letters'], (query) => letters({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) }));
    new Refresh(this, async () => {
      await this.refresh();
      await this.repeating(() => this.#follow());
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
      ${this.#handled.length > 0
        ? html`<section class="panel" aria-labelledby="handled" aria-live="polite">
            <h2 id="handled">${t('letters.handled')}</h2>
            ${this.#handled.map((each) => html`<p>${stateBadge(each.state)} <strong>${each.source} ${each.id}</strong></p>${happenings(each.history)}`)}
          </section>`
        : nothing}
      ${this.found?.missing?.length ? notice(t('journey.missing', { parts: this.found.missing.join(', ') }), 'alert') : nothing}
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
    const { id, source, orderId, cause, kindOfCause, holdsUp, attempts, since, state, payload } = shown;
    const isOpen = state === 'WAITING' || state === 'FAILED';
    const about = `${source} ${id}`;
    return html`<li class="panel" aria-label=${about}>
      <p>
        ${stateBadge(state)} <strong>${about}</strong> ${orderLink(orderId)}
        ${holdsUp ? html`<span class="badge few">${t('letters.holdsUp')}</span>` : nothing}
        <span class="fine">${moment(since)} · ${t('letters.attempts', { count: number(attempts) })}</span>
      </p>
      <p>${cause}</p>
      ${unfolding(t('journey.payload'), payload)}
      <details class="json" @toggle=${(/** @type {Event} */ event) => this.#unfold(id, /** @type {HTMLDetailsElement} */ (event.currentTarget).open)}>
        <summary>${t('letters.history')}</summary>
        ${happenings(this.#histories.get(id))}
      </details>
      ${isOpen
        ? html`<div class="actions">
            <button class="primary" ?disabled=${this.busy} aria-label="${t('letters.retry')}: ${about}" @click=${() => this.#retry(shown)}>${t('letters.retry')}</button>
            <button ?disabled=${this.busy} aria-label="${t('letters.retryAll')}: ${about}" @click=${() => this.#retryAll({ source, cause: kindOfCause })}>${t('letters.retryAll')}</button>
            <button class="danger" ?disabled=${this.busy} aria-label="${t('letters.discard')}: ${about}" @click=${() => this.#discard(shown)}>${t('letters.discard')}</button>
          </div>`
        : nothing}
    </li>`;
  }

  /** What has become of the letters that are looked at. */
  async #follow() {
    this.#handled = await Promise.all(this.#handled.map((each) => (isOver(each.state) ? each : letter(each))));
    await Promise.all([...this.#histories.keys()].map(async (id) => this.#histories.set(id, (await letter({ id })).history ?? [])));
  }

  /** @param {string} id @param {boolean} isOpen */
  async #unfold(id, isOpen) {
    if (isOpen) {
      this.#histories.set(id, []);
      await this.repeating(() => this.#follow());
    } else {
      this.#histories.delete(id);
    }
  }

  /** @param {Letter} shown @param {() => Promise<unknown>} work */
  async #handle(shown, work) {
    await this.#change(async () => {
      await work();
      this.#handled = [await letter(shown), ...this.#handled.filter(({ id }) => id !== shown.id)].slice(0, MOST_HANDLED);
      return '';
    });
  }

  /** @param {Letter} shown */
  async #retry(shown) {
    await this.#handle(shown, () => retry(shown));
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
      await this.#handle(shown, () => discard(shown, reason.trim()));
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
const isOver = (state) => state === 'DONE' || state === 'DISCARDED';

/** @param {string} state */
const stateWords = (state) => wordsOr(`letter.state.${state}`, state);

/** @param {string} state */
function stateBadge(state) {
  const look = { DONE: 'good', FAILED: 'bad', WAITING: 'bad' }[state] ?? 'few';
  return html`<span class="badge ${look}">${stateWords(state)}</span>`;
}

/** @param {LetterEvent[]} [history] */
function happenings(history = []) {
  return history.length === 0
    ? html`<p class="fine">${t('letters.nothingYet')}</p>`
    : html`<ul>
        ${history.map(({ at, by, what, detail }) => html`<li>${moment(at)} <strong>${wordsOr(`letter.event.${what}`, what)}</strong> (${by}) ${detail}</li>`)}
      </ul>`;
}

customElements.define('console-letters', ConsoleLetters);
