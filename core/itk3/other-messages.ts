// What one message says of another: an acknowledgement and what it answers are read side by side.
import { join, type Pointer } from '../document/pointer';
import { asText, object } from '../json';
import { handlingKeys } from './handling';
import { isUuid, withoutUrn } from '../uuid';
import { mentionsIn, uuidOf } from './mentions';
import { headerOf, type Located, type Message } from './message';
import type { Envelope } from './use-case';

/** A name that stands for something of another message. */
export interface NameOfOther {
  pointer: Pointer;
  /** A UUID in small letters. */
  uuid: string;
  /** Only the header of the other message may be meant. */
  isHeader: boolean;
}

/** An acknowledgement names the header of the message it answers, and echoes the reference of its sender. */
export function namesOfOthers(message: Message, envelope: Envelope): NameOfOther[] {
  const header = headerOf(message);
  const sender = handlingKeys(message, envelope)?.find((key) => key.url === 'SenderReference');
  const names: [Pointer | undefined, unknown, boolean][] = [
    [header && join(header.pointer, 'response', 'identifier'), object(header?.resource.response).identifier, true],
    [sender?.name === undefined ? undefined : join(sender.pointer, sender.name), sender?.value, false],
  ];
  const { at } = mentionsIn(message, envelope);
  return names.flatMap(([pointer, value, isHeader]): NameOfOther[] => {
    const uuid = withoutUrn(asText(value)).toLowerCase();
    return pointer !== undefined && isUuid(uuid) && !at.has(pointer) ? [{ pointer, uuid, isHeader }] : [];
  });
}

/** What a name that stands in another message stands for in this one. */
export function resourceNamed({ uuid, isHeader }: NameOfOther, message: Message): Located | undefined {
  if (!isHeader) return message.resources.find((resource) => uuidOf(resource) === uuid);
  const header = headerOf(message);
  return header && asText(header.resource.id).toLowerCase() === uuid ? header : undefined;
}
