// A mailbox and where it is, without its secrets. Pure: no editor here.
import type { Credentials } from '../mesh/authorization';
import { environmentOf, isLoopback } from '../mesh/environments';

export interface Place {
  /** What people call it. */
  name: string;
  endpoint: URL;
  /** Upper case. */
  mailbox: string;
  /** Paths of files: the client's certificate (PEM or PKCS#12) and key, and the authorities that the server is checked by. */
  certificates?: { certificate?: string; key?: string; authorities?: string };
  /** Of the window's own sandbox only, the one place from which nothing leaves this machine: its mailbox, and the public password that protects nothing. */
  sandbox?: Credentials;
}

/** The key of the sandbox's mailbox, wherever the sandbox listens. */
export const SANDBOX = 'sandbox';

/** Names a place for storage: the same mailbox at another address is another place. */
export function keyOf({ endpoint, mailbox, sandbox }: Place): string {
  return sandbox ? SANDBOX : `${endpoint.href} ${mailbox}`;
}

/** `X26ABC · mesh.example`. */
export function whereIs({ mailbox, endpoint }: Pick<Place, 'mailbox' | 'endpoint'>): string {
  return `${mailbox} · ${isLive(endpoint) ? 'LIVE ' : ''}${endpoint.host}${isLoopback(endpoint) ? ' (this machine)' : ''}`;
}

/** True of the servers where messages are about real people. A tunnel to one cannot be told. */
export function isLive(endpoint: URL): boolean {
  return environmentOf(endpoint)?.live === true;
}

/** The address, or a sentence that says why it is none. */
export function readEndpoint(text: string): URL | string {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed))
    return 'This is no address: give one that starts with https://';
  const url = new URL(trimmed);
  if (url.protocol === 'http:' && !isLoopback(url))
    return 'Plain http is only for a sandbox on this machine: give an address that starts with https://';
  if (url.username !== '' || url.password !== '')
    return 'An address is kept in the settings: take the user name and password out of it.';
  return url;
}

/** The mailbox id in upper case; undefined when it cannot be one. */
export function readMailboxId(text: string): string | undefined {
  const id = text.trim().toUpperCase();
  return /^[A-Z0-9_-]{1,100}$/.test(id) && !id.startsWith('GPPROVIDER') ? id : undefined;
}

/** A mailbox id, or a patient's practice as `GPPROVIDER_<NHS number>_<yyyyMMdd>_<surname>`; undefined when neither. */
export function readRecipient(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^GPPROVIDER/i.test(trimmed)) return readMailboxId(trimmed);
  const address = trimmed.replace(/^GPPROVIDER/i, 'GPPROVIDER');
  return /^GPPROVIDER_\d{10}_\d{8}_[^_]+$/.test(address) ? address : undefined;
}

export const LIVE = 'LIVE: messages there are about real people, and real recipients act on them.';

/** `Integration (msg.intspineservices.nhs.uk)`; a tunnel on this machine may lead anywhere, so that is not called a sandbox. */
export function tellEnvironment(endpoint: URL): string {
  const environment = environmentOf(endpoint);
  if (isLoopback(endpoint)) return `${endpoint.host} (this machine)`;
  if (!environment) return endpoint.host;
  return `${environment.live ? 'LIVE' : environment.name} (${endpoint.host})`;
}
