// A send failed: whether MESH may have the message all the same. When in doubt, it may.
import { amend } from './errors';
import type { MeshError } from './errors';
import type { Circumstances } from './transport';

/** A connection that never was. Anything else may have carried the whole message before it broke. */
const NEVER_CONNECTED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/;

/** Certificates are looked at before the request is read. Other faults of TLS can come at any time. */
const BEFORE_THE_REQUEST =
  /CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS_|ERR_OSSL_|ERR_CRYPTO_|_ALERT_(UNKNOWN_CA|HANDSHAKE_FAILURE|PROTOCOL_VERSION|ACCESS_DENIED)|WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL/;

/** @param failure what the transport threw, if it threw */
export function outcomeOf({ kind, status, code }: MeshError, failure?: unknown): 'no' | 'unknown' {
  // Redirects and refusals are answers of somebody who did not take it; a server's own fault may come after it did.
  if (status !== undefined) return status >= 300 && status < 500 ? 'no' : 'unknown';
  if (kind === 'invalid-request' || isConnecting(failure)) return 'no';
  if (kind === 'certificate') return BEFORE_THE_REQUEST.test(code ?? '') ? 'no' : 'unknown';
  return NEVER_CONNECTED.test(code ?? '') ? 'no' : 'unknown';
}

/** The transport says how far it came; of another one's failures Node names the call, and `connect` comes first. */
function isConnecting(failure: unknown): boolean {
  const { syscall, circumstances } = (typeof failure === 'object' && failure !== null ? failure : {}) as {
    syscall?: unknown;
    circumstances?: Circumstances;
  };
  return circumstances?.connected === false || syscall === 'connect' || syscall === 'getaddrinfo';
}

/**
 * The last word on a send that failed: whether MESH may have it, and what to do. What did not say otherwise failed before
 * the message could be with MESH.
 */
export function withOutcome(error: MeshError): MeshError {
  const { sent = 'no', upload } = error;
  const had = upload && `MESH has ${upload.taken} of ${upload.of} parts`;
  if (sent === 'no') return amend(error, { sent }, had && `${had}: sending can go on from there.`);
  const advice = had
    ? `. ${had} for certain: go on from there, which sends nothing twice.`
    : ': look before you send it again.';
  return amend(error, {}, `It may have arrived all the same${advice}`);
}
