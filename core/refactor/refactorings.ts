// The table of contents of what can be done to a message as a whole.
import type { Pointer } from '../document/pointer';
import type { Message } from '../itk3/message';
import type { Knowledge } from '../knowledge';
import type { Fresh } from '../fresh';
import { renewIdentifiers, replaceDocument, whyNotReplaced } from './identifiers';
import { whyNotWritten, writeSectionTexts } from './section-text';
import { synthesise, whyNotSynthesised } from './synthesise';

export interface Refactoring {
  /** Kebab-case: editors bind keys to it. */
  id: string;
  title: string;
  /** It is about the place where the person is, not about the whole. */
  isLocal?: true;
  /** One sentence where it cannot be done. @param at where the person is */
  whyNot: (message: Message, knowledge: Knowledge, at: Pointer) => string | undefined;
  /** The value of the message afterwards. */
  apply: (message: Message, knowledge: Knowledge, fresh: Fresh, at: Pointer) => unknown;
}

export const REFACTORINGS: readonly Refactoring[] = [
  {
    id: 'write-section-text',
    title: 'Write the text of this section from its resources',
    isLocal: true,
    whyNot: whyNotWritten,
    apply: (message, knowledge, _fresh, at) => writeSectionTexts(message, knowledge, at),
  },
  {
    id: 'write-section-texts',
    title: 'Write the texts of all sections from their resources',
    whyNot: (message, knowledge) => whyNotWritten(message, knowledge),
    apply: (message, knowledge) => writeSectionTexts(message, knowledge),
  },
  {
    id: 'renew-identifiers',
    title: 'Renew all identifiers, to send it as another message',
    whyNot: ({ root }) => (root.type === 'Bundle' ? undefined : 'This is a single resource, not a message.'),
    apply: (message, _knowledge, { randomUUID }) => renewIdentifiers(message, randomUUID),
  },
  {
    id: 'replace-document',
    title: 'Make it the replacement of this document, with identifiers of its own',
    whyNot: whyNotReplaced,
    apply: (message, knowledge, { randomUUID }) => replaceDocument(message, knowledge, randomUUID),
  },
  {
    id: 'synthesise',
    title: 'Put invented people and places in (read free text and attachments yourself)',
    whyNot: whyNotSynthesised,
    apply: (message, { invented }, { random }) => synthesise(message, invented, random),
  },
];
