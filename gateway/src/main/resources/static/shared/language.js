import { call } from './http.js';
import { read, write } from './storage.js';
import { Watched } from './watched.js';

/**
 * The words that all pages share, and those of the console.
 * @typedef {keyof typeof import('./messages/en.json') | keyof typeof import('../console/messages/en.json')} MessageKey
 */
/** @typedef {'vi' | 'en'} Code */

const STORED = 'orderflow.language';
const RETRY_MS = 3000;
const REGIONS = { vi: 'vi-VN', en: 'en-GB' };

/** The language of the page: the one that was chosen, else the browser's. */
class Language extends Watched {
  /** @type {Code} */
  code = 'vi';
  /** @type {Record<string, string>} */
  #messages = {};
  /** Where the words are. */
  #folders = ['/shared/messages'];

  /** Without words there is no page: it tries until they are there. @param {string[]} more folders of words, of this page only */
  async start(...more) {
    this.#folders.push(...more);
    await this.#begin();
  }

  async #begin() {
    try {
      await this.#load(read(STORED, preferred()));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      await this.#begin();
    }
  }

  /** @param {Code} code */
  async choose(code) {
    write(STORED, code);
    await this.#load(code);
  }

  /** @param {Code} code */
  async #load(code) {
    const found = await Promise.all(this.#folders.map((folder) => call('GET', `${folder}/${code}.json`)));
    this.#messages = Object.assign({}, ...found);
    this.code = code;
    document.documentElement.lang = code;
    this.changed();
  }

  get region() {
    return REGIONS[this.code];
  }

  /** @param {string} key */
  has(key) {
    return key in this.#messages;
  }

  /** @param {MessageKey} key @param {Record<string, string | number>} values */
  text(key, values) {
    return this.#messages[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }
}

export const language = new Language();

/** @returns {Code} */
function preferred() {
  const first = navigator.languages.map((tag) => tag.slice(0, 2)).find((code) => code in REGIONS);
  return first === 'vi' ? 'vi' : 'en';
}

/**
 * A message in the language of the page; `{name}` in it becomes the value of that name.
 * @param {MessageKey} key
 * @param {Record<string, string | number>} [values]
 */
export const t = (key, values = {}) => language.text(key, values);

/**
 * An amount of money. Dong are written as in Vietnam whatever the language: 185.000 ₫.
 * @param {number} amount in major units
 * @param {string} currency ISO 4217
 */
export function money(amount, currency) {
  const region = currency === 'VND' ? REGIONS.vi : language.region;
  return new Intl.NumberFormat(region, { style: 'currency', currency }).format(amount);
}

/** @param {number} count */
export const number = (count) => new Intl.NumberFormat(language.region).format(count);

/** @param {string | number} instant ISO 8601, or milliseconds */
export function moment(instant) {
  const style = /** @type {const} */ ({ dateStyle: 'medium', timeStyle: 'short' });
  return new Intl.DateTimeFormat(language.region, style).format(new Date(instant));
}
