import { html, nothing, render } from 'lit';
import { t } from './language.js';

/**
 * Asks in a modal dialog.
 * @param {string} title
 * @param {unknown} content with fields, if need be: what they require is asked for before it is agreed to
 * @param {string} [agree] what the button says that agrees; without it there is none
 * @param {{kind?: 'primary' | 'danger', leave?: string}} [options] how that button looks, and what the one that leaves says
 * @returns {Promise<boolean>} whether it was agreed to
 */
export function ask(title, content, agree, { kind = 'danger', leave = t('action.back') } = {}) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'dialog-title');
    const leaveIt = () => dialog.close();
    addEventListener('hashchange', leaveIt);
    dialog.addEventListener('close', () => {
      removeEventListener('hashchange', leaveIt);
      dialog.remove();
      resolve(dialog.returnValue === 'agreed');
    });
    render(
      html`<h2 id="dialog-title">${title}</h2>
        <form method="dialog">
          ${content || nothing}
          <div class="actions">
            ${agree ? html`<button class=${kind} value="agreed">${agree}</button>` : nothing}
            <button type="button" @click=${leaveIt}>${leave}</button>
          </div>
        </form>`,
      dialog,
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
