// The message handling extension of an ITK3 header: which acknowledgements are wanted, and what the sender calls this.
import { join, type Pointer } from '../document/pointer';
import { isObject, type Json, list, text } from '../json';
import { headerOf, type Message, referenceIn } from './message';
import type { Envelope } from './use-case';

export interface Handling {
  /** Undefined when the message does not say. */
  infrastructureAck?: boolean;
  businessAck?: boolean;
  senderReference?: string;
  messageDefinition?: string;
}

/** One key of the extension, where it stands and what it says. */
export interface HandlingKey {
  url: string;
  pointer: Pointer;
  /** The name of its value[x], and the value; undefined when it has none. */
  name?: string;
  value?: unknown;
}

/** The keys in the order of the message; undefined when the header has no handling specification. */
export function handlingKeys(message: Message, { handling }: Envelope): HandlingKey[] | undefined {
  const header = headerOf(message);
  const extensions = list(header?.resource.extension);
  const at = extensions.findIndex((e) => isObject(e) && e.url === handling);
  if (!header || at < 0) return undefined;
  return list((extensions[at] as Json).extension).flatMap((key, i): HandlingKey[] => {
    if (!isObject(key) || typeof key.url !== 'string') return [];
    const name = Object.keys(key).find((property) => property.startsWith('value'));
    const pointer = join(header.pointer, 'extension', at, 'extension', i);
    return [{ url: key.url, pointer, ...(name !== undefined && { name, value: key[name] }) }];
  });
}

/** Undefined when the message has no header or the header no handling specification. */
export function readHandling(message: Message, envelope: Envelope): Handling | undefined {
  const keys = handlingKeys(message, envelope);
  if (!keys) return undefined;
  const key = (url: string, name: string): unknown => keys.find((k) => k.url === url && k.name === name)?.value;
  const flag = (url: string): boolean | undefined => {
    const value = key(url, 'valueBoolean');
    return typeof value === 'boolean' ? value : undefined;
  };
  return {
    infrastructureAck: flag('InfAckRequested'),
    businessAck: flag('BusAckRequested'),
    senderReference: text(key('SenderReference', 'valueString')),
    messageDefinition: referenceIn(key('MessageDefinition', 'valueReference')),
  };
}
