// Calls of the gateway that serves the page. The session is an HttpOnly cookie that the browser sends by itself.

/** What the statuses of proxies in between mean, which do not know our codes. @type {Record<number, string>} */
const CODES = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 429: 'RATE_LIMITED', 502: 'UNAVAILABLE', 503: 'UNAVAILABLE', 504: 'UNAVAILABLE' };

const DECISIVE = [
  ...['PRICE_CHANGED', 'INSUFFICIENT_STOCK', 'PRODUCT_NOT_FOUND', 'PRODUCT_INACTIVE'],
  ...['MISSING_IDEMPOTENCY_KEY', 'INVALID_IDEMPOTENCY_KEY', 'IDEMPOTENCY_KEY_REUSED'],
];

/** The gateway's answer was a refusal, RFC 9457. */
export class Problem extends Error {
  /** @param {number} status @param {any} body @param {number} retryAfter seconds; 0 when nothing was said */
  constructor(status, body, retryAfter) {
    super(body.detail ?? `HTTP ${status}`);
    this.status = status;
    /** @type {string} */
    this.code = body.code ?? CODES[status] ?? 'INTERNAL';
    this.body = body;
    /** What of the request is not valid. @type {string[]} */
    this.fields = (body.violations ?? []).map((/** @type {{field: string}} */ violation) => violation.field);
    this.retryAfter = retryAfter;
  }

  /**
   * Whether the platform itself has refused what was sent, for good: nothing was done with it, nor was it before.
   * @param {object} sent by a call with an idempotency key
   */
  decides(sent) {
    const isInvalid = this.code === 'VALIDATION_FAILED' && this.fields.length > 0;
    return DECISIVE.includes(this.code) || (isInvalid && this.fields.every((field) => field.split(/\W/)[0] in sent));
  }

  /** Whether the same call may succeed later. */
  get isTemporary() {
    return [429, 502, 503, 504].includes(this.status);
  }
}

/** There was no answer. The call may have had its effect. */
export class NoAnswer extends Error {}

const PATIENCE_MS = 20_000;
const MARK = 'Orderflow-Consistency';
const MARKS = { most: 10, keptMs: 10_000 };

/**
 * What our writes were answered with; a read that names it sees the write.
 * @type {{mark: string, at: number}[]}
 */
let marks = [];

/** Whom calls are made for: the user whom this tab shows, whatever other tabs have done since. */
let user = '';

/** @param {string} userId empty when nobody is signed in */
export function actAs(userId) {
  user = userId;
}

/**
 * @template T
 * @param {string} method
 * @param {string} path
 * @param {{json?: unknown, csv?: File, headers?: Record<string, string>, patience?: number}} [options]
 *     `json` or `csv` is the body
 * @returns {Promise<T>} the body; null when there is none
 * @throws {Problem | NoAnswer}
 */
export async function call(method, path, options = {}) {
  const headers = new Headers(options.headers);
  headers.set('Accept', 'application/json');
  if (user) {
    headers.set('Orderflow-User', user);
  }
  if (method === 'GET') {
    marks = marks.filter((written) => Date.now() - written.at < MARKS.keptMs);
    if (marks.length > 0) {
      headers.set(MARK, marks.map((written) => written.mark).join(','));
    }
  } else {
    headers.set('X-XSRF-TOKEN', document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/)?.[1] ?? '');
  }
  const body = options.csv ?? JSON.stringify(options.json);
  if (body) {
    headers.set('Content-Type', options.csv ? 'text/csv' : 'application/json');
  }
  const signal = AbortSignal.timeout(options.patience ?? PATIENCE_MS);
  let answer, text;
  try {
    // The browser asks with the ETag of what it has.
    answer = await fetch(path, { method, headers, body, signal, cache: 'no-cache' });
    text = await answer.text();
  } catch (error) {
    throw new NoAnswer(String(error));
  }
  if (!answer.ok) {
    throw new Problem(answer.status, parsed(text) ?? {}, Number(answer.headers.get('Retry-After')) || 0);
  }
  const mark = answer.headers.get(MARK);
  if (mark) {
    marks = [...marks, { mark, at: Date.now() }].slice(-MARKS.most);
  }
  return parsed(text);
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
