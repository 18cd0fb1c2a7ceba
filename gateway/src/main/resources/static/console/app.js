import { html, nothing } from 'lit';
import { Frame } from '../shared/frame.js';
import { Problem } from '../shared/http.js';
import { language, t } from '../shared/language.js';
import { route } from '../shared/route.js';
import { session } from '../shared/session.js';
import { signInFirst, signInLink } from '../shared/view.js';
import { demo } from './api.js';

/** @import { MessageKey } from '../shared/language.js' */
/** @import { Place } from '../shared/frame.js' */

/** @type {Place[]} */
const PLACES = [
  { path: /^\/overview$/, title: 'overview.title', element: 'console-overview', load: () => import('./overview/page.js') },
  { path: /^\/orders$/, title: 'staffOrders.title', element: 'console-orders', load: () => import('./orders/list.js') },
  { path: /^\/orders\/([^/]+)$/, title: 'journey.title', element: 'console-journey', load: () => import('./orders/journey.js') },
  { path: /^\/events$/, title: 'events.title', element: 'console-events', load: () => import('./events/page.js') },
  { path: /^\/streams$/, title: 'streams.title', element: 'console-streams', load: () => import('./streams/page.js') },
  { path: /^\/letters$/, title: 'letters.title', element: 'console-letters', load: () => import('./letters/page.js') },
  { path: /^\/tasks$/, title: 'tasks.title', element: 'console-tasks', load: () => import('./tasks/page.js') },
  { path: /^\/projections$/, title: 'projections.title', element: 'console-projections', load: () => import('./projections/page.js') },
  { path: /^\/stock$/, title: 'stock.title', element: 'console-stock-list', load: () => import('./stock/list.js') },
  { path: /^\/stock\/([^/]+)$/, title: 'stock.title', element: 'console-stock', load: () => import('./stock/page.js') },
  { path: /^\/actions$/, title: 'actions.title', element: 'console-actions', load: () => import('./actions/page.js') },
  { path: /^\/demo$/, title: 'demo.title', element: 'console-demo', load: () => import('./demo/page.js') },
];

const RETRY_MS = 3000;

/** The links in the frame. @type {[string, MessageKey][]} */
const LINKS = [
  ['/overview', 'nav.overview'],
  ['/orders', 'nav.allOrders'],
  ['/events', 'nav.events'],
  ['/streams', 'nav.streams'],
  ['/letters', 'nav.letters'],
  ['/tasks', 'nav.tasks'],
  ['/projections', 'nav.projections'],
  ['/stock', 'nav.stock'],
  ['/actions', 'nav.actions'],
];

/** The operators' console: what is in its frame. */
class ConsoleApp extends Frame {
  name = 'Orderflow Console';
  account = '/#/me';
  #hasDemo = false;
  #retry = 0;

  constructor() {
    super(PLACES);
    this.follow(session, () => this.load());
  }

  /** Whether the platform may be played with. */
  async load() {
    clearTimeout(this.#retry);
    if (session.isStaff) {
      try {
        this.#hasDemo = (await demo()).enabled;
      } catch (error) {
        if (error instanceof Problem && !error.isTemporary) {
          this.#hasDemo = false;
        } else {
          this.#retry = setTimeout(() => this.load(), RETRY_MS);
        }
      }
      this.requestUpdate();
    }
  }

  links() {
    return session.isStaff ? [...LINKS.map(([path, label]) => this.link(path, label)), this.#hasDemo ? this.link('/demo', 'nav.demo') : nothing] : nothing;
  }

  /** @param {MessageKey} title */
  refusal(title) {
    if (session.isStaff) {
      return nothing;
    }
    return session.userId
      ? html`<h1>${t('refusal.title')}</h1>
          <p>${t('refusal.words', { userId: session.userId })}</p>
          <p class="actions">${signInLink('refusal.signIn')} <a class="button" href="/">${t('nav.shop')}</a></p>`
      : signInFirst(title, 'staff.only');
  }

  footer() {
    return html`<p><a href="/">${t('nav.shop')}</a></p>
      <p><a href="/console/manual">${t('footer.manual')}</a></p>
      <p><a href="/docs">${t('footer.api')}</a></p>`;
  }
}

route.start('/overview');
await language.start('/console/messages');
session.load();
customElements.define('console-app', ConsoleApp);
