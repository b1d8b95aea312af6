// What can be done with an attachment, by its type. What is not known is saved only: nothing is ever run.
import type { Attachment } from '../../core/preview/attachments';

export interface Kind {
  /** As a person calls it. */
  kind: string;
  /** `open` what VS Code shows as text or as pixels. */
  deed: 'open' | 'save';
  /** Of a file that holds it; never one that an operating system would run. */
  extension: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'image/png': { kind: 'PNG picture', deed: 'open', extension: 'png' },
  'image/jpeg': { kind: 'JPEG picture', deed: 'open', extension: 'jpg' },
  'image/gif': { kind: 'GIF picture', deed: 'open', extension: 'gif' },
  'image/webp': { kind: 'WebP picture', deed: 'open', extension: 'webp' },
  'image/bmp': { kind: 'bitmap', deed: 'open', extension: 'bmp' },
  'image/tiff': { kind: 'TIFF picture', deed: 'save', extension: 'tiff' },
  'image/svg+xml': { kind: 'SVG drawing, opened as text', deed: 'open', extension: 'txt' },
  'text/plain': { kind: 'text', deed: 'open', extension: 'txt' },
  'text/html': { kind: 'web page, opened as text', deed: 'open', extension: 'txt' },
  'text/xml': { kind: 'XML', deed: 'open', extension: 'xml' },
  'application/xml': { kind: 'XML', deed: 'open', extension: 'xml' },
  'application/json': { kind: 'JSON', deed: 'open', extension: 'json' },
  'application/pdf': { kind: 'PDF', deed: 'save', extension: 'pdf' },
  'application/rtf': { kind: 'RTF', deed: 'save', extension: 'rtf' },
  'text/rtf': { kind: 'RTF', deed: 'save', extension: 'rtf' },
  'application/msword': { kind: 'Word document', deed: 'save', extension: 'doc' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    kind: 'Word document',
    deed: 'save',
    extension: 'docx',
  },
};

/** @param contentType as the message has it, parameters and all */
export function deedOf(contentType: string): Kind {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (Object.hasOwn(KINDS, type)) return KINDS[type]!;
  return { kind: type === '' ? 'no type given' : type.slice(0, 60), deed: 'save', extension: 'bin' };
}

/**
 * By where it stands in the message, in numbers that begin with 1. Its title may hold a patient's name, and VS Code remembers
 * the addresses of what was open.
 */
export function tabName({ at, contentType }: Pick<Attachment, 'at' | 'contentType'>): string {
  const places = at.split('/').filter((step) => /^\d+$/.test(step));
  const numbers = places.map((step) => Number(step) + 1).join('-');
  return `${['Attachment', numbers].filter(Boolean).join(' ')}.${deedOf(contentType).extension}`;
}
