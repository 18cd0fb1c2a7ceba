// The calls of the platform that the shop makes. Their description is at /v3/api-docs.
import { call } from '../shared/http.js';

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
 * @typedef {{line: number, productId?: string,
 *   result: 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'RECEIVED' | 'FAILED', code?: string, detail?: string}} ImportedLine
 */

/**
 * @param {Record<string, string>} selection
 * @returns {Promise<{products: Product[], nextPageToken?: string}>}
 */
export async function products(selection) {
  return (await call('GET', `/products?${new URLSearchParams(selection)}`)).body;
}

/** @param {string} productId @returns {Promise<Product>} */
export async function product(productId) {
  return (await call('GET', `/products/${encodeURIComponent(productId)}`)).body;
}

/** @param {string} key the idempotency key @param {Placement} placement @returns {Promise<Order>} */
export async function placeOrder(key, placement) {
  return (await call('POST', '/orders', { json: placement, headers: { 'Idempotency-Key': key } })).body;
}

/**
 * @param {Record<string, string>} selection
 * @returns {Promise<{orders: Order[], nextPageToken?: string}>}
 */
export async function orders(selection) {
  return (await call('GET', `/orders?${new URLSearchParams(selection)}`)).body;
}

/** @param {string} orderId @returns {Promise<Order>} */
export async function order(orderId) {
  return (await call('GET', `/orders/${encodeURIComponent(orderId)}`)).body;
}

/** @param {string} orderId @returns {Promise<Order>} */
export async function cancelOrder(orderId) {
  return (await call('POST', `/orders/${encodeURIComponent(orderId)}/cancel`)).body;
}

/** @param {string} userId @returns {Promise<unknown>} */
export async function personalData(userId) {
  return (await call('GET', personalDataOf(userId))).body;
}

/** @param {string} userId */
export async function erasePersonalData(userId) {
  await call('DELETE', personalDataOf(userId));
}

/** @param {string} userId */
function personalDataOf(userId) {
  return `/customers/${encodeURIComponent(userId)}/personal-data`;
}

/**
 * @param {{productId?: string, name: string, description: string, price: number, currency: string}} request
 * @returns {Promise<Product>}
 */
export async function createProduct(request) {
  return (await call('POST', '/products', { json: request })).body;
}

/**
 * @param {string} productId
 * @param {number} price
 * @param {number} priceVersion that the price has to have still
 */
export async function changePrice(productId, price, priceVersion) {
  const headers = { 'If-Match': `"${priceVersion}"` };
  await call('PUT', `/products/${encodeURIComponent(productId)}/price`, { json: { price }, headers });
}

/** @param {string} productId @param {boolean} active */
export async function setActive(productId, active) {
  await call('POST', `/products/${encodeURIComponent(productId)}/${active ? 'activate' : 'deactivate'}`);
}

/** @param {string} productId @returns {Promise<Stock>} */
export async function stock(productId) {
  return (await call('GET', `/inventory/${encodeURIComponent(productId)}`)).body;
}

/** @param {string} productId @param {number} quantity @param {string} key @returns {Promise<Stock>} */
export async function receiveStock(productId, quantity, key) {
  const headers = { 'Idempotency-Key': key };
  return (await call('POST', `/inventory/${encodeURIComponent(productId)}/receipts`, { json: { quantity }, headers })).body;
}

/**
 * @param {'products' | 'inventory'} what
 * @param {string} csv
 * @returns {Promise<{lines: ImportedLine[]}>} what became of each line
 */
export async function importCsv(what, csv) {
  return (await call('POST', `/${what}/import`, { text: csv, patience: 120_000 })).body;
}
