import { join } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { entriesOf, type Located } from '../itk3/message';
import { isObject, list } from '../json';
import type { Rule } from './rule';

/** Whoever shares one identifier but has others too may be a part of the other, as a site is. */
export const duplicateIdentifier: Rule = {
  id: 'duplicate-identifier',
  severity: 'warning',
  asks: 'No two resources of one type in a document have the same identifiers.',
  source: { title: 'FHIR STU3, Identifier', url: 'http://hl7.org/fhir/STU3/datatypes.html#Identifier' },
  check({ message, knowledge }, say) {
    const bundle = documentOf(message, knowledge)?.bundle;
    const seen = new Map<string, Located>();
    for (const entry of bundle ? entriesOf(message, bundle) : []) {
      const keys = list(entry.resource.identifier).map((i) =>
        isObject(i) && typeof i.system === 'string' && typeof i.value === 'string' ? `${i.system} ${i.value}` : '',
      );
      if (keys.length === 0 || keys.includes('')) continue;
      const key = `${entry.type} ${keys.sort().join(' ')}`;
      const first = seen.get(key);
      if (!first) seen.set(key, entry);
      else
        say(
          join(entry.pointer, 'identifier'),
          `Another ${entry.type} has the same identifier: write one entry, and refer to it twice.`,
          {
            part: 'key',
            related: [{ pointer: join(first.pointer, 'identifier'), message: `The ${entry.type} before it` }],
          },
        );
    }
  },
};
