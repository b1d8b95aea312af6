import type { Verdict } from '../../core/preview/preview';
import { html } from '../../mesh/sandbox/html';
import type { PagePart } from './page-html';

/** Instead of a message that cannot be read. */
export function nothingParts(name: string, verdict: Verdict | undefined): PagePart[] {
  const [why] = verdict?.breaks ?? [];
  const says = name === '' ? 'There is no message to show.' : `There is no message to show in ${name}.`;
  const more =
    why ?? (verdict ? 'Open a FHIR message, in JSON or XML.' : 'It cannot be opened as text, or is too long.');
  return [
    {
      key: 'nothing',
      html: html`<div class="nothing">
        <h1>${says}</h1>
        <p>${more}</p>
      </div>`.text,
    },
  ];
}
