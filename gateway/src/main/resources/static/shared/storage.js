// What the browser keeps for the page, as JSON. A browser that keeps nothing (private mode, full) gets a
// page that works until it is closed.

/** @type {Map<string, string>} */
const memory = new Map();

/**
 * @template T
 * @param {string} name
 * @param {T} otherwise what to answer when nothing, or nothing readable, is kept
 * @returns {T}
 */
export function read(name, otherwise) {
  try {
    const text = memory.get(name) ?? localStorage.getItem(name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {unknown} value undefined forgets what was kept */
export function write(name, value) {
  memory.delete(name);
  try {
    if (value === undefined) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, JSON.stringify(value));
    }
  } catch {
    if (value !== undefined) {
      memory.set(name, JSON.stringify(value));
    }
  }
}

/**
 * Calls back when another tab has written.
 * @param {string} name
 * @param {() => void} listener
 */
export function onWrittenElsewhere(name, listener) {
  addEventListener('storage', (event) => {
    // Null: everything was forgotten.
    if (event.key === name || event.key === null) {
      listener();
    }
  });
}
