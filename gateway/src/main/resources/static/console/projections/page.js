import { html, nothing } from 'lit';
import { number, t } from '../../shared/language.js';
import { LiveView } from '../../shared/live.js';
import { to } from '../../shared/route.js';
import { build, giveUpBuild, projections } from '../api.js';
import { bar, duration } from '../words.js';

/** @import { Progress, Projection } from '../api.js' */

/**
 * The views: how far they are, and how they are built anew.
 * @extends {LiveView<{projections: Projection[]}>}
 */
class ConsoleProjections extends LiveView {
  constructor() {
    super(projections);
  }

  render() {
    return html`<h1>${t('projections.title')}</h1>
      ${this.failureNotice(() => this.load())}
      <div class="panels">${this.found?.projections.map((each) => this.#panel(each))}</div>`;
  }

  /** @param {Projection} shown */
  #panel(shown) {
    const { name, generation, state, position, lag, letters, heldUp, rebuild, comparison } = shown;
    const isBusy = this.busy || rebuild !== undefined || comparison?.state === 'RUNNING';
    const figures = /** @type {const} */ ({ generation, position, lag, letters, heldUp });
    return html`<section class="panel" aria-labelledby=${name}>
      <h2 id=${name}>${name} <span class="badge ${state === 'LIVE' ? 'good' : 'few'}">${t(`projection.${state}`)}</span></h2>
      <dl class="levels">
        ${/** @type {(keyof typeof figures)[]} */ (Object.keys(figures)).map(
          (figure) => html`<div>
            <dt>${t(`projection.${figure}`)}</dt>
            <dd>${figure === 'letters' && letters > 0 ? html`<a href=${to(['letters'], { source: name })}>${number(letters)}</a>` : number(figures[figure])}</dd>
          </div>`,
        )}
      </dl>
      ${rebuild ? html`<p role="status">${t('projection.rebuilding', { generation: rebuild.generation })}</p>${progress(rebuild)}` : nothing}
      ${comparison ? compared(comparison) : nothing}
      <div class="actions">
        <button class="primary" ?disabled=${isBusy} aria-label="${t('projection.rebuild')}: ${name}" @click=${() => this.change(() => build(name, 'rebuild'))}>${t('projection.rebuild')}</button>
        <button ?disabled=${isBusy} aria-label="${t('projection.compare')}: ${name}" @click=${() => this.change(() => build(name, 'comparison'))}>${t('projection.compare')}</button>
        ${rebuild || comparison?.state === 'RUNNING'
          ? html`<button class="danger" ?disabled=${this.busy} aria-label="${t('projection.cancel')}: ${name}" @click=${() => this.change(() => giveUpBuild(name))}>${t('projection.cancel')}</button>`
          : nothing}
      </div>
    </section>`;
  }
}

/** @param {Progress} how */
function progress({ percent = 0, eventsPerSecond = 0, secondsLeft }) {
  const left = secondsLeft === undefined ? '' : t('projection.left', { time: duration(secondsLeft) });
  return html`${bar(percent, t('projection.progress'))}
    <p class="fine">${number(percent)} % · ${t('projection.rate', { count: number(eventsPerSecond) })} ${left}</p>`;
}

/** @param {NonNullable<Projection['comparison']>} comparison */
function compared(comparison) {
  const { state, rows = 0, differing = 0, first } = comparison;
  return html`<p role="status">${t(`comparison.${state}`, { rows: number(rows), differing: number(differing) })}</p>
    ${state === 'RUNNING' ? progress(comparison) : nothing} ${first ? html`<p class="fine">${first}</p>` : nothing}`;
}

customElements.define('console-projections', ConsoleProjections);
