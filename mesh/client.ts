// One mailbox, spoken to: the client's side of the MESH API, version 2.
import { randomUUID as nodeRandomUUID } from 'node:crypto';
import { arch, release, type } from 'node:os';
import { readMessageId, readPage, readTracking } from './answers';
import type { Tracking } from './answers';
import { authorizationHeader } from './authorization';
import { envelopeHeaders, readEnvelope } from './envelope';
import type { Envelope, ReceivedEnvelope } from './envelope';
import { MeshError } from './errors';
import type { Attempt } from './errors';
import { errorFromFailure } from './failures';
import { errorFromResponse } from './refusals';
import { createTransport } from './transport';
import type { MeshRequest, MeshResponse, TlsOptions, Transport } from './transport';

/** A mailbox and where it is. Plain http is for loopback only. */
export interface Mailbox {
  endpoint: URL;
  mailbox: string;
  password: string;
  sharedKey: string;
  tls?: TlsOptions;
}

export interface ClientOptions {
  /** The network. Default: the real one, with the mailbox's `tls`. */
  transport?: Transport;
  now?: () => Date;
  randomUUID?: () => string;
  /** Told to MESH, as `name==version`. */
  clientVersion?: string;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface InboxOptions extends CallOptions {
  /** Ids asked for at a time, 10 to 5000. Default: what the server likes (500). */
  pageSize?: number;
}

export interface OutgoingMessage extends Envelope {
  body: Buffer;
}

export interface DownloadedMessage extends ReceivedEnvelope {
  messageId: string;
  /** All parts, decompressed, joined. Empty in a report. */
  body: Buffer;
}

/** Every function rejects with a MeshError and nothing else. Nothing is repeated: that is the caller's decision. */
export interface MeshClient {
  /** Proves that the mailbox may be used. Wanted once a day by MESH, and not more than once an hour. */
  handshake(options?: CallOptions): Promise<void>;
  /** Resolves when MESH has taken the message; the recipient has not yet. */
  send(message: OutgoingMessage, options?: CallOptions): Promise<{ messageId: string }>;
  /** The ids of all messages waiting, oldest first. */
  inbox(options?: InboxOptions): Promise<string[]>;
  download(messageId: string, options?: CallOptions): Promise<DownloadedMessage>;
  /** Takes a message out of the inbox for good: store it safely first. May be repeated. */
  acknowledge(messageId: string, options?: CallOptions): Promise<void>;
  /** Where a message sent from this mailbox is. */
  track(messageId: string, options?: CallOptions): Promise<Tracking>;
}

/** Throws a MeshError of kind `invalid-request` when the mailbox's own data cannot be right. */
export function createMeshClient(mailbox: Mailbox, options: ClientOptions = {}): MeshClient {
  const {
    transport = createTransport({ tls: mailbox.tls }),
    now = () => new Date(),
    randomUUID = nodeRandomUUID,
    clientVersion = 'itk3-toolkit==0',
  } = options;
  const owner = mailbox.mailbox.toUpperCase();
  const base = baseOf(mailbox);

  async function call(request: Call): Promise<MeshResponse> {
    const time = now();
    const nonce = randomUUID();
    const authorization = authorizationHeader({ ...mailbox, mailbox: owner, nonce, count: 0, time });
    const hash = authorization.slice(authorization.lastIndexOf(':') + 1);
    const attempt: Attempt = {
      action: request.action,
      recipient: request.recipient,
      messageId: request.messageId,
      delivers: request.delivers,
      mailbox: owner,
      host: base.host,
      secrets: [mailbox.password, mailbox.sharedKey, authorization, hash, ...(request.private ?? [])],
    };
    const url = typeof request.path === 'string' ? new URL(base.href + request.path) : request.path;
    const headers = {
      ...request.headers,
      Authorization: authorization,
      Accept: 'application/vnd.mesh.v2+json',
      'User-Agent': clientVersion,
    };
    let response: MeshResponse;
    try {
      response = await transport({ method: request.method, url, headers, body: request.body }, request.signal);
    } catch (failure) {
      throw errorFromFailure(request.signal?.aborted ? { name: 'AbortError' } : failure, attempt);
    }
    if (request.expect.includes(response.status)) return response;
    throw errorFromResponse(response, attempt, now());
  }

  return {
    async handshake({ signal } = {}) {
      await call({
        action: `use mailbox ${owner}`,
        method: 'POST',
        path: owner,
        headers: {
          'Mex-ClientVersion': clientVersion,
          'Mex-OSName': type(),
          'Mex-OSVersion': release(),
          'Mex-OSArchitecture': arch(),
        },
        expect: [200],
        signal,
      });
    },

    async send({ body, ...envelope }, { signal } = {}) {
      const action = 'send the message';
      if (body.length === 0) {
        throw new MeshError('invalid-request', `Could not ${action}: it is empty. Send at least one byte.`);
      }
      const response = await call({
        action,
        method: 'POST',
        path: `${owner}/outbox`,
        headers: envelopeHeaders(envelope),
        body,
        expect: [200, 202],
        recipient: envelope.to,
        delivers: true,
        private: [envelope.subject ?? '', envelope.fileName ?? '', envelope.localId ?? ''],
        signal,
      });
      return { messageId: readMessageId(response, action) };
    },

    async inbox({ signal, pageSize } = {}) {
      const action = `list the inbox of ${owner}`;
      const ids: string[] = [];
      const followed = new Set<string>();
      let path: string | URL = `${owner}/inbox${pageSize === undefined ? '' : `?max_results=${pageSize}`}`;
      for (;;) {
        const page = readPage(await call({ action, method: 'GET', path, expect: [200], signal }), action);
        ids.push(...page.messages);
        if (page.next === undefined) return [...new Set(ids)];
        if (followed.has(page.next)) throw strange(action, 'the list of messages leads back to itself');
        followed.add(page.next);
        path = nextUrl(page.next, base, action);
      }
    },

    async download(messageId, { signal } = {}) {
      const action = `download message ${messageId}`;
      const path = `${owner}/inbox/${pathPart(messageId, action)}`;
      const get = (from: string) =>
        call({
          action,
          method: 'GET',
          path: from,
          headers: { 'Accept-Encoding': 'gzip' },
          expect: [200, 206],
          messageId,
          signal,
        });
      let response = await get(path);
      const envelope = readEnvelope(response.headers);
      const parts = [response.body];
      while (response.status === 206) {
        const part = parts.length + 1;
        if (part > envelope.chunk.of) throw strange(action, 'the message has more parts than it says');
        response = await get(`${path}/${part}`);
        parts.push(response.body);
      }
      return { ...envelope, messageId: envelope.messageId ?? messageId, body: Buffer.concat(parts) };
    },

    async acknowledge(messageId, { signal } = {}) {
      const action = `acknowledge message ${messageId}`;
      const path = `${owner}/inbox/${pathPart(messageId, action)}/status/acknowledged`;
      await call({ action, method: 'PUT', path, expect: [200], messageId, signal });
    },

    async track(messageId, { signal } = {}) {
      const action = `track message ${messageId}`;
      const path = `${owner}/outbox/tracking?messageID=${pathPart(messageId, action)}`;
      return readTracking(await call({ action, method: 'GET', path, expect: [200], messageId, signal }), action);
    },
  };
}

interface Call {
  action: string;
  method: MeshRequest['method'];
  /** Below `/messageexchange/`, already encoded; or a whole address that was checked. */
  path: string | URL;
  headers?: Record<string, string>;
  body?: Buffer;
  expect: number[];
  recipient?: string;
  messageId?: string;
  delivers?: boolean;
  /** What the sender wrote that an error must not repeat. */
  private?: string[];
  signal: AbortSignal | undefined;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The address everything hangs below, with a slash at its end. People give it with and without `/messageexchange`. */
function baseOf({ endpoint, mailbox, password, sharedKey }: Mailbox): URL {
  const wrong = (what: string) => new MeshError('invalid-request', `The mailbox cannot be used: ${what}`);
  if (endpoint.protocol !== 'https:' && endpoint.protocol !== 'http:')
    throw wrong('its endpoint is not an http address.');
  if (endpoint.protocol === 'http:' && !LOOPBACK.test(endpoint.hostname)) {
    throw wrong('plain http is only for a sandbox on this machine. Give an https endpoint.');
  }
  if (endpoint.username !== '' || endpoint.password !== '') {
    throw wrong('its endpoint holds a user name or password. Take them out of the address.');
  }
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(mailbox)) throw wrong('its id may hold letters, digits, "_" and "-" only.');
  if (password === '') throw wrong('its password is empty.');
  if (sharedKey === '') throw wrong('its shared key is empty.');
  const path = endpoint.pathname.replace(/\/*(messageexchange\/*)?$/, '');
  return new URL(`${path}/messageexchange/`, endpoint.origin);
}

/** `links.next` is a path, already encoded. A token must never follow it to another server. */
function nextUrl(next: string, base: URL, action: string): URL {
  const url = URL.canParse(next, base.href) ? new URL(next, base.href) : undefined;
  if (url?.origin !== base.origin) throw strange(action, 'the next page of the list is at another server');
  return url;
}

function pathPart(text: string, action: string): string {
  // A URL would swallow dots as steps to another folder.
  if (/^\.{0,2}$/.test(text)) throw new MeshError('invalid-request', `Could not ${action}: the message id is not one.`);
  return encodeURIComponent(text);
}

function strange(action: string, what: string): MeshError {
  return new MeshError('server', `Could not ${action}: ${what}. Check that the endpoint is a MESH server.`);
}
