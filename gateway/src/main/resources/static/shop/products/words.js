import { language } from '../../shared/language.js';
import { product } from '../../shared/api.js';

/** @typedef {{name: string, description: string}} Described */

const BETWEEN = ' / ';

/**
 * What the page calls a product. A catalog in two languages has "tiếng Việt / English" in both fields; each
 * customer then reads their own. Any other text is shown as it is.
 * @param {Described} described
 */
export const nameOf = (described) => inLanguage(described, described.name);

/** @param {Described} described */
export const descriptionOf = (described) => inLanguage(described, described.description);

/** @param {Described} described @param {string} text */
function inLanguage({ name, description }, text) {
  const isInBoth = [name, description].every((field) => field.split(BETWEEN).length === 2);
  return isInBoth ? text.split(BETWEEN)[language.code === 'vi' ? 0 : 1] : text;
}

/** @type {Map<string, Promise<Described>>} */
const known = new Map();

/**
 * What an order's product is called now; its id when that cannot be found out.
 * @param {string} productId
 * @returns {Promise<Described>}
 */
export function describe(productId) {
  const forget = () => {
    known.delete(productId);
    return { name: productId, description: '' };
  };
  const described = known.get(productId) ?? product(productId).catch(forget);
  known.set(productId, described);
  return described;
}
