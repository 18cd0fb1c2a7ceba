/** Something that views show; it says when it has changed. */
export class Watched {
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {() => void} listener */
  watch(listener) {
    this.#listeners.add(listener);
  }

  /** @param {() => void} listener */
  unwatch(listener) {
    this.#listeners.delete(listener);
  }

  changed() {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}
