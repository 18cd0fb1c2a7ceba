import { html, nothing } from 'lit';
import { until } from 'lit-html/directives/until.js';
import { ask } from '../../shared/dialog.js';
import { money, moment, number, t } from '../../shared/language.js';
import { Refresh } from '../../shared/live.js';
import { statusBadge } from '../../shared/orders.js';
import { to } from '../../shared/route.js';
import { session } from '../../shared/session.js';
import { View, mayPass, notice, signInLink, tableHead } from '../../shared/view.js';
import { cancelOrder, order } from '../../shared/api.js';
import { describe, nameOf } from '../products/words.js';

/** @import { Order } from '../../shared/api.js' */

/** One order, followed until it is final. */
class ShopOrder extends View {
  /** @type {Order | undefined} */
  #order;
  /** @type {EventSource | undefined} */
  #events;
  #shownTo = '';

  constructor() {
    super();
    this.follow(session, () => {
      // Also when another user has signed in: what is shown is not theirs.
      if (session.userId !== this.#shownTo) {
        this.#order = undefined;
        this.load();
      }
    });
    new Refresh(this, async () => {
      if (this.#isToCome) {
        await this.load();
      }
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  async load() {
    this.#stop();
    const { userId } = session;
    this.#shownTo = userId;
    if (!userId) {
      return;
    }
    const look = async () => {
      const found = await order(this.parameter);
      if (this.isConnected && userId === session.userId) {
        this.#show(found);
      }
    };
    await (this.#order || mayPass(this.failure) ? this.repeating(look) : this.doing(look));
  }

  /** Whether there is more to see, and nothing tells of it: one that was just placed may not be seen yet while the platform is busy. */
  get #isToCome() {
    return this.failure ? mayPass(this.failure) : this.#order?.status === 'PENDING' && !this.#events;
  }

  #stop() {
    this.#events?.close();
    this.#events = undefined;
  }

  get #isLive() {
    return this.#events?.readyState === EventSource.OPEN;
  }

  /** @param {Order} now */
  #show(now) {
    this.#order = now;
    if (now.status !== 'PENDING') {
      this.#stop();
    } else if (!this.#events) {
      this.#follow();
    }
    this.requestUpdate();
  }

  #follow() {
    const events = new EventSource(`/orders/${encodeURIComponent(this.parameter)}/events`);
    this.#events = events;
    events.addEventListener('open', () => this.requestUpdate());
    events.addEventListener('order', (event) => this.#show(JSON.parse(event.data)));
    events.addEventListener('error', () => {
      this.requestUpdate();
      // The browser connects again by itself, unless it was refused: then the order says why.
      if (events.readyState === EventSource.CLOSED && this.#events === events) {
        this.#stop();
      }
    });
  }

  render() {
    return html`
      <p class="way">${session.isStaff ? html`<a href="#/staff/orders">${t('staffOrders.title')}</a>` : html`<a href="#/orders">${t('order.back')}</a>`}</p>
      <h1>${t('order.heading', { orderId: this.parameter })}</h1>
      ${session.isKnown && !session.userId
        ? notice(t('orders.signIn'), 'alert', signInLink())
        : this.failureNotice(() => this.load())}
      ${this.#order ? this.#details(this.#order) : nothing}
    `;
  }

  /** @param {Order} shown */
  #details(shown) {
    const isPending = shown.status === 'PENDING';
    const outcome = shown.status === 'CONFIRMED' ? 'done' : 'undone';
    return html`
      ${shown.userId === session.userId ? nothing : html`<p>${t('field.userId')}: <strong>${shown.userId}</strong></p>`}
      <div class="state" role="status">
        <p>${statusBadge(shown.status)} <strong>${t(`order.${shown.status}`)}</strong></p>
        ${shown.cancelReason ? html`<p>${t(`reason.${shown.cancelReason}`)}</p>` : nothing}
        ${isPending ? html`<p class="fine live ${this.#isLive ? 'on' : ''}">${t(this.#isLive ? 'order.live' : 'order.connecting')}</p>` : nothing}
      </div>
      <ol class="steps" aria-label=${t('order.steps')}>
        <li class="done">${t('order.step.placed')}<span class="fine">${moment(shown.createdAt)}</span></li>
        <li class=${isPending ? 'now' : outcome} aria-current=${isPending ? 'step' : nothing}>${t('order.step.payment')}</li>
        <li class=${isPending ? '' : outcome}>${t(shown.status === 'CANCELLED' ? 'status.CANCELLED' : 'status.CONFIRMED')}</li>
      </ol>
      <table>
        <caption>${t('order.items')}</caption>
        ${tableHead({ 'field.product': '', 'field.quantity': 'number', 'field.price': 'number' })}
        <tbody>
          ${shown.items.map(
            (item) => html`<tr>
              <th scope="row"><a href=${to(['products', item.productId])}>${until(describe(item.productId).then(nameOf), item.productId)}</a></th>
              <td class="number">${number(item.quantity)}</td>
              <td class="number">${money(item.price, shown.currency)}</td>
            </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="2">${t('cart.total')}</th>
            <td class="number"><strong>${money(shown.totalAmount, shown.currency)}</strong></td>
          </tr>
        </tfoot>
      </table>
      ${isPending && shown.userId === session.userId
        ? html`<div class="actions"><button class="danger" ?disabled=${this.busy} @click=${this.#cancel}>${t('order.cancel')}</button></div>`
        : nothing}
    `;
  }

  async #cancel() {
    if (await ask(t('order.cancelAsk'), t('order.cancelWords'), t('order.cancel'))) {
      await this.acting(async () => this.#show(await cancelOrder(this.parameter)));
    }
  }
}

customElements.define('shop-order', ShopOrder);
