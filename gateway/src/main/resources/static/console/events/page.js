import { html, nothing } from 'lit';
import { repeat } from 'lit-html/directives/repeat.js';
import { choice, field } from '../../shared/filter.js';
import { number, t } from '../../shared/language.js';
import { route, to } from '../../shared/route.js';
import { session } from '../../shared/session.js';
import { View, onForm } from '../../shared/view.js';
import { recordsFrom } from '../api.js';
import { dated, orderLink, unfolding } from '../words.js';

/** @import { Told } from '../api.js' */

const MOST_SHOWN = 200;
const DRAW_EVERY_MS = 250;
const RETRY_MS = 3000;
const TOPICS = ['products', 'inventory', 'orders', 'payments', 'payment-outcomes'];

/** The records that come to Kafka, as they come. */
class ConsoleEvents extends View {
  /** The last ones, the newest first. @type {Told[]} */
  #told = [];
  #skipped = 0;
  /** What was shown when it was paused. @type {Told[] | undefined} */
  #paused;
  /** How many have come since then. */
  #missed = 0;
  /** @type {EventSource | undefined} */
  #source;
  #isLive = false;
  #retry = 0;
  #drawing = 0;

  constructor() {
    super();
    this.follow(route, () => {
      this.#paused = undefined;
      this.#clear();
      this.load();
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#retry);
    clearTimeout(this.#drawing);
    this.#drawing = 0;
    this.#source?.close();
    this.#source = undefined;
    this.#isLive = false;
  }

  /** From now on. */
  async load() {
    this.#stop();
    if (route.path !== '/events') {
      return;
    }
    const source = new EventSource(recordsFrom(Object.fromEntries(route.query)));
    this.#source = source;
    // The browser says so too, before the platform listens to Kafka.
    source.addEventListener('open', (event) => this.#listens(event instanceof MessageEvent));
    source.addEventListener('record', ({ data }) => this.#tell(JSON.parse(data)));
    source.addEventListener('skipped', ({ data }) => {
      this.#skipped += Number(data);
      this.#draw();
    });
    source.addEventListener('error', async () => {
      this.#listens(false);
      // The browser connects again by itself, unless it was refused.
      if (source.readyState === EventSource.CLOSED && source === this.#source) {
        await session.load();
        if (this.isConnected && source === this.#source) {
          this.#retry = setTimeout(() => this.load(), RETRY_MS);
        }
      }
    });
    this.requestUpdate();
  }

  /** @param {boolean} isLive */
  #listens(isLive) {
    this.#isLive = isLive;
    this.requestUpdate();
  }

  /** @param {Told} record */
  #tell(record) {
    this.#told = [record, ...this.#told].slice(0, MOST_SHOWN);
    this.#missed += 1;
    this.#draw();
  }

  /** Soon: many may come at a time. */
  #draw() {
    this.#drawing ||= setTimeout(() => {
      this.#drawing = 0;
      this.requestUpdate();
    }, DRAW_EVERY_MS);
  }

  #pause = () => {
    this.#paused = this.#paused ? undefined : this.#told;
    this.#missed = 0;
    this.requestUpdate();
  };

  #clear = () => {
    this.#told = [];
    this.#skipped = 0;
    this.#missed = 0;
    this.#paused &&= [];
    this.requestUpdate();
  };

  render() {
    const shown = this.#paused ?? this.#told;
    const select = onForm((fields) => (location.hash = to(['events'], fields)));
    return html`<h1>${t('events.title')}</h1>
      <form class="filter" aria-label=${t('events.filter')} @change=${select} @submit=${select}>
        ${choice('topic', 'field.topic', TOPICS)} ${field('key', 'field.key')} ${field('eventType', 'field.eventType')}
        <button class="primary">${t('events.apply')}</button>
      </form>
      <div class="bar">
        <span class="live ${this.#isLive ? 'on' : ''}" role="status">${t(this.#paused ? 'events.paused' : this.#isLive ? 'order.live' : 'order.connecting')}</span>
        <button @click=${this.#pause}>${this.#paused ? `${t('events.resume')} (${number(this.#missed)})` : t('events.pause')}</button>
        <button @click=${this.#clear}>${t('events.clear')}</button>
        ${this.#skipped > 0 ? html`<span class="fine">${t('events.skipped', { count: number(this.#skipped) })}</span>` : nothing}
      </div>
      ${shown.length === 0 ? html`<p class="empty">${t('events.none')}</p>` : nothing}
      <ol class="tail">${repeat(shown, ({ topic, partition, offset }) => `${topic} ${partition} ${offset}`, recordItem)}</ol>`;
  }
}

/** @param {Told} record */
const recordItem = (record) =>
  html`<li>
    <time datetime=${record.recordedAt}>${dated(record.recordedAt)}</time>
    <span class="badge">${record.topic}</span>
    <strong>${record.eventType?.split('.').pop() ?? t('events.stranger')}</strong>
    <span>${record.key?.startsWith('ORD-') ? orderLink(record.key) : record.key}</span>
    ${unfolding(`${t('journey.payload')} ${record.partition}:${record.offset}`, record.payload)}
  </li>`;

customElements.define('console-events', ConsoleEvents);
