import { html, nothing } from 'lit';
import { language, number, t } from './language.js';
import { route } from './route.js';
import { session } from './session.js';
import { View, notice } from './view.js';

/** @import { MessageKey } from './language.js' */
/** @import { Watched } from './watched.js' */
/** @typedef {HTMLElement & {parameter: string}} Page */
/**
 * A place: its path with one parameter at most, its title, the element that shows it, and the module that
 * defines the element, loaded when it is first visited.
 * @typedef {{path: RegExp, title: MessageKey, element: string, load: () => Promise<unknown>}} Place
 */

/** The frame of every page: where one can go, who is signed in, the language, and the page itself. */
export class Frame extends View {
  /** What it is called. */
  name = 'Orderflow';
  /** Where the account is. */
  account = '#/me';
  /** @type {Place[]} */
  #places;
  /** @type {Page | undefined} */
  #page;
  /** @type {MessageKey} */
  #title = 'missing.title';
  #isFirst = true;

  /** @param {Place[]} places @param {Watched[]} watched */
  constructor(places, ...watched) {
    super(route, ...watched);
    this.#places = places;
    this.follow(route, () => this.#go());
    this.follow(language, () => this.#entitle());
    this.#go();
  }

  /** The links to the places. @returns {unknown} */
  links() {
    return nothing;
  }

  /** What every page begins with. @returns {unknown} */
  notices() {
    return nothing;
  }

  /** What is shown to those who may not see the place. @param {MessageKey} _title its title @returns {unknown} nothing, when they may */
  refusal(_title) {
    return nothing;
  }

  /** What every page ends with. @returns {unknown} */
  footer() {
    return html`<p><a href="/docs">${t('footer.api')}</a></p>`;
  }

  async #go() {
    const { path } = route;
    const place = this.#places.find((candidate) => candidate.path.test(path));
    this.#title = place?.title ?? 'missing.title';
    try {
      await place?.load();
    } catch {
      // The module did not arrive: the page says so, and the way back is a reload.
      this.#title = 'error.noAnswer';
    }
    if (path !== route.path) {
      return;
    }
    if (!place || this.#title !== place.title) {
      this.#page = undefined;
    } else if (this.#page?.localName !== place.element || place.path.source.includes('(')) {
      this.#page = /** @type {Page} */ (document.createElement(place.element));
      this.#page.parameter = place.path.exec(path)?.[1] ?? '';
    }
    this.requestUpdate();
    await this.updateComplete;
    this.#entitle();
    // Those who fill in a form, such as a list's filter, go on there.
    if (!this.#isFirst && !document.activeElement?.closest('form')) {
      scrollTo(0, 0);
      this.querySelector('main')?.focus({ preventScroll: true });
    }
    this.#isFirst = false;
  }

  #entitle() {
    document.title = `${t(this.#title)} · ${this.name}`;
  }

  render() {
    const other = language.code === 'vi' ? 'en' : 'vi';
    const refusal = this.refusal(this.#title);
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${t('nav.skip')}</a>
      <header class="top">
        <a class="brand" href="#${route.home}" aria-label="${this.name}, ${t('nav.home')}"
          ><img src="/shared/icon.svg" alt="" width="28" height="28" /><span>${this.name}</span></a
        >
        <nav aria-label=${t('nav.label')}>${this.links()}</nav>
        <div class="account">
          ${session.userId
            ? html`<a href=${this.account} aria-label="${t('nav.me')}: ${session.userId}">${session.userId}</a>
                <button class="quiet" @click=${() => this.doing(() => session.signOut())}>${t('action.signOut')}</button>`
            : session.isKnown
              ? html`<a href=${session.signInAddress}>${t('action.signIn')}</a>`
              : nothing}
          <button class="quiet" lang=${other} @click=${() => this.doing(() => language.choose(other))}>
            ${other === 'vi' ? 'Tiếng Việt' : 'English'}
          </button>
        </div>
      </header>
      ${this.failureNotice()} ${this.notices()}
      <main id="main" tabindex="-1" aria-label=${t(this.#title)}>${refusal === nothing ? (this.#page ?? this.#missing()) : refusal}</main>
      <footer>${this.footer()}</footer>
    `;
  }

  /** @param {string} path @param {MessageKey} label @param {number} [count] */
  link(path, label, count = 0) {
    const isHere = route.path === path;
    return html`<a href="#${path}" aria-current=${isHere ? 'page' : nothing}
      >${t(label)}${count > 0 ? html` <span class="count">${number(count)}</span>` : nothing}</a
    >`;
  }

  #missing() {
    return this.#title === 'missing.title'
      ? html`<h1>${t('missing.title')}</h1>
          <p><a href="#${route.home}">${t('missing.toHome')}</a></p>`
      : notice(t('error.noAnswer'), 'alert', html`<button @click=${() => location.reload()}>${t('action.tryAgain')}</button>`);
  }

  /** A link to #main would be a place of the page. @param {Event} event */
  #skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }
}
