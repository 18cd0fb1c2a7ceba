import { html, nothing } from 'lit';
import { moment, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { Refresh } from '../../shared/live.js';
import { route } from '../../shared/route.js';
import { stream } from '../api.js';
import { clock, json } from '../words.js';

/** @import { StreamPage } from '../api.js' */

const PAGE_SIZE = '50';

/**
 * The events of any aggregate, each with its state after it.
 * @extends {Listing<Partial<StreamPage>>}
 */
class ConsoleStreams extends Listing {
  constructor() {
    super(['streams'], async (query) => {
      const { streamId, ...selection } = Object.fromEntries(query);
      return streamId ? stream(streamId, { pageSize: PAGE_SIZE, ...selection }) : {};
    });
    new Refresh(this, () => this.refresh());
  }

  render() {
    return html`<h1>${t('streams.title')}</h1>
      <form class="search" role="search" @submit=${this.select}>
        <label for="streamId">${t('field.streamId')}</label>
        <input id="streamId" name="streamId" type="search" required .value=${route.query.get('streamId') ?? ''} autocomplete="off" aria-describedby="streamHint" />
        <button class="primary">${t('action.search')}</button>
      </form>
      <p class="fine" id="streamHint">${t('streams.hint')}</p>
      ${this.failureNotice(this.reload)} ${this.found?.events ? this.#steps(this.found.events) : nothing} ${this.pages()}`;
  }

  /** @param {StreamPage['events']} events */
  #steps(events) {
    return html`<ol class="steps-of-stream">
      ${events.map(
        (event) => html`<li class="panel">
          <h2>#${event.sequence} ${event.eventType.split('.').pop()} <span class="fine">${moment(event.recordedAt)} · ${clock(event.recordedAt)}</span></h2>
          <div class="panels">
            <div><h3>${t('streams.event')}</h3>${json(event.payload ?? t('streams.unreadable'))}</div>
            ${event.state === undefined ? nothing : html`<div><h3>${t('streams.state')}</h3>${json(event.state)}</div>`}
          </div>
        </li>`,
      )}
    </ol>`;
  }
}

customElements.define('console-streams', ConsoleStreams);
