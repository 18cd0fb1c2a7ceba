// One intent to order, one idempotency key, one order: whatever is clicked twice, reloaded, cut off or open in a second tab.
import { NoAnswer, Problem } from '../../shared/http.js';
import { session } from '../../shared/session.js';
import { read, write } from '../../shared/storage.js';
import { Watched } from '../../shared/watched.js';
import { placeOrder } from '../../shared/api.js';
import { cart } from '../cart/cart.js';
import { forgetDraft } from './draft.js';

/** @import { Placement } from '../../shared/api.js' */
/**
 * @typedef {{key: string, userId: string, seen: string, placement: Placement}} Intent `seen`: the cart, as it was shown
 * @typedef {{orderId: string, seen: string}} Ordered
 *
 * What becomes of an intent: another tab sends it (`elsewhere`), it is another user's (`otherUser`), its outcome is not
 * known and waiting does not help (`stuck`), nothing was sent because another tab has changed the cart (`cartChanged`).
 * @typedef {{is: 'idle' | 'sending' | 'elsewhere' | 'signedOut' | 'otherUser' | 'cartChanged'}
 *   | {is: 'waiting', code: string, seconds: number} | {is: 'stuck' | 'refused', problem: Problem}
 *   | {is: 'placed', orderId: string}} State
 */

const LOCK = 'orderflow.ordering';
const LONGEST_PAUSE_S = 15;
/** Without locks: how long another tab has to show that it was first. */
const SETTLING_MS = 100;

class Ordering extends Watched {
  /** @type {State} */
  state = { is: 'idle' };
  #isRunning = false;
  /** Ends the pause between two tries. */
  #wake = () => {};

