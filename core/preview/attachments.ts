// What a message brings with it: Binaries, and the attachments of its documents.
import { join, type Pointer } from '../document/pointer';
import type { Located, Message } from '../itk3/message';
import { wholeOf } from '../itk3/references';
import { isObject, list, object, text } from '../json';
import { formOf } from './forms';

export interface Attachment {
  /** Of the element that holds the content. */
  at: Pointer;
  covers: Pointer[];
  name: string;
  contentType: string;
  /** Undefined where there is no content in the message. */
  bytes?: number;
}

/** More than these no person opens. */
const MOST = 100;

export function attachmentsOf(message: Message): Attachment[] {
  const found: Attachment[] = [];
  for (const located of message.resources) {
    if (found.length >= MOST) break;
    if (located.type === 'Binary') found.push(binary(located, found.length));
    else found.push(...documents(located));
  }
  return found;
}

function binary(located: Located, before: number): Attachment {
  const { resource, pointer } = located;
  const contentType = text(resource.contentType)?.trim() ?? '';
  const size = sizeOf(resource.content);
  return {
    at: join(pointer, 'content'),
    covers: [wholeOf(located)],
    name: `Attachment ${before + 1}`,
    contentType,
    ...(size !== undefined && { bytes: size }),
  };
}

/** The content of a DocumentReference and of what else has an Attachment at its top. */
function documents({ resource, pointer, type }: Located): Attachment[] {
  const inside = [
    ...list(resource.content).map(
      (one, i) => [object(one).attachment, join(pointer, 'content', i, 'attachment')] as const,
    ),
    ...list(resource.photo).map((one, i) => [one, join(pointer, 'photo', i)] as const),
    ...list(resource.presentedForm).map((one, i) => [one, join(pointer, 'presentedForm', i)] as const),
  ];
  return inside.flatMap(([attachment, at]) => {
    if (!isObject(attachment) || attachment.data === undefined) return [];
    const size = sizeOf(attachment.data);
    return [
      {
        at: join(at, 'data'),
        covers: [at],
        name: text(attachment.title)?.trim() || formOf(type).caption,
        contentType: text(attachment.contentType)?.trim() ?? '',
        ...(size !== undefined && { bytes: size }),
      },
    ];
  });
}

/** Of what is written in base64. */
function sizeOf(content: unknown): number | undefined {
  if (typeof content !== 'string' || content === '') return undefined;
  const white = content.match(/\s/g)?.length ?? 0;
  const padding = /=*\s*$/.exec(content.slice(-8))?.[0].replace(/\s/g, '').length ?? 0;
  return Math.floor(((content.length - white - padding) * 3) / 4);
}
