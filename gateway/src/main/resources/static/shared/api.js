// The calls of the platform that its pages make. Their description is at /v3/api-docs.
import { call } from './http.js';

/**
 * @typedef {{productId: string, name: string, description: string, price: number, currency: string,
 *   priceVersion: number, active: boolean, available: number}} Product
 * @typedef {{productId: string, quantity: number, price: number}} Item
 * @typedef {'PENDING' | 'CONFIRMED' | 'CANCELLED'} Status
 * @typedef {'CUSTOMER_REQUEST' | 'PAYMENT_FAILED' | 'PAYMENT_TIMEOUT'} CancelReason
 * @typedef {{orderId: string, userId: string, status: Status, items: Item[], totalAmount: number, currency: string,
 *   version: string, createdAt: string, cancelReason?: CancelReason}} Order
 * @typedef {{items: {productId: string, quantity: number, expectedPrice: number, priceVersion: number}[],
 *   paymentMethod?: string, contact: {name?: string, email?: string, address?: string}, locale: string}} Placement
 * @typedef {{productId: string, available: number, reserved: number, sold: number}} Stock
 * @typedef {{userId: string, contacts: Record<string, string>[], kept: {what: string, explanation: string}[]}} PersonalData
 * @typedef {{line: number, productId?: string,
 *   result: 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'RECEIVED' | 'FAILED', code?: string, detail?: string}} ImportedLine
 */

/** @param {string[]} parts of a path */
export function at(...parts) {
  return parts.map((part) => '/' + encodeURIComponent(part)).join('');
}

/** @param {Record<string, string>} selection @returns {Promise<{products: Product[], nextPageToken?: string}>} */
export const products = (selection) => call('GET', `/products?${new URLSearchParams(selection)}`);

/** @param {string} productId @returns {Promise<Product>} */
export const product = (productId) => call('GET', at('products', productId));

/** @param {string} key the idempotency key @param {Placement} placement @returns {Promise<Order>} */
export const placeOrder = (key, placement) => call('POST', '/orders', { json: placement, headers: { 'Idempotency-Key': key } });

/** @param {Record<string, string>} selection @returns {Promise<{orders: Order[], nextPageToken?: string}>} */
export const orders = (selection) => call('GET', `/orders?${new URLSearchParams(selection)}`);

/** Of all customers, for staff. @param {Record<string, string>} selection @returns {Promise<{orders: Order[], nextPageToken?: string}>} */
export const allOrders = (selection) => call('GET', `/admin/orders?${new URLSearchParams(selection)}`);

/** Where the same selection is a file, in one piece. @param {Record<string, string>} selection */
export const ordersFile = (selection) => `/admin/orders.csv?${new URLSearchParams(selection)}`;

/** @param {string} orderId @returns {Promise<Order>} */
export const order = (orderId) => call('GET', at('orders', orderId));

/** @param {string} orderId @returns {Promise<Order>} */
export const cancelOrder = (orderId) => call('POST', at('orders', orderId, 'cancel'));

/** @param {string} userId @returns {Promise<PersonalData>} */
export const personalData = (userId) => call('GET', at('customers', userId, 'personal-data'));

/** @param {string} userId */
export const erasePersonalData = (userId) => call('DELETE', at('customers', userId, 'personal-data'));

/** @param {{productId?: string, name: string, description: string, price: number, currency: string}} request @returns {Promise<Product>} */
export const createProduct = (request) => call('POST', '/products', { json: request });

/** @param {string} productId @param {number} price @param {number} priceVersion that the price has to have still */
export function changePrice(productId, price, priceVersion) {
  const headers = { 'If-Match': `"${priceVersion}"` };
  return call('PUT', at('products', productId, 'price'), { json: { price }, headers });
}

/** @param {string} productId @param {boolean} active */
export const setActive = (productId, active) => call('POST', at('products', productId, active ? 'activate' : 'deactivate'));

/** @param {string} productId @returns {Promise<Stock>} */
export const stock = (productId) => call('GET', at('inventory', productId));

/** @param {string} productId @param {number} quantity @param {string} key @returns {Promise<Stock>} */
export function receiveStock(productId, quantity, key) {
  const headers = { 'Idempotency-Key': key };
  return call('POST', at('inventory', productId, 'receipts'), { json: { quantity }, headers });
}

/**
 * @param {string} what `products` or `inventory`
 * @param {File} csv as it is: the platform says what is wrong with its bytes
 * @returns {Promise<{lines: ImportedLine[]}>} what became of each line
 */
export const importCsv = (what, csv) => call('POST', `/${what}/import`, { csv, patience: 120_000 });
