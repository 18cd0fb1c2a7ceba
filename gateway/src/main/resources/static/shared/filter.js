// The fields of a filter, as the page's query has them.
import { html, nothing } from 'lit';
import { t } from './language.js';
import { route } from './route.js';

/** @import { MessageKey } from './language.js' */

/** @param {string} name @param {MessageKey} label @param {'search' | 'date'} [type] @param {number} [longest] */
export const field = (name, label, type = 'search', longest) =>
  html`<div>
    <label for=${name}>${t(label)}</label>
    <input id=${name} name=${name} type=${type} maxlength=${longest ?? nothing} .value=${route.query.get(name) ?? ''} autocomplete="off" />
  </div>`;

/**
 * One of some values, or all.
 * @template {string} T
 * @param {string} name
 * @param {MessageKey} label
 * @param {readonly T[]} values
 * @param {(value: T) => string} [words]
 */
export function choice(name, label, values, words = (value) => value) {
  const chosen = route.query.get(name);
  return html`<div>
    <label for=${name}>${t(label)}</label>
    <select id=${name} name=${name} .value=${chosen ?? ''}>
      <option value="">${t('orders.all')}</option>
      ${values.map((value) => html`<option value=${value} ?selected=${chosen === value}>${words(value)}</option>`)}
    </select>
  </div>`;
}
