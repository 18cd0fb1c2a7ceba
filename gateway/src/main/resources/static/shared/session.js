import { Problem, actAs, call } from './http.js';
import { language } from './language.js';
import { onWrittenElsewhere, read, write } from './storage.js';
import { Watched } from './watched.js';

/** The user who was signed in last; empty after a sign-out. It tells other tabs. */
const LAST_USER = 'orderflow.user';
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const RETRY_MS = 3000;

/** Who is signed in, as this tab knows it. */
class Session extends Watched {
  /** Empty when nobody is. */
  userId = '';
  /** @type {string[]} */
  scopes = [];
  /** False until the first answer. */
  isKnown = false;
  /** Called when a user has signed out, or another one has signed in. */
  onHandover = () => {};
  #expiry = 0;

  constructor() {
    super();
    onWrittenElsewhere(LAST_USER, () => this.load());
  }

  get isStaff() {
    return this.scopes.includes('staff');
  }

  get isCustomer() {
    return this.scopes.includes('customer');
  }

  /**
   * Looks anew who is signed in after a refusal that may come of it.
   * @param {unknown} failure
   * @returns {Promise<boolean>} whether it is another user than this tab believed
   */
  async hasMoved(failure) {
    const before = this.userId;
    if (failure instanceof Problem && [401, 403].includes(failure.status)) {
      await this.load();
    }
    return before !== this.userId;
  }

  /** Asks the gateway; without an answer all stays as it is. */
  async load() {
    let answer;
    try {
      answer = await call('GET', '/session');
    } catch {
      if (!this.isKnown) {
        setTimeout(() => this.load(), RETRY_MS);
      }
      return;
    }
    const userId = answer.signedIn ? answer.userId : '';
    const moved = userId !== this.userId || !this.isKnown;
    this.userId = userId;
    this.scopes = answer.scopes ?? [];
    this.isKnown = true;
    actAs(userId);
    clearTimeout(this.#expiry);
    if (userId) {
      const left = Date.parse(answer.expiresAt) - Date.now() + 1000;
      this.#expiry = setTimeout(() => this.load(), Math.min(Math.max(left, 5000) || LONGEST_TIMER_MS, LONGEST_TIMER_MS));
      this.#handOver(userId);
    }
    if (moved) {
      this.changed();
    }
  }

  /** Where signing in begins; it ends at the page that is shown now. */
  get signInAddress() {
    return `/sign-in?${new URLSearchParams({ returnTo: location.pathname + location.hash, ui_locales: language.code })}`;
  }

  async signOut() {
    const { continueAt } = await call('POST', '/sign-out');
    this.#handOver('');
    location.assign(continueAt);
  }

  /** @param {string} userId */
  #handOver(userId) {
    const last = read(LAST_USER, '');
    if (last !== userId) {
      write(LAST_USER, userId);
      if (last) {
        this.onHandover();
      }
    }
  }
}

export const session = new Session();
