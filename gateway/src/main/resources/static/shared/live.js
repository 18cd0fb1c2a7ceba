import { View } from './view.js';

const PAUSE_MS = 2500;
const PATIENCE = 3;

/** Looks again and again for as long as a view is shown and its tab is seen; never twice at a time. */
export class Refresh {
  /** @type {() => Promise<unknown>} */
  #look;
  #isConnected = false;
  #isLooking = false;
  #timer = 0;

  /** @param {View} view @param {() => Promise<unknown>} look */
  constructor(view, look) {
    this.#look = look;
    view.addController(this);
  }

  hostConnected() {
    this.#isConnected = true;
    document.addEventListener('visibilitychange', this.#again);
    this.#wait();
  }

  hostDisconnected() {
    this.#isConnected = false;
    document.removeEventListener('visibilitychange', this.#again);
    clearTimeout(this.#timer);
  }

  #wait() {
    clearTimeout(this.#timer);
    if (this.#isConnected && document.visibilityState === 'visible') {
      this.#timer = setTimeout(this.#again, PAUSE_MS);
    }
  }

  #again = async () => {
    if (this.#isConnected && !this.#isLooking && document.visibilityState === 'visible') {
      this.#isLooking = true;
      try {
        await this.#look();
      } finally {
        this.#isLooking = false;
        this.#wait();
      }
    }
  };
}

/**
 * A view of something that is looked at again and again.
 * @template T
 */
export class LiveView extends View {
  /** As it was found last. @type {T | undefined} */
  found;
  /** @type {() => Promise<T>} */
  #find;

  /** @param {() => Promise<T>} find */
  constructor(find) {
    super();
    this.#find = find;
    new Refresh(this, () => this.look());
  }

  async load() {
    await this.doing(() => this.#take());
  }

  updated() {
    this.ariaBusy = String(this.found === undefined && this.failure === undefined);
  }

  /** Looks again, without a word. */
  async look() {
    if (!this.busy) {
      await this.repeating(() => this.#take(), PATIENCE);
    }
  }

  async #take() {
    this.found = await this.#find();
  }

  /** Does something, and shows what comes of it at once. @param {() => Promise<unknown>} work */
  async change(work) {
    await this.acting(async () => {
      await work();
      await this.repeating(() => this.#take(), PATIENCE);
    });
  }
}
