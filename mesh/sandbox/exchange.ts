// One HTTP request to the sandbox, from the wire to a route's answer and back: version, authorisation, body.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { verifyAuthorization } from '../authorization';
import type { UsedTokens } from '../authorization';
import { internalError, methodNotAllowed, refusal, REFUSALS, unknownRoute } from './bodies';
import type { Answer, Version } from './bodies';
import { readHalf } from './faults';
import type { Faults } from './faults';
import type { SandboxMailbox } from './accounts';
import type { Mailboxes } from './mailboxes';
import type { StoredMessage } from './message';
import type { Registered } from './people';
import { reasonOf } from './reason';
import type { Strictness } from './strict';
import type { Wait } from './waiting';
import type { Workflow } from './workflows';
import { writeAnswer, writeStruck } from './writing';

/** What a route gets to see. The path's parts are decoded; `path` and `search` (without its ?) are as they came. */
export interface Exchange {
  version: Version;
  owner: SandboxMailbox;
  parts: Record<string, string>;
  path: string;
  search: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  mailboxes: Mailboxes;
  strict: Strictness;
  workflows: readonly Workflow[];
  people: readonly Registered[];
  now: () => Date;
  randomUUID: () => string;
  /** To be told of every message accepted. */
  accepted(message: StoredMessage): void;
}

export type RouteName =
  | 'ping'
  | 'handshake'
  | 'update'
  | 'send'
  | 'part'
  | 'track'
  | 'track-by-local-id'
  | 'count'
  | 'inbox'
  | 'rich-inbox'
  | 'rich-outbox'
  | 'head'
  | 'download'
  | 'acknowledge'
  | 'lookup'
  | 'search'
  | 'reset'
  | 'report'
  | 'event'
  | 'mailbox'
  | 'message'
  | 'page'
  | 'message-page'
  | 'play';

/** `{name}` in a path stands for one part; `{mailbox}` names the owner, whose authorisation is asked for. */
export interface Route {
  /** What it is for; some have several paths. */
  name: RouteName;
  method: string;
  path: string;
  answer(exchange: Exchange): Answer | Promise<Answer>;
}

/** What all exchanges of one sandbox share. */
export interface World {
  routes: readonly Route[];
  mailboxes: Mailboxes;
  usedTokens: UsedTokens;
  strict: Strictness;
  workflows: readonly Workflow[];
  people: readonly Registered[];
  maximumBytes: number;
  faults: Faults;
  wait: Wait;
  closing: AbortSignal;
  /** Does what has become due since the last request. */
  catchUp(): Promise<void>;
  now: () => Date;
  randomUUID: () => string;
  log(line: string): void;
}

/**
 * Answers one request; resolves with the messages it brought in, once the answer is out or the caller is gone.
 * @param onAccept called when the first message has been accepted, before the answer
 */
export async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  world: World,
  onAccept: () => void,
): Promise<StoredMessage[]> {
  const accepted: StoredMessage[] = [];
  const gone = new Promise<void>((resolve) => outgoing.once('close', resolve));
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2);
  const method = incoming.method ?? 'GET';
  const matches = world.routes.flatMap((route) => {
    const parts = match(route.path, path);
    return parts ? [{ route, parts }] : [];
  });
  const found = matches.find(({ route }) => route.method === method);
  let answer: Answer;
  let failure = '';
  try {
    if (!isFromThisMachine(incoming.headers, found?.route.name)) {
      answer = refusal(2, REFUSALS.stranger);
    } else if (!found) {
      answer = matches.length > 0 ? methodNotAllowed(matches.map(({ route }) => route.method)) : unknownRoute();
    } else {
      const request = { incoming, path, search };
      answer = await answerOf(found.route, found.parts, request, world, (message) => {
        accepted.push(message);
        onAccept();
      });
    }
  } catch (error) {
    // A caller who hung up in the middle of the body needs no answer; anything else is the sandbox's own fault.
    answer = internalError();
    failure = `: ${reasonOf(error)}`;
  }
  // Never the path itself: it may hold anything, an address with patient data among it. The page asks for itself every
  // other second, which would drown all else.
  const { struck } = answer;
  const why = struck ? ` (${struck.scenario}: ${struck.fault.does})` : '';
  if (found?.route.name !== 'page')
    world.log(`${method} ${(found ?? matches[0])?.route.path ?? '(unknown route)'} ${answer.status}${why}${failure}`);
  if (struck) await writeStruck(outgoing, answer, struck, world);
  else writeAnswer(outgoing, answer, world.now());
  // Whom nobody answers nobody waits for.
  if (struck?.fault.does !== 'silence') await gone;
  return accepted;
}

