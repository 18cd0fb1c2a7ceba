import { html, nothing } from 'lit';
import { moment, number, t } from '../../shared/language.js';
import { Listing } from '../../shared/listing.js';
import { Refresh } from '../../shared/live.js';
import { wideTable } from '../../shared/view.js';
import { tasks } from '../api.js';
import { dated, orderLink } from '../words.js';

/** @import { Task } from '../api.js' */

const PAGE_SIZE = '50';

/**
 * What the saga and the workers still have to do, and repeat until it is done.
 * @extends {Listing<{tasks: Task[], nextPageToken?: string}>}
 */
class ConsoleTasks extends Listing {
  constructor() {
    super(['tasks'], (query) => tasks({ pageSize: PAGE_SIZE, ...Object.fromEntries(query) }));
    new Refresh(this, () => this.refresh());
  }

  render() {
    return html`<h1>${t('tasks.title')}</h1>
      <p>${t('tasks.words')}</p>
      ${this.failureNotice(this.reload)} ${this.found?.tasks.length === 0 ? html`<p class="empty">${t('tasks.none')}</p>` : nothing}
      ${this.found?.tasks.length
        ? wideTable(
            t('tasks.title'),
            { 'field.kind': '', 'field.orderId': '', 'field.attempts': 'number', 'field.since': '', 'field.due': '', 'field.lastFailure': '' },
            this.found.tasks.map(
              (task) => html`<tr>
                <th scope="row">${task.kind}</th>
                <td>${orderLink(task.orderId)}</td>
                <td class="number">${number(task.attempts)}</td>
                <td>${task.since ? moment(task.since) : nothing}</td>
                <td>${task.underWay ? t('task.underWay') : dated(task.due)}</td>
                <td>${task.lastFailure ? moment(task.lastFailure) : nothing}</td>
              </tr>`,
            ),
          )
        : nothing}
      ${this.pages()}`;
  }
}

customElements.define('console-tasks', ConsoleTasks);
