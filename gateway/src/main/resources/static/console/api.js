// The calls of the platform that only the console makes. Their description is at /v3/api-docs.
import { at } from '../shared/api.js';
import { call } from '../shared/http.js';

/** @import { Status } from '../shared/api.js' */

/**
 * @typedef {'GREEN' | 'AMBER' | 'RED'} Light
 * @typedef {{name: string, of?: string, service: string, instance: string, status: Light, value?: number, unit?: string,
 *   amberFrom?: number, redFrom?: number, runbook?: string}} Check
 * @typedef {{service: string, instance: string, status: 'UP' | 'AWAY', version?: string, startedAt?: string, holds?: string[]}} Instance
 * @typedef {{name: string, of?: string, service?: string, instance?: string, unit: string, stepSeconds: number, from: string,
 *   values: (number | null)[]}} Series
 * @typedef {{at: string, status: Light, checks: Check[], instances: Instance[], series: Series[]}} Overview
 * @typedef {{at: string, service: string, kind: string, name: string, stream?: string, sequence?: number, payload?: unknown,
 *   event?: {id: string, published?: boolean, command?: string}, step?: {traceId: string, spanId: string, durationMicros?: number}}} Entry
 * @typedef {{orderId: string, status?: Status, traceId?: string, entries: Entry[], truncated?: boolean, missing?: string[]}} Timeline
 * @typedef {{traceId: string, name: string, services: string[], startedAt: string, durationMicros: number, spans: number}} Trace
 * @typedef {{spanId: string, parentSpanId?: string, service: string, name: string, startedAt: string, durationMicros: number,
 *   attributes: Record<string, string>}} Span
 * @typedef {{sequence: number, eventId: string, eventType: string, recordedAt: string, payload?: unknown, state?: unknown}} StreamEvent
 * @typedef {{streamId: string, aggregateType: string, events: StreamEvent[], nextPageToken?: string}} StreamPage
 * @typedef {{topic: string, partition: number, offset: number, key?: string, eventType?: string, sequence?: number,
 *   recordedAt: string, payload?: unknown}} Told
 * @typedef {{percent?: number, eventsPerSecond?: number, secondsLeft?: number}} Progress
 * @typedef {{name: string, generation: number, state: 'LIVE' | 'REBUILDING', position: number, lag: number, letters: number, heldUp: number,
 *   rebuild?: Progress & {generation: number, position: number, lag: number},
 *   comparison?: Progress & {state: 'RUNNING' | 'EQUAL' | 'DIFFERENT' | 'CANCELLED', rows?: number, differing?: number, first?: string}}} Projection
 * @typedef {{at: string, by?: string, what: string, detail?: string}} LetterEvent
 * @typedef {{id: string, source: string, orderId?: string, cause: string, kindOfCause: string, holdsUp: boolean, attempts: number, since: string,
 *   state: string, payload?: string, history?: LetterEvent[]}} Letter
 * @typedef {{id: string, kind: string, orderId?: string, attempts: number, due: string, underWay: boolean, since?: string, lastFailure?: string}} Task
 * @typedef {{at: string, userId: string, service: string, method: string, path: string, status: number}} Action
 * @typedef {{enabled: boolean, provider?: string, sale: {running: boolean, orders: number, answered: number, refused: number, endsAt?: string}, stopped: {service: string, instance: string}[]}} Demo
 */

/** @param {string} path @param {Record<string, string>} [selection] */
const search = (path, selection) => `${path}?${new URLSearchParams(selection)}`;

/** @returns {Promise<Overview>} */
export const overview = () => call('GET', '/admin/overview');

/** @param {string} orderId @returns {Promise<Timeline>} */
export const timeline = (orderId) => call('GET', `${at('admin', 'orders', orderId)}/timeline`);

/** @param {string} key an order's id @returns {Promise<{traces: Trace[]}>} the newest first */
export const traces = (key) => call('GET', search('/admin/traces', { key, limit: '10' }));

/** @param {string} traceId @returns {Promise<{spans: Span[]}>} */
export const trace = (traceId) => call('GET', at('admin', 'traces', traceId));

/** @param {string} streamId @param {Record<string, string>} selection @returns {Promise<StreamPage>} */
export const stream = (streamId, selection) => call('GET', search(at('admin', 'streams', streamId), selection));

/** Where the records are told. @param {Record<string, string>} filter */
export const recordsFrom = (filter) => search('/admin/events', filter);

/** @returns {Promise<{projections: Projection[]}>} */
export const projections = () => call('GET', '/admin/projections');

/** @param {string} name @param {'rebuild' | 'comparison'} what */
export const build = (name, what) => call('POST', at('admin', 'projections', name, what));

/** @param {string} name */
export const giveUpBuild = (name) => call('DELETE', at('admin', 'projections', name, 'rebuild'));

/** @param {Record<string, string>} selection @returns {Promise<{deadLetters: Letter[], nextPageToken?: string, missing?: string[]}>} */
export const letters = (selection) => call('GET', search('/admin/dead-letters', selection));

/** With what happened to it. @param {Pick<Letter, 'id'>} letter @returns {Promise<Letter>} */
export const letter = ({ id }) => call('GET', at('admin', 'dead-letters', id));

/** @param {Letter} letter */
export const retry = ({ id }) => call('POST', at('admin', 'dead-letters', id, 'retry'));

/** @param {{source?: string, cause: string}} selection @returns {Promise<{letters: number, missing?: string[]}>} */
export const retryAll = (selection) => call('POST', '/admin/dead-letters/retry', { json: selection });

/** @param {Letter} letter @param {string} reason */
export const discard = ({ id }, reason) => call('DELETE', search(at('admin', 'dead-letters', id), { reason }));

/** @param {Record<string, string>} selection @returns {Promise<{tasks: Task[], nextPageToken?: string}>} */
export const tasks = (selection) => call('GET', search('/admin/tasks', selection));

/** @param {Record<string, string>} selection @returns {Promise<{actions: Action[], nextPageToken?: string, missing?: string[]}>} */
export const actions = (selection) => call('GET', search('/admin/staff-actions', selection));

/** @returns {Promise<Demo>} */
export const demo = () => call('GET', '/admin/demo');

/** @param {string} mode */
export const setProvider = (mode) => call('PUT', '/admin/demo/provider', { json: { mode } });

/** @param {Instance} instance */
export const stopInstance = ({ service, instance }) => call('POST', at('admin', 'demo', 'instances', service, instance, 'stop'));

/** @param {Demo['stopped'][number]} instance */
export const startInstance = ({ service, instance }) => call('POST', at('admin', 'demo', 'instances', service, instance, 'start'));

/** @param {number} ordersPerSecond @param {number} seconds */
export const startSale = (ordersPerSecond, seconds) => call('POST', '/admin/demo/sale', { json: { ordersPerSecond, seconds } });

export const endSale = () => call('DELETE', '/admin/demo/sale');
