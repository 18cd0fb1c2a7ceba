import { html, nothing } from 'lit';
import { ask } from '../../shared/dialog.js';
import { number, t } from '../../shared/language.js';
import { LiveView } from '../../shared/live.js';
import { onForm, wordsOr } from '../../shared/view.js';
import { demo, endSale, overview, setProvider, startInstance, startSale, stopInstance } from '../api.js';
import { charts } from '../overview/chart.js';
import { clock, upBadge } from '../words.js';

/** @import { Demo, Instance, Overview } from '../api.js' */

const MODES = ['NORMAL', 'SLOW', 'DECLINING', 'SILENT'];
const SHOWN = ['orders.placed', 'commands.waiting', 'publication.lag', 'projection.lag', 'tasks.waiting', 'placement.p99'];

/**
 * What learners may do to the platform, and what it does about it.
 * @extends {LiveView<{demo: Demo, overview: Overview}>}
 */
class ConsoleDemo extends LiveView {
  constructor() {
    super(async () => {
      const [state, now] = await Promise.all([demo(), overview()]);
      return { demo: state, overview: now };
    });
  }

  render() {
    return html`<h1>${t('demo.title')}</h1>
      <p>${t('demo.words')}</p>
      ${this.failureNotice(() => this.load())} ${this.found ? this.#shown(this.found) : nothing}`;
  }

  /** @param {{demo: Demo, overview: Overview}} now */
  #shown({ demo: { provider, sale, stopped }, overview: { instances, series } }) {
    return html`<div class="panels">
        <section class="panel" aria-labelledby="provider">
          <h2 id="provider">${t('demo.provider')}</h2>
          <div class="modes" role="group" aria-labelledby="provider">
            ${MODES.map(
              (mode) => html`<button aria-pressed=${mode === provider} ?disabled=${this.busy} @click=${() => this.change(() => setProvider(mode))}>${wordsOr(`provider.${mode}`, mode)}</button>`,
            )}
          </div>
        </section>
        <section class="panel" aria-labelledby="sale">
          <h2 id="sale">${t('demo.sale')}</h2>
          <form class="fields" @submit=${onForm((fields) => this.change(() => startSale(Number(fields.ordersPerSecond), Number(fields.seconds))))}>
            <label for="ordersPerSecond">${t('field.ordersPerSecond')}</label>
            <input id="ordersPerSecond" name="ordersPerSecond" type="number" min="1" max="500" value="50" required />
            <label for="seconds">${t('field.seconds')}</label>
            <input id="seconds" name="seconds" type="number" min="1" max="300" value="30" required />
            <button class="primary" ?disabled=${this.busy || sale.running}>${t('demo.startSale')}</button>
          </form>
          <p role="status">
            ${t('demo.saleState', { orders: number(sale.orders), answered: number(sale.answered), refused: number(sale.refused) })}
            ${sale.running && sale.endsAt ? t('demo.saleEnds', { time: clock(sale.endsAt).slice(0, 8) }) : nothing}
          </p>
          ${sale.running ? html`<button ?disabled=${this.busy} @click=${() => this.change(endSale)}>${t('demo.endSale')}</button>` : nothing}
        </section>
        <section class="panel" aria-labelledby="instances">
          <h2 id="instances">${t('demo.instances')}</h2>
          <ul class="lines-of-panel">
            ${stopped.map(
              (each) => html`<li>
                ${each.instance} <span class="badge bad">${t('demo.stopped')}</span>
                <button class="primary" ?disabled=${this.busy} aria-label="${t('demo.start')}: ${each.instance}" @click=${() => this.change(() => startInstance(each))}>${t('demo.start')}</button>
              </li>`,
            )}
            ${instances
              .filter(({ status }) => status === 'UP')
              .map(
                (each) => html`<li>
                  ${each.instance} ${upBadge(each)}
                  <button class="danger" ?disabled=${this.busy} aria-label="${t('demo.stop')}: ${each.instance}" @click=${() => this.#stop(each)}>${t('demo.stop')}</button>
                </li>`,
              )}
          </ul>
        </section>
      </div>
      <h2>${t('overview.charts')}</h2>
      <div class="charts">${charts(series.filter(({ name }) => SHOWN.includes(name)))}</div>`;
  }

  /** @param {Instance} instance */
  async #stop(instance) {
    if (await ask(t('demo.stopAsk', { instance: instance.instance }), html`<p>${t('demo.stopWords')}</p>`, t('demo.stop'))) {
      await this.change(() => stopInstance(instance));
    }
  }
}

customElements.define('console-demo', ConsoleDemo);
