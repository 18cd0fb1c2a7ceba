import { read, write } from '../../shared/storage.js';

/** @typedef {{name: string, email: string, address: string, paymentMethod: string}} Draft */

const STORED = 'orderflow.draft';
const EMPTY = { name: '', email: '', address: '', paymentMethod: 'pm_card_visa' };

/** What has been filled in at the checkout; it outlives a reload, and not a sign-out. @returns {Draft} */
export function draft() {
  return { ...EMPTY, ...read(STORED, {}) };
}

/** @param {Partial<Draft>} change */
export function fillIn(change) {
  write(STORED, { ...draft(), ...change });
}

export function forgetDraft() {
  write(STORED, undefined);
}
