import { documentOf, guideOf, inDocument } from '../itk3/document';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The guide counts the entries differently in different places, so this is no error. */
export const documentEntries: Rule = {
  id: 'document-entries',
  severity: 'warning',
  asks: 'A document has one Composition, one Patient and one Encounter, and the resources that its kind needs.',
  source: sourced('GP Connect Emergency Supply 1.3.0, FHIR assets: profiles'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const entries = document?.useCase.entries;
    if (!document?.bundle || !entries) return;
    const { bundle, useCase } = document;
    for (const [type, most] of Object.entries(entries.most)) {
      const [first, ...more] = inDocument(message, document, type).slice(most - 1);
      for (const { pointer } of more)
        say(
          pointer,
          `A document of ${guideOf(useCase)} has ${most === 1 ? 'one' : `at most ${most}`} ${type}, but this is another.`,
          {
            part: 'key',
            related: first ? [{ pointer: first.pointer, message: `The ${type} before it` }] : [],
          },
        );
    }
    if (!document.whole) return;
    for (const [type, least] of Object.entries(entries.least))
      if (inDocument(message, document, type).length < least)
        say(bundle.pointer, `The document has no ${type}: ${guideOf(useCase)} asks for one.`, { part: 'key' });
  },
};
