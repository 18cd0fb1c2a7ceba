import { Watched } from './watched.js';

/** Where the page is: `#/orders/ORD-1?status=PENDING`. The server knows nothing of it. */
class Route extends Watched {
  path = '';
  query = new URLSearchParams();
  /** The path of the address without one. */
  home = '/';

  /** @param {string} home */
  start(home) {
    this.home = home;
    addEventListener('hashchange', () => this.#read());
    this.#read();
  }

  #read() {
    const [path, query] = location.hash.slice(1).split('?', 2);
    this.path = path || this.home;
    this.query = new URLSearchParams(query);
    this.changed();
  }
}

export const route = new Route();

/**
 * The address of a place in the page.
 * @param {string[]} parts of the path
 * @param {Record<string, string | undefined>} [query] without what is empty
 */
export function to(parts, query = {}) {
  const path = '#/' + parts.map(encodeURIComponent).join('/');
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
