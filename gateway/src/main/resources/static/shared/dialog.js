import { html, nothing, render } from 'lit';
import { t } from './language.js';

/** @template T @typedef {{value: T, label: string, kind?: 'primary' | 'danger'}} Choice */

/**
 * Asks in a modal dialog.
 * @template T
 * @param {string} title
 * @param {unknown} content
 * @param {Choice<T>[]} choices
 * @param {string} [leave] what the button says that leaves
 * @returns {Promise<T | undefined>} undefined when it was left without a choice
 */
export function ask(title, content, choices, leave = t('action.back')) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.setAttribute('aria-labelledby', 'dialog-title');
    /** @type {T | undefined} */
    let chosen;
    const choose = (/** @type {T | undefined} */ value) => {
      chosen = value;
      dialog.close();
    };
    const leaveIt = () => choose(undefined);
    addEventListener('hashchange', leaveIt);
    dialog.addEventListener('close', () => {
      removeEventListener('hashchange', leaveIt);
      dialog.remove();
      resolve(chosen);
    });
    render(
      html`<h2 id="dialog-title">${title}</h2>
        ${content || nothing}
        <div class="actions">
          ${choices.map(
            (choice) =>
              html`<button class=${choice.kind ?? ''} @click=${() => choose(choice.value)}>${choice.label}</button>`,
          )}
          <button @click=${leaveIt}>${leave}</button>
        </div>`,
      dialog,
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
