/** Something that views show; it says when it has changed. */
export class Watched {
  /** @type {Set<() => unknown>} */
  #listeners = new Set();

  /** @param {() => unknown} listener */
  watch(listener) {
    this.#listeners.add(listener);
  }

  /** @param {() => unknown} listener */
  unwatch(listener) {
    this.#listeners.delete(listener);
  }

  changed() {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}
