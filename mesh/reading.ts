// What lies in this mailbox: its list, page by page, and a message, part by part. Reading takes nothing out of it.
import { readPage } from './answers';
import type { InboxPage } from './answers';
import { named, pathPart, strange } from './call';
import type { Call, Caller } from './call';
import { readChunkRange, readEnvelope } from './envelope';
import type { ReceivedEnvelope } from './envelope';
import { couldNot, MeshError } from './errors';
import type { MeshResponse } from './transport';

export interface InboxOptions {
  signal?: AbortSignal;
  /** Ids asked for at a time, 10 to 5000. Default: what the server likes (500). */
  pageSize?: number;
  /** `WF`, `WF*` (begins with), `*WF*` (contains), each also with `!` (not). */
  workflowFilter?: string;
  /** The most ids wanted. */
  limit?: number;
}

/** The envelope, and the parts one after the other: no more than one is in memory. */
export type OpenedMessage = ReceivedEnvelope & {
  messageId: string;
  /** Decompressed. A report has none. Read a second time, it is downloaded a second time. */
  parts: AsyncIterable<Buffer>;
};

/** Pages until there are no more; with a limit, until it is reached. An id may come twice when the inbox changes. */
export async function* inboxPages(options: InboxOptions, caller: Caller): AsyncGenerator<InboxPage> {
  const action = `list the inbox of ${caller.owner}`;
  const { signal, limit = Infinity } = options;
  const followed = new Set<string>();
  let path: string | URL = `${caller.owner}/inbox${queryOf(options, action)}`;
  let rest = limit;
  for (;;) {
    const page = readPage(await caller.again({ action, method: 'GET', path, expect: [200], signal }), action);
    if (page.next !== undefined && followed.has(page.next)) {
      throw strange(action, 'the list of messages leads back to itself');
    }
    const messages = page.messages.slice(0, rest);
    rest -= messages.length;
    yield { ...page, messages };
    if (page.next === undefined || rest <= 0) return;
    followed.add(page.next);
    path = nextUrl(page.next, caller.base, action);
  }
}

function queryOf({ pageSize, workflowFilter, limit = Infinity }: InboxOptions, action: string): string {
  const wrong = (what: string) => new MeshError('invalid-request', couldNot({ action }, what));
  if (pageSize !== undefined && !(Number.isInteger(pageSize) && pageSize >= 10 && pageSize <= 5000)) {
    throw wrong('a page has 10 to 5000 messages.');
  }
  if (workflowFilter !== undefined && (workflowFilter.length < 2 || workflowFilter.length > 255)) {
    throw wrong('a workflow filter has 2 to 255 characters.');
  }
  if (workflowFilter !== undefined && LONE_SURROGATE.test(workflowFilter)) {
    throw wrong('the workflow filter holds half a character.');
  }
  if (!(limit > 0)) throw wrong('the limit is not above 0.');
  const query = [];
  // Where few are wanted, few are asked for.
  const size = pageSize ?? (limit < 500 ? Math.max(10, Math.ceil(limit)) : undefined);
  if (size !== undefined) query.push(`max_results=${size}`);
  if (workflowFilter !== undefined) query.push(`workflow_filter=${wholly(workflowFilter)}`);
  return query.length === 0 ? '' : `?${query.join('&')}`;
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** With `!` and `*` too: MESH wants them percent-encoded. */
const wholly = (text: string) => encodeURIComponent(text).replaceAll('!', '%21').replaceAll('*', '%2A');

/** `links.next` is a path, already encoded. A token must never follow it to another server. */
function nextUrl(next: string, base: URL, action: string): URL {
  const url = URL.canParse(next, base.href) ? new URL(next, base.href) : undefined;
  if (url?.origin !== base.origin) throw strange(action, 'the next page of the list is at another server');
  return url;
}

export async function headOf(messageId: string, caller: Caller, signal?: AbortSignal): Promise<ReceivedEnvelope> {
  const action = `look at ${named(messageId)}`;
  const path = `${caller.owner}/inbox/${pathPart(messageId, action)}`;
  const response = await caller.again({ action, method: 'HEAD', path, expect: [200], messageId, signal });
  return readEnvelope(response.headers);
}

export async function openMessage(messageId: string, caller: Caller, signal?: AbortSignal): Promise<OpenedMessage> {
  const action = `download ${named(messageId)}`;
  const path = `${caller.owner}/inbox/${pathPart(messageId, action)}`;
  const get = async (number: number, of?: number) => {
    const call: Call = {
      action,
      method: 'GET',
      path: number === 1 ? path : `${path}/${number}`,
      headers: { 'Accept-Encoding': 'gzip' },
      expect: [200, 206],
      messageId,
      signal,
    };
    return checkedPart(await caller.again(call), { number, of }, action);
  };
  const first = await get(1);
  const envelope = readEnvelope(first.headers);
  let held: MeshResponse | undefined = first;
  async function* parts(): AsyncGenerator<Buffer> {
    let response: MeshResponse | undefined = held ?? (await get(1));
    held = undefined;
    const { of } = rangeOf(response);
    for (let number = 1; ; number++) {
      const more = of === undefined ? response.status === 206 : number < of;
      const { body } = response;
      // Let go before the next is asked for: a part may have 100 MB.
      response = undefined;
      if (body.length > 0) yield body;
      if (!more) return;
      response = await get(number + 1, of);
    }
  }
  return { ...envelope, messageId: envelope.messageId ?? messageId, parts: { [Symbol.asyncIterator]: parts } };
}

/** Undefined where the header is missing; then the status tells whether more parts follow. */
const rangeOf = ({ headers }: MeshResponse): { part?: number; of?: number } =>
  readChunkRange(headers['mex-chunk-range'] ?? '') ?? {};

/** A part that is another than the one asked for would spoil the whole. `of` is what the first part said. */
function checkedPart(
  response: MeshResponse,
  { number, of: expected }: { number: number; of?: number },
  action: string,
): MeshResponse {
  const { part, of } = rangeOf(response);
  if (part !== undefined && part !== number) throw strange(action, 'another part came than the one asked for');
  if (of !== undefined && number > Math.max(of, 1)) throw strange(action, 'the message has more parts than it says');
  if (of !== undefined && of !== (expected ?? of)) throw strange(action, 'its parts do not agree how many there are');
  if (of !== undefined && number < of && response.status === 200 && number > 1) {
    throw strange(action, 'the message has fewer parts than it says');
  }
  return response;
}
