import { html, nothing } from 'lit';
import { number, t } from '../../shared/language.js';
import { View, codeWords, notice, onForm, wideTable } from '../../shared/view.js';
import { importCsv } from '../../shared/api.js';

/** @import { ImportedLine } from '../../shared/api.js' */

/** A CSV file of products or of stock, and what became of each of its lines. */
class StaffImport extends View {
  /** @type {ImportedLine[] | undefined} */
  #lines;

  render() {
    return html`
      <h1>${t('import.title')}</h1>
      <p>${t('import.words')}</p>
      <form class="fields panel" @submit=${onForm(({ what }, form) => this.#import(what, form))}>
        <label for="what">${t('import.what')}</label>
        <select id="what" name="what">
          <option value="products">${t('import.products')}</option>
          <option value="inventory">${t('import.inventory')}</option>
        </select>
        <label for="file">${t('import.file')}</label>
        <input id="file" name="file" type="file" accept=".csv,text/csv" required />
        <button class="primary" ?disabled=${this.busy}>${t('import.start')}</button>
      </form>
      ${this.busy ? notice(t('import.busy')) : nothing} ${this.failureNotice(() => this.querySelector('form')?.requestSubmit())}
      ${this.#lines ? this.#report(this.#lines) : nothing}
    `;
  }

  /** @param {ImportedLine[]} lines */
  #report(lines) {
    const failed = lines.filter((line) => line.result === 'FAILED').length;
    return html`<h2>${t('import.report')}</h2>
      <p role="status">${t('import.summary', { done: number(lines.length - failed), failed: number(failed) })}</p>
      ${wideTable(
        t('import.report'),
        { 'import.line': 'number', 'field.product': '', 'import.result': '' },
        lines.map(
          (line) => html`<tr>
            <td class="number">${number(line.line)}</td>
            <td>${line.productId}</td>
            <td>
              <span class="badge ${line.result === 'FAILED' ? 'bad' : 'good'}">${t(`import.${line.result}`)}</span>
              ${line.code ? codeWords(line.code) : nothing} ${line.detail ? html`<span class="fine" lang="en">${line.detail}</span>` : nothing}
            </td>
          </tr>`,
        ),
      )}`;
  }

  /** @param {string} what @param {HTMLFormElement} form */
  async #import(what, form) {
    const file = /** @type {File} */ (new FormData(form).get('file'));
    this.#lines = undefined;
    await this.doing(async () => {
      this.#lines = (await importCsv(what, file)).lines;
    });
  }
}

customElements.define('staff-import', StaffImport);
