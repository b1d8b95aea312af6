import { join } from '../document/pointer';
import { documentOf, entryOf, textOf } from '../itk3/document';
import { labelled } from '../itk3/section-text';
import { daysIn, daysOf, readTime } from '../itk3/times';
import { asText, isObject } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The day only: of the hour, text and resource may rightly differ by the zone. */
export const contactInText: Rule = {
  id: 'contact-in-text',
  severity: 'warning',
  asks: 'The day of the contact is the same in the text as in the Encounter.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-CC-03'),
  check({ message, knowledge, now = Infinity }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const section of document.sections) {
      const labels = section.use?.facts?.['contact start'];
      const text = labels && textOf(section);
      if (!text) continue;
      const encounter = entryOf(message, document, section);
      const period = encounter?.type === 'Encounter' ? encounter.resource.period : undefined;
      const start = isObject(period) ? readTime(period.start) : undefined;
      // Of a contact to come another rule speaks.
      const days = start && start.from <= now ? daysOf(start) : [];
      if (!encounter || !isObject(period) || days.length === 0) continue;
      for (const { cell } of labelled(text.rows, labels)) {
        const told = daysIn(cell.text);
        if (told.length === 0 || told.some((day) => days.includes(day))) continue;
        say(text.pointer, `The text says ${told[0]}, but the contact of the Encounter began ${asText(period.start)}.`, {
          within: cell.within,
          related: [{ pointer: join(encounter.pointer, 'period', 'start'), message: 'The start of the Encounter' }],
        });
      }
    }
  },
};
