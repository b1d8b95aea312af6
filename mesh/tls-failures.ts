// Why TLS failed, in a person's words: what is the matter with the server's certificate, or with one's own.
import type { Circumstances } from './transport';

/** Says what failed and what to do. `host` is the server's name and port. */
export type Sentence = (host: string, circumstances: Partial<Circumstances>) => string;

/** The first that fits. Codes are those of Node, OpenSSL and BoringSSL. */
export const TLS_MEANINGS: readonly [code: RegExp, sentence: Sentence][] = [
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    (host) => `the server's certificate was made for another name than ${host}. Check the address.`,
  ],
  [
    /^CERT_HAS_EXPIRED$/,
    (host) =>
      `the server's certificate (${host}) has expired. Check this machine's clock; if it is right, tell the server's owner.`,
  ],
  [
    /^CERT_NOT_YET_VALID$/,
    (host) =>
      `the server's certificate (${host}) is not valid yet. Check this machine's clock; if it is right, tell the server's owner.`,
  ],
  [
    /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
    (host) =>
      `the server's certificate (${host}) is its own authority, which is not trusted here. Check the address; if it is right, give the environment's CA file.`,
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_SIGNATURE_FAILURE)$/,
    (host, { authorities }) =>
      authorities
        ? `the server's certificate (${host}) comes from an authority that is not in the CA file. Check that the file is this environment's.`
        : `the server's certificate (${host}) comes from an authority that is not trusted here. Give the environment's CA file.`,
  ],
  [
    /^(CERT_(REVOKED|REJECTED|UNTRUSTED|CHAIN_TOO_LONG)|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED)$/,
    (host) =>
      `the server's certificate (${host}) is not fit for a server. Check the address, and tell the server's owner.`,
  ],
  [
    /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/,
    (host) => `${host} does not speak https. A local sandbox without TLS is reached with http.`,
  ],
  [
    /^ERR_SSL_(UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|\w+_ALERT_PROTOCOL_VERSION)$/,
    (host) => `${host} speaks an old version of TLS only, and MESH asks for 1.2 or later. Tell the server's owner.`,
  ],
  [
    /^ERR_SSL_\w+_(ALERT_)?CERTIFICATE_EXPIRED$/,
    (host) => `your client certificate has expired, says ${host}. Ask for a new one, and give its file.`,
  ],
  [
    /^ERR_SSL_\w+_(ALERT_)?CERTIFICATE_REVOKED$/,
    (host) => `your client certificate was revoked, says ${host}. Ask for a new one, and give its file.`,
  ],
  [
    /^ERR_SSL_\w+_ALERT_UNKNOWN_CA$/,
    (host, { certificate }) =>
      certificate === false
        ? missing(host)
        : `your client certificate comes from an authority that ${host} does not accept. Check that its file is this environment's, or ask for a new one.`,
  ],
  [
    /^ERR_SSL_\w+_(ALERT_)?(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED|DECRYPT_ERROR)$/,
    (host, { certificate }) =>
      certificate
        ? `your client certificate was not accepted by ${host}. Check that its file is this mailbox's and this environment's, or ask for a new one.`
        : missing(host),
  ],
  [
    /^ERR_(OSSL|CRYPTO)_\w+$/,
    () => 'your client certificate, its key or the CA file cannot be read. Check the files and the pass phrase.',
  ],
];

const missing = (host: string) =>
  `your client certificate is missing: ${host} asks for one. Give the one made for this mailbox and environment.`;
