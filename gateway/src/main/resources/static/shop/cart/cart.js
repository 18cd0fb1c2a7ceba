import { onWrittenElsewhere, read, write } from '../../shared/storage.js';
import { Watched } from '../../shared/watched.js';

/** @import { Product } from '../../shared/api.js' */

/**
 * A product as the customer saw it, price and version included, and how many of it.
 * @typedef {Pick<Product, 'productId' | 'name' | 'description' | 'price' | 'currency' | 'priceVersion'>
 *   & {quantity: number}} Line
 */

const STORED = 'orderflow.cart';

/** What will be ordered; one for all tabs of the browser. */
class Cart extends Watched {
  constructor() {
    super();
    onWrittenElsewhere(STORED, () => this.changed());
  }

  /** @returns {Line[]} */
  get lines() {
    return read(STORED, []);
  }

  set lines(lines) {
    write(STORED, lines.length > 0 ? lines : undefined);
    this.changed();
  }

  get pieces() {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  /** @param {Product} product as it is shown @param {number} quantity */
  add(product, quantity) {
    const { productId, name, description, price, currency, priceVersion } = product;
    const before = this.lines.find((line) => line.productId === productId)?.quantity ?? 0;
    const line = { productId, name, description, price, currency, priceVersion, quantity: before + quantity };
    this.lines = before > 0 ? this.lines.map((old) => (old.productId === productId ? line : old)) : [...this.lines, line];
  }

  /** @param {string} productId @param {Partial<Line>} change a quantity of 0 takes it out */
  change(productId, change) {
    this.lines = this.lines
      .map((line) => (line.productId === productId ? { ...line, ...change } : line))
      .filter((line) => line.quantity > 0);
  }

  /** Takes out what was ordered; more may have come in meanwhile. @param {{productId: string, quantity: number}[]} ordered */
  take(ordered) {
    for (const { productId, quantity } of ordered) {
      const left = (this.lines.find((line) => line.productId === productId)?.quantity ?? 0) - quantity;
      this.change(productId, { quantity: left });
    }
  }
}

export const cart = new Cart();

/** @param {{price: number, quantity: number}[]} lines */
export const total = (lines) => lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
