import { html, nothing, svg } from 'lit';
import { moment, t } from '../../shared/language.js';
import { View } from '../../shared/view.js';
import { trace } from '../api.js';
import { duration, json } from '../words.js';

/** @import { Span, Trace } from '../api.js' */

/** A trace as a line that unfolds to all its steps. */
class ConsoleWaterfall extends View {
  /** @type {Trace | undefined} */
  #trace;
  /** @type {Span[] | undefined} */
  #spans;
  /** How many steps the trace had when they were last got. */
  #had = 0;
  #isOpen = false;

  /** It may have grown, or its steps may not have come yet. */
  set trace(/** @type {Trace} */ now) {
    this.#trace = now;
    this.requestUpdate();
    if (this.#isOpen && now.spans !== this.#had) {
      this.#get();
    }
  }

  #get = async () => {
    const { traceId, spans } = /** @type {Trace} */ (this.#trace);
    await this.repeating(async () => {
      this.#spans = (await trace(traceId)).spans;
      this.#had = spans;
    }, 1);
  };

  /** @param {Event} event */
  #toggle(event) {
    this.#isOpen = /** @type {HTMLDetailsElement} */ (event.currentTarget).open;
    if (this.#isOpen && !this.#spans) {
      this.#get();
    }
  }

  render() {
    const shown = this.#trace;
    return shown
      ? html`<details class="panel" ?open=${this.hasAttribute('open')} @toggle=${this.#toggle}>
          <summary>
            ${shown.name} <span class="fine">${moment(shown.startedAt)} · ${duration(shown.durationMicros / 1e6)} · ${t('trace.steps', { count: shown.spans })} · ${shown.services.join(', ')}</span>
          </summary>
          ${this.failureNotice(this.#get)} ${this.#spans ? waterfall(this.#spans) : nothing}
        </details>`
      : nothing;
  }
}

/** @param {Span[]} spans in the order of their beginnings */
function waterfall(spans) {
  const start = Date.parse(spans[0].startedAt);
  const end = Math.max(...spans.map((span) => Date.parse(span.startedAt) + span.durationMicros / 1000));
  const services = [...new Set(spans.map((span) => span.service))];
  const share = (/** @type {number} */ ms) => (100 * ms) / Math.max(end - start, 1);
  return html`<ol class="waterfall">
    ${inFamilies(spans).map(({ span, depth }) => {
      const begin = Date.parse(span.startedAt) - start;
      const length = span.durationMicros / 1000;
      return html`<li>
        <details>
          <summary>
            <span class="depth-${Math.min(depth, 8)}"><b>${span.name}</b> <span class="fine">${span.service}</span></span>
            <svg class="line-${(services.indexOf(span.service) % 4) + 1}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              ${svg`<rect x=${share(begin)} width=${Math.max(share(length), 0.4)} height="1" />`}
            </svg>
            <span class="number fine">${duration(length / 1000)}</span>
          </summary>
          <p class="fine">+${duration(begin / 1000)}</p>
          ${json(span.attributes)}
        </details>
      </li>`;
    })}
  </ol>`;
}

/** @typedef {{span: Span, depth: number}} Step */

/** Each step, followed by those that it has begun. @param {Span[]} spans @returns {Step[]} */
function inFamilies(spans) {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const children = Map.groupBy(spans, ({ parentSpanId }) => (parentSpanId && ids.has(parentSpanId) ? parentSpanId : ''));
  /** @param {string} id @param {number} depth @returns {Step[]} */
  function below(id, depth) {
    return (children.get(id) ?? []).flatMap((span) => [{ span, depth }, ...below(span.spanId, depth + 1)]);
  }
  return below('', 0);
}

customElements.define('console-waterfall', ConsoleWaterfall);
