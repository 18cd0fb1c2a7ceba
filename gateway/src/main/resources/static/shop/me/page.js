import { html, nothing } from 'lit';
import { ask } from '../../shared/dialog.js';
import { t } from '../../shared/language.js';
import { session } from '../../shared/session.js';
import { View, fieldWords, notice, signInFirst, wordsOr } from '../../shared/view.js';
import { erasePersonalData, personalData } from '../../shared/api.js';
import { forgetDraft } from '../checkout/draft.js';
import { ordering } from '../checkout/ordering.js';

/** @import { PersonalData } from '../../shared/api.js' */

/** What is stored about the customer, and an end of it. */
class ShopMe extends View {
  /** @type {PersonalData | undefined} */
  #stored;
  #isErased = false;

  render() {
    if (!session.userId) {
      return signInFirst('me.title', 'me.signIn');
    }
    const stored = this.#stored?.userId === session.userId ? this.#stored : undefined;
    return html`
      <h1>${t('me.title')}</h1>
      <p>${t('me.signedInAs')} <strong>${session.userId}</strong></p>
      ${this.failureNotice()} ${this.#isErased ? notice(t('me.erased'), 'done') : nothing}
      <section class="panel" aria-labelledby="stored">
        <h2 id="stored">${t('me.stored')}</h2>
        <p>${t('me.storedWords')}</p>
        <div class="actions">
          <button ?disabled=${this.busy} @click=${this.#show}>${t('me.show')}</button>
          ${stored ? html`<button @click=${this.#save}>${t('me.save')}</button>` : nothing}
        </div>
        ${stored ? html`<div class="stored" role="group" tabindex="0" aria-labelledby="stored">${details(stored)}</div>` : nothing}
      </section>
      <section class="panel" aria-labelledby="erase">
        <h2 id="erase">${t('me.erase')}</h2>
        <p>${t('me.eraseWords')}</p>
        <div class="actions"><button class="danger" ?disabled=${this.busy} @click=${this.#erase}>${t('me.erase')}</button></div>
      </section>
    `;
  }

  async #show() {
    this.#isErased = false;
    await this.doing(async () => {
      this.#stored = await personalData(session.userId);
    });
  }

  #save() {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(this.#stored, null, 2)], { type: 'application/json' }));
    link.download = 'orderflow.json';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async #erase() {
    const { userId } = session;
    if (!(await ask(t('me.eraseAsk'), t('me.eraseWords'), t('me.eraseSure')))) {
      return;
    }
    await this.doing(async () => {
      // First, or else an order that is sent again would bring it back.
      ordering.forgetContact(userId);
      await erasePersonalData(userId);
      forgetDraft();
      this.#stored = undefined;
      this.#isErased = true;
    });
  }
}

/** @param {PersonalData} stored */
function details({ contacts, kept }) {
  return html`<h3>${t('me.contacts')}</h3>
    ${contacts.length === 0 ? html`<p>${t('me.noContacts')}</p>` : nothing}
    ${contacts.map(
      (contact) =>
        html`<dl>${Object.entries(contact).map(([name, value]) => html`<div><dt>${fieldWords(name)}</dt><dd>${value}</dd></div>`)}</dl>`,
    )}
    <h3>${t('me.kept')}</h3>
    <ul>${kept.map(({ what, explanation }) => html`<li>${wordsOr(`kept.${what}`, explanation)}</li>`)}</ul>`;
}

customElements.define('shop-me', ShopMe);
