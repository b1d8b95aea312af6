import { join } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import { referenceIn, resolve } from '../itk3/message';
import { list } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The guide asks for the SDS user id and its own example has only the number of the register: either will do. */
export const authorIdentifier: Rule = {
  id: 'author-identifier',
  severity: 'warning',
  asks: 'A person who is author of the document has an SDS user id or the number of a professional register.',
  source: sourced('GP Connect Emergency Supply 1.3.0, practitioner page and example, which contradict each other'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const registers = document?.useCase.practitioner?.registers;
    if (!document || !registers) return;
    const { composition } = document;
    for (const [i, author] of list(composition.resource.author).entries()) {
      const reference = referenceIn(author);
      const person = reference === undefined ? undefined : resolve(message, composition, reference);
      if (person?.type !== 'Practitioner' || identifiersOf(person, registers).length > 0) continue;
      say(
        person.resource.identifier === undefined ? person.pointer : join(person.pointer, 'identifier'),
        'The author has no number of a register: the guide asks for the SDS user id (UNK where it is not known), its example has a GPhC number.',
        {
          part: 'key',
          related: [{ pointer: join(composition.pointer, 'author', i), message: 'Author of the document' }],
        },
      );
    }
  },
};
