import { html, nothing } from 'lit';
import { repeat } from 'lit-html/directives/repeat.js';
import { order } from '../../shared/api.js';
import { NoAnswer, Problem } from '../../shared/http.js';
import { t } from '../../shared/language.js';
import { LiveView } from '../../shared/live.js';
import { statusBadge } from '../../shared/orders.js';
import { to } from '../../shared/route.js';
import { notice, wordsOr } from '../../shared/view.js';
import { timeline, traces } from '../api.js';
import { dated, duration, missingNotice, streamLink, unfolding } from '../words.js';
import './waterfall.js';

/** @import { Order } from '../../shared/api.js' */
/** @import { Entry, Timeline, Trace } from '../api.js' */
/**
 * @typedef {{order: Order | undefined, timeline: Timeline, missing: string[], traces: Trace[] | undefined}} Journey
 *   order: undefined while the query side does not tell it; missing: the services whose part is not here; traces: undefined where none are kept
 */

/** What follows the end of an order, its mail for example, has come by then. */
const AFTERMATH_MS = 30_000;
/** Which has the view of orders. */
const QUERY_SIDE = 'query-side';

/**
 * The journey of one order: all that has happened because of it, and its traces.
 * @extends {LiveView<Journey>}
 */
class ConsoleJourney extends LiveView {
  /** The kinds of entries that are not shown. @type {Set<string>} */
  #hidden = new Set();
  /** When it was final first, in milliseconds. @type {number | undefined} */
  #finalAt;
  /** The trace that is unfolded at first. @type {string | undefined} */
  #firstTrace;

  constructor() {
    super(() => this.#find());
  }

  async #find() {
    const [found, happened, seen] = await Promise.all([orderIfTold(this.parameter), timeline(this.parameter), keptTraces(this.parameter)]);
    const status = found?.status ?? happened.status;
    if (status && status !== 'PENDING') {
      this.#finalAt ??= Date.now();
    }
    this.#firstTrace ??= seen?.[0]?.traceId;
    const missing = [...new Set([...(happened.missing ?? []), ...(found ? [] : [QUERY_SIDE])])];
    return { order: found, timeline: happened, missing, traces: seen };
  }

  get #isLive() {
    return (this.found?.missing.length ?? 0) > 0 || this.#finalAt === undefined || Date.now() - this.#finalAt < AFTERMATH_MS;
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
  #shown({ order: found, timeline: { entries, truncated, ...told }, missing, traces: seen }) {
    const status = found?.status ?? told.status;
    const kinds = [...Map.groupBy(entries, ({ kind }) => kind)];
    const shown = entries.filter(({ kind }) => !this.#hidden.has(kind));
    return html`
      <p class="state" role="status">
        ${status ? statusBadge(status) : nothing} ${found?.cancelReason ? html`<strong>${wordsOr(`outcome.${found.cancelReason}`, found.cancelReason)}</strong>` : nothing}
        ${found ? html`<span>${t('field.userId')}: <a href=${to(['orders'], { userId: found.userId })}>${found.userId}</a></span>` : nothing}
        <a href=${to(['letters'], { orderId: this.parameter })}>${t('nav.letters')}</a>
        ${this.#isLive ? html`<span class="fine live on">${t('order.live')}</span>` : nothing}
      </p>
      <div class="actions"><button ?disabled=${this.busy} @click=${() => this.load()}>${t('journey.refresh')}</button></div>
      ${missingNotice(missing)}
      ${truncated ? notice(t('journey.truncated')) : nothing}
      <h2>${t('journey.timeline')}</h2>
      <div class="kinds" role="group" aria-label=${t('journey.kinds')}>
        ${kinds.map(
          ([kind, all]) => html`<button aria-pressed=${!this.#hidden.has(kind)} @click=${() => this.#turn(kind)}>${kindWords(kind)} ${all.length}</button>`,
        )}
      </div>
      <ol class="timeline">${repeat(identified(shown), ({ id }) => id, ({ entry }) => entryItem(entry, entries[0]))}</ol>
      <h2>${t('journey.traces')}</h2>
      ${seen?.length
        ? repeat(seen, ({ traceId }) => traceId, (trace) => html`<console-waterfall ?open=${trace.traceId === this.#firstTrace} .trace=${trace}></console-waterfall>`)
        : html`<p class="empty">${t(seen ? 'journey.noTraces' : 'journey.tracesElsewhere')}</p>`}
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

/** Without the view of orders there is still the timeline. @param {string} orderId */
async function orderIfTold(orderId) {
  try {
    return await order(orderId);
  } catch (error) {
    if (error instanceof Problem || error instanceof NoAnswer) {
      return undefined;
    }
    throw error;
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

/** With what tells each from all others, so that each keeps its place in the page. @param {Entry[]} entries */
function identified(entries) {
  /** @type {Map<string, number>} */
  const alike = new Map();
  return entries.map((entry) => {
    const { at, service, kind, name, stream, sequence, event, step } = entry;
    const likeness = [at, service, kind, name, stream, sequence, event?.id, step?.spanId].join(' ');
    const before = alike.get(likeness) ?? 0;
    alike.set(likeness, before + 1);
    return { id: `${likeness} ${before}`, entry };
  });
}

/** @param {string} kind */
const kindWords = (kind) => wordsOr(`kind.${kind}`, kind);

/** @param {Entry} entry @param {Entry} first */
const entryItem = (entry, first) =>
  html`<li class="kind-${entry.kind}">
    <time datetime=${entry.at}>${dated(entry.at)}</time>
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
