import { html, nothing } from 'lit';
import { language, t } from '../shared/language.js';
import { to } from '../shared/route.js';
import { notice, wordsOr } from '../shared/view.js';

/** @import { Instance } from './api.js' */

/** A moment to the millisecond, with its day if that is not today. @param {string} instant ISO 8601 */
export function dated(instant) {
  const date = new Date(instant);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? clock(instant) : `${new Intl.DateTimeFormat(language.region, { dateStyle: 'medium' }).format(date)} ${clock(instant)}`;
}

/** A moment of today, to the millisecond. @param {string} instant ISO 8601 */
export function clock(instant) {
  const style = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' });
  return new Intl.DateTimeFormat(language.region, style).format(new Date(instant));
}

/** How long something takes, or took. @param {number} seconds */
export function duration(seconds) {
  const [amount, unit] = seconds < 1 ? [seconds * 1000, 'ms'] : seconds < 120 ? [seconds, 's'] : seconds < 7200 ? [seconds / 60, 'min'] : [seconds / 3600, 'h'];
  return `${quantity(amount)} ${unit}`;
}

/** With as many digits as are worth reading. @param {number} amount */
export const quantity = (amount) => new Intl.NumberFormat(language.region, { maximumFractionDigits: Math.abs(amount) < 10 ? 2 : 0 }).format(amount);

/** A value with its unit. @param {number} value @param {string} [unit] */
export function measure(value, unit = '') {
  return unit === 's' ? duration(value) : `${quantity(value)} ${wordsOr(`unit.${unit}`, unit === '1' ? '' : unit)}`.trim();
}

/** What is JSON, or nothing else than text, unfolded on demand. @param {string} label @param {unknown} content */
export function unfolding(label, content) {
  return content === undefined || content === null ? nothing : html`<details class="json"><summary>${label}</summary>${json(content)}</details>`;
}

/** It may be longer than its place, and is then moved by keyboard as well. @param {unknown} content */
export const json = (content) => html`<pre tabindex="0">${typeof content === 'string' ? content : JSON.stringify(content, null, 2)}</pre>`;

/** @param {string | undefined} orderId */
export const orderLink = (orderId) => (orderId ? html`<a href=${to(['orders', orderId])}>${orderId}</a>` : nothing);

/** @param {string} streamId */
export const streamLink = (streamId) => html`<a href=${to(['streams'], { streamId })}>${streamId}</a>`;

/** Which services have not told their part. @param {string[]} [missing] */
export const missingNotice = (missing = []) => (missing.length > 0 ? notice(t('journey.missing', { parts: missing.join(', ') }), 'alert') : nothing);

/** A share as a bar, with its words beside it. @param {number} percent @param {string} label */
export const bar = (percent, label) => html`<progress max="100" value=${percent} aria-label=${label}>${percent} %</progress>`;

/** @param {Instance} instance */
export const upBadge = ({ status }) => html`<span class="badge ${status === 'UP' ? 'good' : 'bad'}">${t(`instance.${status}`)}</span>`;
