import { join } from '../document/pointer';
import { entriesOf, focusOf } from '../itk3/message';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const oneDocument: Rule = {
  id: 'one-document',
  severity: 'error',
  asks: 'A message carries one document.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-PAY-01'),
  check({ message }, say) {
    const focus = focusOf(message);
    if (focus?.resource.type !== 'document' || focus.type !== 'Bundle') return;
    const related = [{ pointer: focus.pointer, message: 'The document that the header names' }];
    for (const bundle of [message.root, focus])
      for (const entry of entriesOf(message, bundle))
        if (entry !== focus && entry.type === 'Bundle' && entry.resource.type === 'document')
          say(join(entry.pointer, 'type'), 'A message carries one document: send this one in a message of its own.', {
            related,
          });
  },
};
