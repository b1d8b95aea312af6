import { join } from '../document/pointer';
import { documentOf, type Section } from '../itk3/document';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Of the sections that are slices the profile says it itself. */
export const sectionRepeated: Rule = {
  id: 'section-repeated',
  severity: 'warning',
  asks: 'No section stands twice in a document.',
  source: sourced('GP Connect Emergency Supply 1.3.0, sections: each 0..1 or 1..1'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    const seen = new Map<unknown, Section>();
    for (const section of document.sections) {
      const { form, codingAt } = section;
      if (!form || form.slice !== null) continue;
      const first = seen.get(form);
      seen.set(form, first ?? section);
      if (first)
        say(join(codingAt, 'code'), `${form.title} is already there: write it as one section.`, {
          source: sourced(form.source),
          related: [{ pointer: join(first.codingAt, 'code'), message: 'The first of them' }],
        });
    }
  },
};
