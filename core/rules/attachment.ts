import { join } from '../document/pointer';
import { documentOf, guideOf, inDocument } from '../itk3/document';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** What a PDF starts with, in base64. */
const PDF = 'JVBERi';

export const attachment: Rule = {
  id: 'attachment',
  severity: 'warning',
  asks: 'An attachment is a PDF, and its content is what its type says.',
  source: sourced('Digital Medicines 1.2.9, attachments (should)'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const types = document?.useCase.attachments?.contentTypes;
    if (!document || !types) return;
    for (const { resource, pointer } of inDocument(message, document, 'Binary')) {
      const { contentType, content } = resource;
      if (typeof contentType !== 'string') continue;
      const type = contentType.split(';')[0]!.trim().toLowerCase();
      if (!types.includes(type))
        say(
          join(pointer, 'contentType'),
          `Attachments to ${guideOf(document.useCase)} should be ${types.join(' or ')}; receivers may refuse others.`,
        );
      else if (type === 'application/pdf' && typeof content === 'string' && !content.trimStart().startsWith(PDF))
        say(
          join(pointer, 'contentType'),
          'The content of this attachment is no PDF: a PDF in base64 starts with JVBERi.',
          {
            related: [{ pointer: join(pointer, 'content'), message: 'Its content' }],
          },
        );
    }
  },
};
