import { html, svg } from 'lit';
import { number, t } from '../../shared/language.js';

/** @import { Stock } from '../../shared/api.js' */

const LEVELS = /** @type {const} */ (['available', 'reserved', 'sold']);

/** All that was ever received. @param {Stock} stock */
export const received = ({ available, reserved, sold }) => available + reserved + sold;

/** The rule in sight: received = available + reserved + sold. @param {Stock} stock */
export const sum = (stock) =>
  html`<span class="sum-of-stock">${number(received(stock))} = ${LEVELS.map(
    (level, index) => html`${index > 0 ? ' + ' : ''}<span class="level-${level}">${number(stock[level])} ${t(`level.${level}`)}</span>`,
  )}</span>`;

/** The same as a bar. @param {Stock} stock */
export function bar(stock) {
  const whole = Math.max(received(stock), 1);
  const begins = [0, stock.available, stock.available + stock.reserved];
  return html`<svg class="stock-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    ${LEVELS.map((level, index) => svg`<rect class="level-${level}" x=${(100 * begins[index]) / whole} width=${(100 * stock[level]) / whole} height="1" />`)}
  </svg>`;
}
