import { join } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { focusOf } from '../itk3/message';
import { isObject } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The profile leaves both open, but ITK3 knows a document by them. */
export const documentIdentity: Rule = {
  id: 'document-identity',
  severity: 'error',
  asks: 'A document has an id and the time at which it was put together.',
  source: sourced('ITK3 Message Distribution 2.10.0, document identity; FHIR STU3, documents'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = focusOf(message) ?? documentOf(message, knowledge)?.bundle;
    if (document?.type !== 'Bundle' || document.resource.type !== 'document') return;
    const { id, meta } = document.resource;
    if (id === undefined)
      say(document.pointer, 'id is missing: a document is known by the id of its bundle.', {
        part: 'key',
        missing: 'id',
      });
    if (meta === undefined || (isObject(meta) && meta.lastUpdated === undefined))
      say(
        meta === undefined ? document.pointer : join(document.pointer, 'meta'),
        'meta.lastUpdated is missing: it says when the document was put together.',
        { part: 'key', missing: meta === undefined ? 'meta' : 'lastUpdated' },
      );
  },
};