  constructor() {
    super();
    addEventListener('online', () => this.#wake());
  }

  /** Whether the outcome of an intent is still to come. */
  get isOpen() {
    return ['sending', 'elsewhere', 'waiting', 'signedOut', 'stuck'].includes(this.state.is);
  }

  /**
   * Orders what the customer sees. An intent whose outcome is not known yet goes on instead.
   * @param {string} seen the cart as it was shown, {@link fingerprint}
   * @param {Omit<Placement, 'items'>} details
   */
  order(seen, details) {
    return this.#alone(async (userId) => {
      if (!openIntent(userId)) {
        if (fingerprint() !== seen) {
          this.#endedElsewhere(userId, seen);
          return;
        }
        const items = cart.lines.map(({ productId, quantity, price, priceVersion }) => {
          return { productId, quantity, expectedPrice: price, priceVersion };
        });
        write(intentOf(userId), { key: newKey(userId), userId, seen, placement: { items, ...details } });
        if (!navigator.locks) {
          await this.#pause(SETTLING_MS);
        }
      }
      await this.#send(userId, seen);
    });
  }

  /** Goes on with what was begun before a reload, a sign-in or in a tab that is gone. */
  async resume() {
    const intent = openIntent(session.userId);
    if (intent) {
      await this.#alone((userId) => this.#send(userId, intent.seen));
    } else if (this.state.is === 'signedOut' && session.userId) {
      this.#become({ is: 'otherUser' });
    }
  }

  /** The customer has seen how it ended. */
  settle() {
    if (!this.isOpen) {
      this.#become({ is: 'idle' });
    }
  }

  /** The customer does not want to wait for the outcome. The order may exist all the same. */
  abandon() {
    write(intentOf(session.userId), undefined);
    this.#become({ is: 'idle' });
    this.#wake();
  }

  /** The order that is still to be sent goes without contact and language, on which its key does not depend. @param {string} userId */
  forgetContact(userId) {
    const intent = openIntent(userId);
    if (intent) {
      write(intentOf(userId), { ...intent, placement: { ...intent.placement, contact: undefined, locale: undefined } });
    }
  }

  /** One at a time, over all tabs. @param {(userId: string) => Promise<void>} work */
  async #alone(work) {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    const { userId } = session;
    try {
      this.#become({ is: 'sending' });
      if (!navigator.locks) {
        await work(userId);
        return;
      }
      const isDone = await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => lock && work(userId).then(() => true));
      if (!isDone) {
        this.#become({ is: 'elsewhere' });
        await navigator.locks.request(LOCK, () => work(userId));
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** Sends the intent until its outcome is known. @param {string} userId @param {string} seen */
  async #send(userId, seen) {
    for (let tries = 0; ; tries++) {
      const intent = openIntent(userId);
      if (!intent) {
        this.#endedElsewhere(userId, seen);
        return;
      }
      if (session.userId !== userId) {
        this.#become({ is: session.userId ? 'otherUser' : 'signedOut' });
        return;
      }
      this.#become({ is: 'sending' });
      try {
        const order = await placeOrder(intent.key, intent.placement);
        write(lastOf(userId), { orderId: order.orderId, seen });
        cart.take(intent.placement.items);
        write(intentOf(userId), undefined);
        forgetDraft();
        this.#become({ is: 'placed', orderId: order.orderId });
        return;
      } catch (failure) {
        const waiting = await this.#after(failure, intent, tries);
        if (!waiting) {
          return;
        }
        this.#become(waiting);
        await this.#pause(waiting.seconds * 1000);
      }
    }
  }

  /**
   * @param {unknown} failure
   * @param {Intent} intent
   * @param {number} tries
   * @returns {Promise<{seconds: number} & State | undefined>} what to wait for; undefined when waiting does not help
   */
  async #after(failure, intent, tries) {
    const seconds = Math.min(2 ** tries, LONGEST_PAUSE_S);
    if (failure instanceof NoAnswer) {
      return { is: 'waiting', code: navigator.onLine ? 'noAnswer' : 'offline', seconds };
    }
    if (!(failure instanceof Problem)) {
      throw failure;
    }
    if (failure.isTemporary) {
      return { is: 'waiting', code: failure.code, seconds: failure.retryAfter || seconds };
    }
    const hasMoved = await session.hasMoved(failure);
    if (hasMoved || failure.status === 401) {
      this.#become({ is: hasMoved && session.userId ? 'otherUser' : 'signedOut' });
    } else if (failure.decides(intent.placement)) {
      write(intentOf(intent.userId), undefined);
      this.#become({ is: 'refused', problem: failure });
    } else {
      // An earlier try may have had its effect.
      this.#become({ is: 'stuck', problem: failure });
    }
    return undefined;
  }

  /** What this tab shows was refused or given up, was ordered, or is no longer in the cart. @param {string} userId @param {string} seen */
  #endedElsewhere(userId, seen) {
    const last = /** @type {Ordered | null} */ (read(lastOf(userId), null));
    const wasOrdered = last?.seen === seen ? /** @type {State} */ ({ is: 'placed', orderId: last.orderId }) : undefined;
    this.#become(fingerprint() === seen ? { is: 'idle' } : (wasOrdered ?? { is: 'cartChanged' }));
  }

  /** @param {number} ms */
  #pause(ms) {
    return new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
      setTimeout(resolve, ms);
    });
  }

  /** @param {State} state */
  #become(state) {
    this.state = state;
    this.changed();
  }
}

export const ordering = new Ordering();

/** What the cart holds, to be compared. */
export const fingerprint = () => JSON.stringify(cart.lines);

/** Where it is kept. @param {string} userId */
const intentOf = (userId) => `orderflow.intent.${userId}`;

/** @param {string} userId @returns {Intent | null} */
const openIntent = (userId) => read(intentOf(userId), null);

/** Where the last order is kept. @param {string} userId */
const lastOf = (userId) => `orderflow.ordered.${userId}`;

/** @param {string} userId */
export function newKey(userId) {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `${userId}_${time}_${crypto.getRandomValues(new BigUint64Array(1))[0].toString(36)}`;
}
