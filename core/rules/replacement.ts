import { join } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { resolve } from '../itk3/message';
import { isObject, list } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

const SELF =
  'A document cannot replace itself: a replacement has a new Composition.identifier, and names the old one here.';

export const replacement: Rule = {
  id: 'replacement',
  severity: 'warning',
  asks: 'A document that replaces another has an identifier of its own and names the other by its whole identifier.',
  source: sourced('Digital Medicines 1.2.9, replacement; ITK3 Message Distribution 2.10.0, response code 20014'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    const { resource, pointer } = document.composition;
    const own = resource.identifier;
    const wrapper = document.bundle?.resource;
    for (const [i, relation] of list(resource.relatesTo).entries()) {
      if (isObject(relation) && isObject(relation.targetReference)) {
        const { reference, identifier } = relation.targetReference;
        const spot = join(pointer, 'relatesTo', i, 'targetReference');
        const isSelf =
          typeof reference === 'string' && resolve(message, document.composition, reference)?.pointer === pointer;
        if (isSelf) say(join(spot, 'reference'), SELF);
        else if (!isObject(identifier))
          say(
            spot,
            'A receiver finds the document to replace by its Composition.identifier: name it in targetIdentifier.',
            { part: 'key' },
          );
      }
      const target = isObject(relation) ? relation.targetIdentifier : undefined;
      if (!isObject(target)) continue;
      const at = join(pointer, 'relatesTo', i, 'targetIdentifier');
      const missing = ['system', 'value'].filter((key) => target[key] === undefined);
      if (missing.length > 0)
        say(at, `${missing.join(' and ')} missing: receivers find the document to replace by its whole identifier.`, {
          part: 'key',
        });
      else if (isObject(own) && target.value === own.value && target.system === own.system)
        say(join(at, 'value'), SELF, {
          related: [{ pointer: join(pointer, 'identifier'), message: 'The identifier of this document' }],
        });
      else if (
        wrapper &&
        (target.value === wrapper.id || (isObject(wrapper.identifier) && target.value === wrapper.identifier.value))
      )
        say(
          join(at, 'value'),
          'This names the bundle around this document: a replacement names the Composition.identifier of the document before it.',
        );
    }
  },
};
