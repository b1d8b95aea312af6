// One request to MESH: the address, the token, the headers every request carries, and what a failure becomes.
import { authorizationHeader } from './authorization';
import { certificateProblem } from './certificates';
import { isLoopback } from './environments';
import { couldNot, MeshError } from './errors';
import type { Attempt } from './errors';
import { errorFromFailure } from './failures';
import { outcomeOf, withOutcome } from './outcome';
import { errorFromResponse } from './refusals';
import { repeated } from './retries';
import type { RetryOptions } from './retries';
import type { MeshRequest, MeshResponse, TlsOptions, Transport } from './transport';

/** A mailbox and where it is. Plain http is for loopback only. */
export interface Mailbox {
  endpoint: URL;
  mailbox: string;
  password: string;
  sharedKey: string;
  tls?: TlsOptions;
  /** The way to an https endpoint. A user name and password in it are for the proxy alone. */
  proxy?: URL;
}

export interface Call {
  /** Completes "Could not …". Never with what the sender wrote: it may be patient data. */
  action: string;
  method: MeshRequest['method'];
  /** Below `/messageexchange/`, already encoded; or a whole address that was checked. */
  path: string | URL;
  headers?: Record<string, string>;
  body?: Buffer;
  expect: number[];
  recipient?: string;
  messageId?: string;
  /** This request makes the message whole: its failure says whether MESH may have it. */
  delivers?: boolean;
  /** Whether it may go out on a kept connection. Default: all but POST. */
  repeatable?: boolean;
  /** What the sender wrote that an error must not repeat. */
  private?: readonly string[];
  signal: AbortSignal | undefined;
}

export interface Caller {
  /** The mailbox, in upper case. */
  owner: string;
  /** What everything hangs below, with a slash at its end. */
  base: URL;
  now: () => Date;
  /** One attempt. */
  once(call: Call): Promise<MeshResponse>;
  /** Tried again when that may help. Only for what does no harm when done twice. */
  again(call: Call): Promise<MeshResponse>;
  repeat<T>(attempt: () => Promise<T>, about: { action: string; signal?: AbortSignal }): Promise<T>;
}

export interface CallerOptions extends RetryOptions {
  transport: Transport;
  now: () => Date;
  randomUUID: () => string;
  clientVersion: string;
}

export function createCaller(mailbox: Mailbox, options: CallerOptions): Caller {
  const { transport, now, randomUUID, clientVersion } = options;
  const base = baseOf(mailbox);
  const problem = certificateProblem(mailbox.tls ?? {}, now());
  if (problem !== undefined) throw new MeshError('certificate', `The mailbox cannot be used: ${problem}`);
  const owner = mailbox.mailbox.toUpperCase();

  async function once(call: Call): Promise<MeshResponse> {
    const { action, method, path, body, repeatable, signal } = call;
    if (signal?.aborted) {
      throw new MeshError('cancelled', couldNot({ action }, 'it was cancelled.'), call.delivers ? { sent: 'no' } : {});
    }
    const authorization = authorizationHeader({
      ...mailbox,
      mailbox: owner,
      nonce: randomUUID(),
      count: 0,
      time: now(),
    });
    const hash = authorization.slice(authorization.lastIndexOf(':') + 1);
    const attempt: Attempt = {
      action,
      recipient: call.recipient,
      messageId: call.messageId,
      mailbox: owner,
      host: base.host,
      secrets: [mailbox.password, mailbox.sharedKey, authorization, hash, ...(call.private ?? [])],
    };
    const url = typeof path === 'string' ? new URL(base.href + path) : path;
    const headers = {
      ...call.headers,
      Authorization: authorization,
      Accept: 'application/vnd.mesh.v2+json',
      'User-Agent': clientVersion,
    };
    const failed = (error: MeshError, failure?: unknown) =>
      call.delivers ? withOutcome(error, outcomeOf(error, failure)) : error;
    let response: MeshResponse;
    try {
      response = await transport({ method, url, headers, body, repeatable }, signal);
    } catch (failure) {
      throw failed(errorFromFailure(signal?.aborted ? { name: 'AbortError' } : failure, attempt), failure);
    }
    if (call.expect.includes(response.status)) return response;
    throw failed(errorFromResponse(response, attempt, now()));
  }

  const repeat: Caller['repeat'] = (attempt, about) => repeated(attempt, options, about);
  return { owner, base, now, once, repeat, again: (call) => repeat(() => once({ ...call, repeatable: true }), call) };
}

/** People give the address with and without `/messageexchange`. */
function baseOf({ endpoint, mailbox, password, sharedKey }: Mailbox): URL {
  const wrong = (what: string) => new MeshError('invalid-request', `The mailbox cannot be used: ${what}`);
  if (endpoint.protocol !== 'https:' && endpoint.protocol !== 'http:')
    throw wrong('its endpoint is not an http address.');
  if (endpoint.protocol === 'http:' && !isLoopback(endpoint)) {
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

/** One part of a path. `what` names it in the error; its text may be anything, a patient's name among it. */
export function pathPart(text: string, action: string, what = 'message id'): string {
  // A URL would swallow dots as steps to another folder.
  if (/^\.{0,2}$/.test(text) || /[\ud800-\udfff]/u.test(text))
    throw new MeshError('invalid-request', couldNot({ action }, `the ${what} is not one.`));
  return encodeURIComponent(text);
}

/** An id fit for a sentence: ids come from the server, and from there may come anything. */
export function named(messageId: string): string {
  return /^[\w.-]{1,100}$/.test(messageId) ? `message ${messageId}` : 'the message';
}

/** MESH answered, and in no way that MESH does. */
export function strange(action: string, what: string): MeshError {
  return new MeshError('server', `${couldNot({ action }, what)}. Check that the endpoint is a MESH server.`);
}