/**
 * A web page must not look in: it names its origin, or reached this address under a name of its own. The sandbox's own page
 * names its origin too when it sends its form.
 */
function isFromThisMachine({ host = '', origin }: IncomingHttpHeaders, route: RouteName | undefined): boolean {
  const isOwn = origin === undefined || (route === 'play' && origin.replace(/^https?:\/\//, '') === host);
  return isOwn && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}

async function answerOf(
  route: Route,
  parts: Record<string, string>,
  request: { incoming: IncomingMessage; path: string; search: string },
  world: World,
  accepted: (message: StoredMessage) => void,
): Promise<Answer> {
  const { incoming, path, search } = request;
  const { headers } = incoming;
  const version = versionOf(headers.accept);
  if (!version) {
    return refusal(1, REFUSALS.wrongAccept);
  }
  await world.catchUp();
  let owner = NOBODY;
  if (parts.mailbox !== undefined) {
    const account = world.mailboxes.account(parts.mailbox);
    if (!account) return refusal(version, REFUSALS.unknownMailbox);
    const problem = verifyAuthorization(headers.authorization, account, world.now(), world.usedTokens, world.strict);
    if (problem) return refusal(version, REFUSALS[problem]);
    if (world.strict.inactive && account.active === false) return refusal(version, REFUSALS.inactiveMailbox);
    owner = account;
  }
  const messageId = parts.id ?? new URLSearchParams(search).get('messageID') ?? undefined;
  const asked = { route: route.name, path, search, messageId, headers };
  const struck = world.faults.whileReading(asked);
  if (struck) {
    await readHalf(incoming);
    return { ...internalError(), struck };
  }
  const body = await readBody(incoming, world.maximumBytes);
  if (!body) return refusal(version, REFUSALS.tooLarge);
  const { mailboxes, strict, workflows, people, now, randomUUID } = world;
  const shared = { mailboxes, strict, workflows, people, now, randomUUID };
  return world.faults.around(asked, body, () =>
    route.answer({ version, owner, parts, path, search, headers, body, accepted, ...shared }),
  );
}

/** The owner in routes without a mailbox, which do not look at it. */
const NOBODY: SandboxMailbox = { mailbox: '', password: '', sharedKey: '', name: '', odsCode: '', answered: false };

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = decoded(given[index] ?? '');
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? text !== part : !text) return undefined;
    if (name !== undefined && text !== undefined) parts[name] = text;
  }
  return parts;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Undefined when Accept names a MESH media type that does not exist. Versions above 2 are answered as 2. */
function versionOf(accept = ''): Version | undefined {
  const type = accept.split(';')[0]?.trim() ?? '';
  if (!type.startsWith('application/vnd.mesh.')) return 1;
  const number = /^application\/vnd\.mesh\.v(\d+)\+json$/.exec(type)?.[1];
  return number === undefined ? undefined : Number(number) >= 2 ? 2 : 1;
}

/** Undefined when it is too large; it is read to its end all the same, so that the caller hears the answer. */
async function readBody(incoming: IncomingMessage, maximumBytes: number): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBytes) chunks = [];
    else chunks.push(chunk);
  }
  return length > maximumBytes ? undefined : Buffer.concat(chunks);
}
