import { html, nothing } from 'lit';
import { repeat } from 'lit-html/directives/repeat.js';
import { ask } from '../../shared/dialog.js';
import { choice, field } from '../../shared/filter.js';
import { Problem } from '../../shared/http.js';
import { moment, number, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { Refresh } from '../../shared/live.js';
import { route } from '../../shared/route.js';
import { notice, wordsOr } from '../../shared/view.js';
import { discard, letter, letters, retry, retryAll } from '../api.js';
import { missingNotice, orderLink, unfolding } from '../words.js';

/** @import { Letter, LetterEvent } from '../api.js' */

const PAGE_SIZE = '50';
const MOST_HANDLED = 5;
/** What the filter by cause takes, in characters. */
const LONGEST_CAUSE = 500;
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
  /** What has come of the last action. @type {unknown} */
  #done = nothing;

  constructor() {
    super(['letters'], async (query) => {
      const found = await letters({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) });
      await this.#follow(found.deadLetters);
      return found;
    });
    new Refresh(this, () => this.refresh());
  }

  render() {
    const cause = route.query.get('cause');
    const source = route.query.get('source') ?? undefined;
    return html`<h1>${t('letters.title')}</h1>
      <form class="filter" aria-label=${t('letters.filter')} @change=${this.select} @submit=${this.select}>
        ${choice('source', 'field.source', SOURCES)} ${choice('state', 'field.state', STATES, stateWords)}
        ${field('cause', 'field.cause', 'search', LONGEST_CAUSE)} ${field('orderId', 'field.orderId')}
        <button class="primary">${t('action.search')}</button>
      </form>
      ${this.failureNotice(this.reload)} ${this.#done}
      ${cause && isByCauseOnly() && this.found?.deadLetters.length
        ? html`<p><button ?disabled=${this.busy} @click=${() => this.#retryAll({ cause, source })}>${t('letters.retryShown')}</button></p>`
        : nothing}
      ${this.#handled.length > 0
        ? html`<section class="panel" aria-labelledby="handled" aria-live="polite">
            <h2 id="handled">${t('letters.handled')}</h2>
            ${this.#handled.map((each) => html`<p>${stateBadge(each.state)} <strong>${each.source} ${each.id}</strong></p>${happenings(each.history)}`)}
          </section>`
        : nothing}
      ${missingNotice(this.found?.missing)}
      ${this.found?.deadLetters.length === 0 ? html`<p class="empty">${t('letters.none')}</p>` : nothing}
      <ul class="cards" aria-busy=${this.busy}>${repeat(this.found?.deadLetters ?? [], ({ id }) => id, (each) => this.#card(each))}</ul>
      ${this.pages()}`;
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
            ${isByCauseOnly()
              ? html`<button ?disabled=${this.busy} aria-label="${t('letters.retryAll')}: ${about}" @click=${() => this.#retryAll({ source, cause: kindOfCause })}>${t('letters.retryAll')}</button>`
              : nothing}
            <button class="danger" ?disabled=${this.busy} aria-label="${t('letters.discard')}: ${about}" @click=${() => this.#discard(shown)}>${t('letters.discard')}</button>
          </div>`
        : nothing}
    </li>`;
  }

  /** What has become of the letters that are looked at. @param {Letter[]} shown */
  async #follow(shown) {
    const ids = new Set(shown.map(({ id }) => id));
    const unfolded = [...this.#histories.keys()].filter((id) => ids.has(id));
    const [handled, histories] = await Promise.all([
      Promise.all(this.#handled.map(async (each) => (isOver(each.state) ? each : ((await told(each)) ?? each)))),
      Promise.all(unfolded.map(async (id) => ({ id, history: (await told({ id }))?.history }))),
    ]);
    this.#handled = this.#handled.map((each) => handled.find(({ id }) => id === each.id) ?? each);
    histories.forEach(({ id, history }) => this.#histories.has(id) && history && this.#histories.set(id, history));
    [...this.#histories.keys()].filter((id) => !ids.has(id)).forEach((id) => this.#histories.delete(id));
  }

  /** @param {string} id @param {boolean} isOpen */
  async #unfold(id, isOpen) {
    if (isOpen) {
      this.#histories.set(id, []);
      await this.refresh();
    } else {
      this.#histories.delete(id);
    }
  }

  /** @param {Letter} shown @param {() => Promise<unknown>} work */
  async #handle(shown, work) {
    await this.#change(async () => {
      await work();
      this.#handled = [shown, ...this.#handled.filter(({ id }) => id !== shown.id)].slice(0, MOST_HANDLED);
      return nothing;
    });
  }

  /** @param {Letter} shown */
  async #retry(shown) {
    await this.#handle(shown, () => retry(shown));
  }

  /** @param {{source?: string, cause: string}} selection */
  async #retryAll({ source, cause }) {
    await this.#change(async () => {
      const { letters: count, missing = [] } = await retryAll({ source, cause: [...cause].slice(0, LONGEST_CAUSE).join('') });
      const words = t('letters.allRetried', { count: number(count) });
      return missing.length > 0 ? notice(`${words} ${t('letters.notRetried', { parts: missing.join(', ') })}`, 'alert') : notice(words, 'done');
    });
  }

  /** @param {Letter} shown */
  async #discard(shown) {
    let reason = '';
    const take = (/** @type {Event} */ event) => {
      const field = /** @type {HTMLTextAreaElement} */ (event.currentTarget);
      reason = field.value.trim();
      field.setCustomValidity(reason ? '' : t('letters.reasonMissing'));
    };
    const content = html`<p><strong>${shown.source} ${shown.id}</strong></p>
      <p>${shown.cause}</p>
      <p>${t('letters.discardWords')}</p>
      <label for="reason">${t('letters.reason')}</label>
      <textarea id="reason" required maxlength="500" rows="3" @input=${take}></textarea>`;
    if (await ask(t('letters.discardAsk'), content, t('letters.discard'))) {
      await this.#handle(shown, () => discard(shown, reason));
    }
  }

  /** @param {() => Promise<unknown>} work answers what to say */
  async #change(work) {
    this.#done = nothing;
    await this.acting(async () => (this.#done = await work()));
    await this.refresh();
  }
}

/** Whether all letters of a cause are shown, of one source perhaps: only those are retried together. */
const isByCauseOnly = () => [...route.query.keys()].every((name) => ['source', 'cause', 'pageToken'].includes(name));

/** With what happened to it; nothing when it is gone, or its service does not answer. @param {Pick<Letter, 'id'>} asked */
async function told(asked) {
  try {
    return await letter(asked);
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.isTemporary)) {
      return undefined;
    }
    throw error;
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
