import { html, nothing } from 'lit';
import { moment, t } from '../../shared/language.js';
import { LiveView } from '../../shared/live.js';
import { wideTable, wordsOr } from '../../shared/view.js';
import { overview } from '../api.js';
import { clock, measure, upBadge } from '../words.js';
import { charts } from './chart.js';

/** @import { Check, Instance, Light, Overview } from '../api.js' */

/** The worst first. @type {Light[]} */
const LIGHTS = ['RED', 'AMBER', 'GREEN'];

/**
 * How the platform is, at one look.
 * @extends {LiveView<Overview>}
 */
class ConsoleOverview extends LiveView {
  constructor() {
    super(overview);
  }

  render() {
    return html`<h1>${t('overview.title')}</h1>
      ${this.failureNotice(() => this.load())} ${this.found ? this.#shown(this.found) : nothing}`;
  }

  /** @param {Overview} now */
  #shown(now) {
    const troubled = now.checks.filter(({ status }) => status !== 'GREEN').length + now.instances.filter(({ status }) => status === 'AWAY').length;
    return html`
      <p class="state lit ${now.status}" role="status">
        ${lightBadge(now.status)} <strong>${troubled === 0 ? t('overview.well') : t('overview.troubled', { count: troubled })}</strong>
        <span class="fine">${t('overview.at', { time: clock(now.at).slice(0, 8) })}</span>
      </p>
      <ul class="checks" aria-label=${t('overview.checks')}>${[...now.checks].sort(byLight).map(checkCard)}</ul>
      <h2>${t('overview.charts')}</h2>
      <div class="charts">${charts(now.series)}</div>
      <h2>${t('overview.instances')}</h2>
      ${wideTable(
        t('overview.instances'),
        { 'field.service': '', 'field.instance': '', 'field.state': '', 'field.version': '', 'field.startedAt': '', 'field.holds': '' },
        now.instances.map(instanceRow),
      )}
    `;
  }
}

/** @param {Check} one @param {Check} other */
const byLight = (one, other) =>
  LIGHTS.indexOf(one.status) - LIGHTS.indexOf(other.status) || one.name.localeCompare(other.name) || one.instance.localeCompare(other.instance);

/** @param {Light} light */
function lightBadge(light) {
  const look = { GREEN: 'good', AMBER: 'few', RED: 'bad' }[light];
  return html`<span class="badge ${look}">${t(`light.${light}`)}</span>`;
}

/** @param {Check} check */
function checkCard(check) {
  const name = [wordsOr(`check.${check.name}`, check.name), check.of].filter(Boolean).join(': ');
  const limits = [
    check.amberFrom === undefined ? '' : t('check.amberFrom', { value: measure(check.amberFrom, check.unit) }),
    check.redFrom === undefined ? '' : t('check.redFrom', { value: measure(check.redFrom, check.unit) }),
  ].filter(Boolean);
  return html`<li class="lit ${check.status}">
    <strong>${name}</strong> ${lightBadge(check.status)}
    ${check.value === undefined ? nothing : html`<b class="value">${measure(check.value, check.unit)}</b>`}
    <span class="fine">${check.instance}${limits.length > 0 ? html` · ${limits.join(', ')}` : nothing}</span>
    ${check.runbook ? html`<a href="/console/manual#${check.runbook}" aria-label="${t('check.runbook')}: ${name}">${t('check.runbook')}</a>` : nothing}
  </li>`;
}

/** What is held in numbered parts, such as partitions, under one name. @param {string[]} holds */
function together(holds) {
  const parts = holds.map((held) => /^(.*)-(\d+)$/.exec(held)?.slice(1) ?? [held, '']);
  return [...Map.groupBy(parts, ([name]) => name)].map(([name, all]) => `${name} ${all.map(([, number]) => number).join(', ')}`.trim());
}

/** @param {Instance} instance */
const instanceRow = (instance) =>
  html`<tr>
    <th scope="row">${instance.service}</th>
    <td>${instance.instance}</td>
    <td>${upBadge(instance)}</td>
    <td>${instance.version}</td>
    <td>${instance.startedAt ? moment(instance.startedAt) : nothing}</td>
    <td>${together(instance.holds ?? []).map((held) => html`<span class="badge">${held}</span> `)}</td>
  </tr>`;

customElements.define('console-overview', ConsoleOverview);
