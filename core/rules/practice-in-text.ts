import { join } from '../document/pointer';
import { documentOf, entryOf, textOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import { labelled } from '../itk3/section-text';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const practiceInText: Rule = {
  id: 'practice-in-text',
  severity: 'warning',
  asks: 'The ODS code of the GP practice is the same in the text as in its Organization.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-CC-03'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const section of document.sections) {
      const labels = section.use?.facts?.['ODS code'];
      const text = labels && textOf(section);
      if (!text) continue;
      const organisation = entryOf(message, document, section);
      const identifiers = organisation ? identifiersOf(organisation, ODS_SYSTEMS) : [];
      const codes = identifiers.flatMap(({ identifier: { value }, pointer }) =>
        typeof value === 'string' && isOdsCode(value) ? [{ code: value, pointer: join(pointer, 'value') }] : [],
      );
      const [first] = codes;
      if (!first) continue;
      for (const { cell } of labelled(text.rows, labels)) {
        const told = codesIn(cell.text.slice(0, 500));
        const whole = cell.text
          .slice(0, 500)
          .toUpperCase()
          .replace(/[^A-Z0-9]/g, '');
        if (told.length === 0 || codes.some(({ code }) => whole.includes(code))) continue;
        say(
          text.pointer,
          `The text says ${told.join(' and ')}, but the ODS code of the Organization is ${first.code}.`,
          {
            within: cell.within,
            related: [{ pointer: first.pointer, message: 'The code of the Organization' }],
          },
        );
      }
    }
  },
};

/** Letters with digits that can be codes of a practice: not the words and numbers around them, nor half a postcode. */
export function codesIn(text: string): string[] {
  const words = text.toUpperCase().match(/[A-Z0-9]+/g) ?? [];
  return words
    .filter((word) => word.length > 4 && isOdsCode(word) && /\d/.test(word) && /[A-Z]/.test(word))
    .slice(0, 3);
}
