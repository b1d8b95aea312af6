// New messages: a template of the kind (profiles/<kind>/new-message.json) with fresh identifiers and times put in.
import { isObject } from './json';
import type { Knowledge } from './knowledge';
import { testNumber } from './nhs/nhs-number';

/** What makes a message new; the middle of the house has no clock and no dice of its own. */
export interface Fresh {
  now: Date;
  /** A UUID, in lower case. */
  randomUUID: () => string;
  /** A number in [0, 1). */
  random: () => number;
  /** MESH mailbox of the sender, for MessageHeader.source.endpoint. */
  mailbox?: string;
}

export function messageKinds({ templates }: Knowledge): string[] {
  return templates.map((template) => template.messageKind);
}

/**
 * A valid message of the kind about an invented patient, with an NHS number of the 999 test range, fresh UUIDs and the
 * time given; undefined when there is no such kind.
 */
export function newMessage(kind: string, { templates }: Knowledge, fresh: Fresh): unknown {
  const template = templates.find((t) => t.messageKind === kind);
  if (!template) return undefined;
  const fill = filler(fresh);
  const copy = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(/\{\{(.+?)\}\}/g, (_, token: string) => fill(token));
    if (Array.isArray(value)) return value.map(copy);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
  };
  return copy(template.message);
}

function filler({ now, randomUUID, random, mailbox }: Fresh): (token: string) => string {
  const uuids = new Map<string, string>();
  const nhsNumber = testNumber(random);
  const instant = `${now.toISOString().slice(0, 19)}+00:00`;
  return (token) => {
    if (token.startsWith('uuid ')) {
      const uuid = uuids.get(token) ?? randomUUID();
      uuids.set(token, uuid);
      return uuid;
    }
    switch (token) {
      case 'now':
        return instant;
      case 'today':
        return instant.slice(0, 10);
      case 'nhs-number':
        return nhsNumber;
      case 'nhs-number spaced':
        return nhsNumber.replace(/^(...)(...)/, '$1 $2 ');
      case 'mailbox':
        return mailbox ?? 'SENDER_MESH_MAILBOX_ID';
      default:
        throw new Error(`new-message.json asks for {{${token}}}, which nobody knows how to make`);
    }
  };
}
