import { join } from '../document/pointer';
import { documentOf, entryOf } from '../itk3/document';
import { list } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';
import { article } from '../validate/wording';

/** What profiles say of the sections that are slices, for those that only the guide knows. */
export const sectionEntry: Rule = {
  id: 'section-entry',
  severity: 'warning',
  asks: 'A section that the guide describes but the profile does not has the text and the one entry that the guide asks for.',
  source: sourced('GP Connect Emergency Supply 1.3.0, sections'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const section of document.sections) {
      const { resource, pointer, use, form } = section;
      if (!use || form !== use || use.slice !== null) continue;
      const entries = list(resource.entry);
      const source = sourced(use.source);
      if (use.entry !== null && entries.length === 0 && resource.text !== undefined)
        say(pointer, `${use.title} has no entry: it leads to the ${use.entry}.`, { part: 'key', source });
      if (use.entry !== null && entries.length > 1)
        say(join(pointer, 'entry', 1), `${use.title} has one entry, the ${use.entry}.`, { source });
      const target = entryOf(message, document, section);
      if (use.entry !== null && target && target.type !== use.entry && knowledge.registry.isResource(target.type))
        say(
          join(pointer, 'entry', 0, 'reference'),
          `${use.title} leads to the ${use.entry}, not to ${article(target.type)}.`,
          {
            source,
            related: [{ pointer: target.pointer, message: `The ${target.type}` }],
          },
        );
      if (entries.length > 0 && resource.text === undefined)
        say(pointer, `${use.title} has no text: what its entry says must also be said as text.`, {
          part: 'key',
          source,
        });
      else if (use.textOnly && entries.length > 0) {
        const text = `${use.title} is said in text only: the guide expects no resource here.`;
        say(join(pointer, 'entry'), text, { part: 'key', severity: 'information', source });
      }
    }
  },
};
