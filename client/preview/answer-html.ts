// An acknowledgement as what it says to a person: the sentence, what it means, and what must be done now.
import type { ResponseSentence, Verdict } from '../../exchange/response-sentence';
import { html, type Html } from '../../mesh/sandbox/html';
import { icon, type Icon } from './icons';

const SIGNS: Readonly<Record<Verdict, Icon>> = {
  accepted: 'pass',
  rejected: 'error',
  unclear: 'question',
  'not delivered': 'warning',
};

/** @param canGo whether what was sent can be shown */
export function answerHtml(said: ResponseSentence, canGo: boolean): Html {
  const { verdict, sentence, meaning, next, source, element, conflict, facts } = said;
  return html`<section class="answer ${verdict.replace(' ', '-')}" aria-label="What this response says">
    <p class="verdict">${icon(SIGNS[verdict])}<span>${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}</span></p>
    <h1>${sentence}</h1>
    <p>${meaning}</p>
    ${
      next !== '' &&
      html`<div class="next">
        <h2>What to do now</h2>
        <p>${next}</p>
        ${source !== undefined && html`<p class="soft small">${source}</p>`}
      </div>`
    }
    ${conflict !== undefined && html`<p class="note">${icon('information')}<span>${conflict}</span></p>`}
    ${
      canGo &&
      html`<p class="deeds">
        <button type="button" class="deed first" data-run="element">
          ${element ? html`Go to <code>${element.expression}</code> in what was sent` : 'Show what was sent'}
        </button>
      </p>`
    }
    ${
      facts.length > 0 &&
      html`<dl class="facts">
        ${facts.map(
          ({ label, value }) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`
    }
  </section>`;
}
