// What the header of a message says of it, and of how it is to be handled.
import { join } from '../document/pointer';
import { handlingKeys } from '../itk3/handling';
import { headerOf, type Located, type Message } from '../itk3/message';
import { asText, object, text } from '../json';
import type { Knowledge } from '../knowledge';
import { type Fact, shown } from './blocks';
import type { Marks } from './marks';
import { anyName, odsCode } from './people';
import { followed, type Reader, said, type Said, time } from './said';

/** Empty where the message has no header. */
export function envelopeOf(message: Message, knowledge: Knowledge, marks: Marks): Fact[] {
  const header = headerOf(message);
  if (!header) return [];
  const readers: [string, Reader][] = [
    ['From', organisation('sender')],
    ['Mailbox', mailbox],
    ['To', organisation('receiver')],
    ['Sent', time('timestamp')],
    ['Event', event],
    ['For', () => key(message, knowledge, 'RecipientType')],
    ['Acknowledgements wanted', () => wanted(message, knowledge)],
    ['Sender’s reference', () => key(message, knowledge, 'SenderReference')],
    ['Local agreement', () => key(message, knowledge, 'LocalExtension')],
    ['Answers', answers],
    ['Message id', ({ resource, pointer }) => said(text(resource.id), join(pointer, 'id'))],
  ];
  return readers.flatMap(([label, reader]): Fact[] => {
    const fact = shown(reader, header, message, marks);
    return fact ? [{ label, ...fact }] : [];
  });
}

/** The header knows codes only; the document may have the name of the same organisation. */
function organisation(property: string): Reader {
  return (header, message) => {
    const found = followed(header.resource[property], header, message);
    const at = join(header.pointer, property);
    if (!found) return said(text(object(header.resource[property]).display), at);
    const code = odsCode(found, message);
    const named = anyName(found, message) ?? twin(message, found, code?.text);
    return said([named?.text, code && `ODS code ${code.text}`].filter(Boolean).join(', '), found.pointer);
  };
}

function twin(message: Message, found: Located, code: string | undefined): Said | undefined {
  if (code === undefined) return undefined;
  const other = message.resources.find(
    (one) => one.type === 'Organization' && one !== found && odsCode(one, message)?.text === code,
  );
  return other && anyName(other, message);
}

const mailbox: Reader = ({ resource, pointer }) =>
  said(text(object(resource.source).endpoint), join(pointer, 'source', 'endpoint'));

const event: Reader = ({ resource, pointer }) => {
  const { display, code } = object(resource.event);
  return said([asText(display), asText(code)].filter(Boolean).join(', '), join(pointer, 'event'));
};

const answers: Reader = ({ resource, pointer }) =>
  said(text(object(resource.response).identifier), join(pointer, 'response', 'identifier'));

/** `None`, which the guides ask for, says nothing. */
function key(message: Message, { envelope }: Knowledge, url: string): Said | undefined {
  const found = handlingKeys(message, envelope)?.find((one) => one.url === url);
  if (!found || found.value === 'None') return undefined;
  const { display, code } = object(found.value);
  return said(text(display) ?? text(code) ?? asText(found.value), found.pointer);
}

function wanted(message: Message, { envelope }: Knowledge): Said | undefined {
  const keys = handlingKeys(message, envelope)?.filter(({ url }) => /AckRequested$/.test(url)) ?? [];
  const [first] = keys;
  if (!first) return undefined;
  const isAsked = (url: string): boolean => keys.some((one) => one.url === url && one.value === true);
  const asked = [
    ...(isAsked('InfAckRequested') ? ['infrastructure'] : []),
    ...(isAsked('BusAckRequested') ? ['business'] : []),
  ];
  return said(asked.join(' and ') || 'none', first.pointer);
}
