import { documentOf } from '../itk3/document';
import { namedItems } from '../itk3/named-items';
import { article, shortened } from '../validate/wording';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Compared by letters and digits, with or without the supplier in brackets. */
export const namedInText: Rule = {
  id: 'named-in-text',
  severity: 'warning',
  asks: 'The text of a section names the medicines and allergies that its resources name, and no others.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-CC-03'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const { use, pointer, items, unnamed, strange } of namedItems(message, document)) {
      // One that is not named and a row that names no other are most likely the same one.
      for (const [i, { row }] of strange.entries()) {
        const item = unnamed[i];
        const name = item?.names[0];
        if (!name && !document.whole) continue;
        const shown = shortened(row.cell.text);
        const text = name
          ? `The text names ${shown} where the ${use.items!.type} is for ${shortened(name.text)}: both say the same.`
          : `The text names ${shown}, but no ${use.items!.type} in the document does.`;
        const related = name ? [name] : items.slice(0, 5).map(({ names }) => names[0]!);
        say(pointer, text, {
          within: row.cell.within,
          related: related.map((n) => ({ pointer: n.pointer, message: shortened(n.text) })),
        });
      }
      for (const { names } of unnamed.slice(strange.length))
        say(
          pointer,
          `The text does not name ${shortened(names[0]!.text)}, which ${article(use.items!.type)} is for: text and resources say the same.`,
          {
            part: 'key',
            related: [{ pointer: names[0]!.pointer, message: 'Named here' }],
          },
        );
    }
  },
};
