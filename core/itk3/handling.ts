// The message handling extension of an ITK3 header: which acknowledgements are wanted, and what the sender calls this.
import type { Envelope } from './use-case';
import { isObject, type Json, list } from '../json';
import { headerOf, type Message } from './message';

export interface Handling {
  /** Undefined when the message does not say. */
  infrastructureAck?: boolean;
  businessAck?: boolean;
  senderReference?: string;
  messageDefinition?: string;
}

/** Undefined when the message has no header or the header no handling specification. */
export function readHandling(message: Message, envelope: Envelope): Handling | undefined {
  const extension = list(headerOf(message)?.resource.extension).find(
    (e): e is Json => isObject(e) && e.url === envelope.handling,
  );
  if (!extension) return undefined;
  const key = (url: string): Json | undefined =>
    list(extension.extension).find((e): e is Json => isObject(e) && e.url === url);
  const flag = (url: string): boolean | undefined => {
    const value = key(url)?.valueBoolean;
    return typeof value === 'boolean' ? value : undefined;
  };
  return {
    infrastructureAck: flag('InfAckRequested'),
    businessAck: flag('BusAckRequested'),
    senderReference: text(key('SenderReference')?.valueString),
    messageDefinition: text((key('MessageDefinition')?.valueReference as Json | undefined)?.reference),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
