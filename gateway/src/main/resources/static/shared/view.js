import { LitElement, html, nothing } from 'lit';
import { NoAnswer, Problem } from './http.js';
import { language, t } from './language.js';
import { session } from './session.js';

/** @import { MessageKey } from './language.js' */
/** @import { Watched } from './watched.js' */

/**
 * A part of a page: rendered anew when what it watches changes. It has no shadow root, so that one style sheet
 * and all labels reach everywhere.
 */
export class View extends LitElement {
  /** What varies in the page's path. */
  parameter = '';
  /** What failed last of what is shown. @type {Problem | NoAnswer | undefined} */
  failure;
  /** How the user's last action failed. It stays until the next one, or until all is loaded again. @type {Problem | NoAnswer | undefined} */
  actionFailure;
  busy = false;
  /** @type {[Watched, () => unknown][]} */
  #followed = [];
  #missed = 0;

  /** @param {Watched[]} watched beside the language and the session */
  constructor(...watched) {
    super();
    [language, session, ...watched].forEach((each) => this.follow(each, () => this.requestUpdate()));
  }

  /** Calls back on changes for as long as this is shown. @param {Watched} watched @param {() => unknown} listener */
  follow(watched, listener) {
    this.#followed.push([watched, listener]);
  }

  /** Gets what is to be shown. */
  async load() {}

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#followed.forEach(([watched, listener]) => watched.watch(listener));
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#followed.forEach(([watched, listener]) => watched.unwatch(listener));
  }

  /**
   * Does something that may fail, and shows how it went.
   * @param {() => Promise<unknown>} work also takes down what it has found
   */
  async doing(work) {
    this.failure = undefined;
    await this.#busily(work, 'failure');
  }

  /**
   * Does what the user asks for. What is looked at again and again does not take the failure away.
   * @param {() => Promise<unknown>} work
   */
  async acting(work) {
    await this.#busily(work, 'actionFailure');
  }

  /** @param {() => Promise<unknown>} work @param {'failure' | 'actionFailure'} kind */
  async #busily(work, kind) {
    this.busy = true;
    this.actionFailure = undefined;
    this.requestUpdate();
    try {
      await work();
    } catch (error) {
      await this.failed(error, kind);
    } finally {
      this.busy = false;
      this.requestUpdate();
    }
  }

  /**
   * Does what is done again and again; a failure that may pass by itself is not shown, unless it stays.
   * @param {() => Promise<unknown>} work
   * @param {number} [patience] as many such failures in a row are one that stays
   */
  async repeating(work, patience = Infinity) {
    try {
      await work();
      this.failure = undefined;
      this.#missed = 0;
    } catch (error) {
      this.#missed += 1;
      if (!mayPass(error) || this.#missed >= patience) {
        await this.failed(error);
      }
    }
    this.requestUpdate();
  }

  /** @param {unknown} error @param {'failure' | 'actionFailure'} [kind] */
  async failed(error, kind = 'failure') {
    if (!(error instanceof Problem || error instanceof NoAnswer)) {
      throw error;
    }
    this[kind] = error;
    if ((await session.hasMoved(error)) && session.userId && error instanceof Problem) {
      error.code = 'SESSION_CHANGED';
    }
    this.requestUpdate();
  }

  /** What failed, and what can be done about it. @param {() => void} [again] */
  failureNotice(again) {
    const button = again && html`<button @click=${again}>${t('action.tryAgain')}</button>`;
    return [failureNotice(this.actionFailure), failureNotice(this.failure, button)];
  }
}

/** Whether it may pass by itself. @param {unknown} failure */
export const mayPass = (failure) => failure instanceof NoAnswer || (failure instanceof Problem && failure.isTemporary);

/** @param {Problem | NoAnswer | undefined} failure @param {unknown} [action] what can be done about it */
function failureNotice(failure, action) {
  if (!failure) {
    return nothing;
  }
  const isSignIn = failure instanceof Problem && failure.status === 401;
  return notice(wordsFor(failure), 'alert', isSignIn ? signInLink() : action);
}

/** @param {string} words @param {'status' | 'alert' | 'done'} [kind] @param {unknown} [action] what can be done about it */
export function notice(words, kind = 'status', action = nothing) {
  const look = { status: '', alert: 'bad', done: 'good' }[kind];
  return html`<div class="notice ${look}" role=${kind === 'alert' ? 'alert' : 'status'}><p>${words}</p>${action ?? nothing}</div>`;
}

/** What those see who have to sign in, perhaps as another user. @param {MessageKey} title @param {MessageKey} words */
export function signInFirst(title, words) {
  return html`<h1>${t(title)}</h1>
    ${session.isKnown ? html`<p>${t(words)}</p><p>${signInLink()}</p>` : nothing}`;
}

/** @param {MessageKey} [label] */
export function signInLink(label = 'action.signIn') {
  return html`<a class="button primary" href=${session.signInAddress}>${t(label)}</a>`;
}

/** The head of a table: what its columns are called. @param {Partial<Record<MessageKey, '' | 'number'>>} columns */
export function tableHead(columns) {
  const cells = Object.entries(columns).map(([key, look]) => html`<th scope="col" class=${look}>${t(/** @type {MessageKey} */ (key))}</th>`);
  return html`<thead><tr>${cells}</tr></thead>`;
}

/**
 * A table that may be wider than its place, and is then moved by keyboard as well.
 * @param {string} label
 * @param {Parameters<typeof tableHead>[0]} columns
 * @param {unknown} rows
 */
export const wideTable = (label, columns, rows) =>
  html`<div class="wide" role="region" tabindex="0" aria-label=${label}>
    <table>
      ${tableHead(columns)}
      <tbody>${rows}</tbody>
    </table>
  </div>`;

/**
 * Listens to a form that is sent, or changed, and stays on the page.
 * @param {(fields: Record<string, string>, form: HTMLFormElement) => unknown} work gets what the form holds, by the fields' names
 */
export function onForm(work) {
  return (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    work(Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()])), form);
  };
}

/** A failure in plain words. @param {Problem | NoAnswer} failure */
export function wordsFor(failure) {
  if (failure instanceof NoAnswer) {
    return t(navigator.onLine ? 'error.noAnswer' : 'error.offline');
  }
  const words = codeWords(failure.code);
  const fields = [...new Set(failure.fields.map(fieldWords))].join(', ');
  return fields ? `${words} ${t('error.fields', { fields })}` : words;
}

/** @param {string} code */
export function codeWords(code) {
  return wordsOr(`error.${code}`, t('error.INTERNAL'));
}

/** `items[0].quantity` and `quantity` are both the quantity. @param {string} field */
export function fieldWords(field) {
  return wordsOr(`field.${field.split('.').pop()?.replace(/\[.*/, '')}`, field);
}

/** The words for what the platform says, which may say more than this page knows. @param {string} key @param {string} otherwise */
export function wordsOr(key, otherwise) {
  return language.has(key) ? t(/** @type {MessageKey} */ (key)) : otherwise;
}

const announcer = document.getElementById('announcer');

/** Says something to those who listen to the page. @param {string} text */
export function announce(text) {
  if (announcer) {
    announcer.textContent = '';
    // A moment apart, so that the same words are said again.
    setTimeout(() => (announcer.textContent = text), 50);
  }
}
