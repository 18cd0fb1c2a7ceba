import { html, nothing } from 'lit';
import { moment, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { Refresh } from '../../shared/live.js';
import { wideTable } from '../../shared/view.js';
import { actions } from '../api.js';
import { missingNotice } from '../words.js';

/** @import { Action } from '../api.js' */

const PAGE_SIZE = '50';

/**
 * What staff have done, the newest first.
 * @extends {Listing<{actions: Action[], nextPageToken?: string, missing?: string[]}>}
 */
class ConsoleActions extends Listing {
  constructor() {
    super(['actions'], (query) => actions({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) }));
    new Refresh(this, () => this.refresh());
  }

  render() {
    return html`<h1>${t('actions.title')}</h1>
      ${this.failureNotice(this.reload)} ${missingNotice(this.found?.missing)} ${this.found?.actions.length === 0 ? html`<p class="empty">${t('actions.none')}</p>` : nothing}
      ${this.found?.actions.length
        ? wideTable(
            t('actions.title'),
            { 'field.at': '', 'field.staff': '', 'field.call': '', 'field.service': '', 'field.answer': 'number' },
            this.found.actions.map(
              ({ at, userId, method, path, service, status }) => html`<tr>
                <td>${moment(at)}</td>
                <th scope="row">${userId}</th>
                <td><code>${method} ${path}</code></td>
                <td>${service}</td>
                <td class="number"><span class="badge ${status < 400 ? 'good' : 'bad'}">${status}</span></td>
              </tr>`,
            ),
          )
        : nothing}
      ${this.pages()}`;
  }
}

customElements.define('console-actions', ConsoleActions);
