import { read, write } from '../../shared/storage.js';

/** @typedef {{name: string, email: string, address: string, paymentMethod: string}} Draft */

const STORED = 'orderflow.draft';
const EMPTY = { name: '', email: '', address: '', paymentMethod: 'pm_card_visa' };

/** What has been filled in at the checkout; it outlives a reload, and not a sign-out. @returns {Draft} */
export const draft = () => ({ ...EMPTY, ...read(STORED, {}) });

/** @param {Partial<Draft>} change */
export const fillIn = (change) => write(STORED, { ...draft(), ...change });

export const forgetDraft = () => write(STORED, undefined);
