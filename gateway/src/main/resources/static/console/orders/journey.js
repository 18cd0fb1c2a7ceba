import { html, nothing } from 'lit';
import { order } from '../../shared/api.js';
import { Problem } from '../../shared/http.js';
import { t } from '../../shared/language.js';
import { statusBadge } from '../../shared/orders.js';
import { to } from '../../shared/route.js';
import { notice, wordsOr } from '../../shared/view.js';
import { timeline, traces } from '../api.js';
import { LiveView } from '../live.js';
import { clock, duration, streamLink, unfolding } from '../words.js';
import './waterfall.js';

/** @import { Order } from '../../shared/api.js' */
/** @import { Entry, Timeline, Trace } from '../api.js' */
/** @typedef {{order: Order, timeline: Timeline, traces: Trace[] | undefined}} Journey traces: undefined where none are kept */

/** What follows the end of an order, its mail for example, has come by then. */
const AFTERMATH_MS = 30_000;

/**
 * The journey of one order: all that has happened because of it, and its traces.
 * @extends {LiveView<Journey>}
 */
class ConsoleJourney extends LiveView {
  /** The kinds of entries that are not shown. @type {Set<string>} */
  #hidden = new Set();
  /** When it was final first, in milliseconds. @type {number | undefined} */
  #finalAt;

  constructor() {
    super(() => this.#find());
  }

  async #find() {
    const [found, happened, seen] = await Promise.all([order(this.parameter), timeline(this.parameter), keptTraces(this.parameter)]);
    if (found.status !== 'PENDING') {
      this.#finalAt ??= Date.now();
    }
    return { order: found, timeline: happened, traces: seen };
  }

  get #isLive() {
    return this.#finalAt === undefined || Date.now() - this.#finalAt < AFTERMATH_MS;
  }

  async look() {
    if (this.#isLive) {
      await super.look();
    }
  }

  render() {
    return html`<p class="way"><a href="#/orders">${t('staffOrders.title')}</a></p>
      <h1>${t('order.heading', { orderId: this.parameter })}</h1>
      ${this.failureNotice(() => this.load())} ${this.found ? this.#shown(this.found) : nothing}`;
  }

  /** @param {Journey} now */
  #shown({ order: { status, userId, cancelReason }, timeline: { entries, missing, truncated }, traces: seen }) {
    const kinds = [...Map.groupBy(entries, ({ kind }) => kind)];
    const shown = entries.filter(({ kind }) => !this.#hidden.has(kind));
    return html`
      <p class="state" role="status">
        ${statusBadge(status)} ${cancelReason ? html`<strong>${wordsOr(`outcome.${cancelReason}`, cancelReason)}</strong>` : nothing}
        <span>${t('field.userId')}: <a href=${to(['orders'], { userId })}>${userId}</a></span>
        <a href=${to(['letters'], { orderId: this.parameter })}>${t('nav.letters')}</a>
        ${this.#isLive ? html`<span class="fine live on">${t('order.live')}</span>` : nothing}
      </p>
      ${missing?.length ? notice(t('journey.missing', { parts: missing.join(', ') }), 'alert') : nothing}
      ${truncated ? notice(t('journey.truncated')) : nothing}
      <h2>${t('journey.timeline')}</h2>
      <div class="kinds" role="group" aria-label=${t('journey.kinds')}>
        ${kinds.map(
          ([kind, all]) => html`<button aria-pressed=${!this.#hidden.has(kind)} @click=${() => this.#turn(kind)}>${kindWords(kind)} ${all.length}</button>`,
        )}
      </div>
      <ol class="timeline">${shown.map((entry) => entryItem(entry, entries[0]))}</ol>
      <h2>${t('journey.traces')}</h2>
      ${seen?.length ? seen.map((trace, index) => html`<console-waterfall .trace=${trace} ?open=${index === 0}></console-waterfall>`) : html`<p class="empty">${t(seen ? 'journey.noTraces' : 'journey.tracesElsewhere')}</p>`}
    `;
  }

  /** @param {string} kind */
  #turn(kind) {
    if (!this.#hidden.delete(kind)) {
      this.#hidden.add(kind);
    }
    this.requestUpdate();
  }
}

/** @param {string} orderId */
async function keptTraces(orderId) {
  try {
    return (await traces(orderId)).traces;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** @param {string} kind */
const kindWords = (kind) => wordsOr(`kind.${kind}`, kind);

/** @param {Entry} entry @param {Entry} first */
const entryItem = (entry, first) =>
  html`<li class="kind-${entry.kind}">
    <time datetime=${entry.at}>${clock(entry.at)}</time>
    <span class="fine">+${duration((Date.parse(entry.at) - Date.parse(first.at)) / 1000)}</span>
    <span class="badge">${kindWords(entry.kind)}</span>
    <div>
      <strong>${entry.name}</strong>
      <span class="fine">${entry.service}${entry.stream ? html` · ${streamLink(entry.stream)}${entry.sequence === undefined ? nothing : ` #${entry.sequence}`}` : nothing}${entry.event?.command ? ` · ${t('journey.of', { command: entry.event.command })}` : nothing}${entry.step?.durationMicros ? ` · ${duration(entry.step.durationMicros / 1e6)}` : nothing}</span>
      ${entry.event?.published === false ? html`<span class="badge few">${t('journey.unpublished')}</span>` : nothing}
      ${unfolding(t('journey.payload'), entry.payload)}
    </div>
  </li>`;

customElements.define('console-journey', ConsoleJourney);
