// A mailbox and where it is, without its secrets. Pure: no editor here.
import type { Format } from '../core/document/source-document';
import type { Credentials } from '../mesh/authorization';
import { environmentOf, isLoopback } from '../mesh/environments';

export interface Place {
  /** What people call it. */
  name: string;
  endpoint: URL;
  /** Upper case. */
  mailbox: string;
  /** What it is grouped by: "Local sandbox", "Integration", "LIVE", or what the team calls it. */
  environment: string;
  /** Where it is configured; the nearest, where it is several times. Undefined of the window's sandbox, and of what is not kept yet. */
  source?: PlaceSource;
  /** The team says of this address, which is none of the known ones, that it leads to live MESH. */
  live?: true;
  /** Paths of files: the client's certificate (PEM or PKCS#12) and key, and the authorities that the server is checked by. */
  certificates?: { certificate?: string; key?: string; authorities?: string };
  /** The form in which messages leave from here; without it, `USUAL_FORMAT`. */
  format?: Format;
  /** Of a sandbox only, the one place from which nothing leaves this machine: its mailbox, and the public password that protects nothing. */
  sandbox?: Credentials;
  /** That sandbox is another process's, and its address tells which. */
  apart?: true;
}

/** The file `.vscode/itk3.json` that a team shares, the workspace's settings, or the person's own. */
export type PlaceSource = 'team' | 'workspace' | 'user';

/** What the window's own sandbox is grouped by. */
export const LOCAL_SANDBOX = 'Local sandbox';

/** The key of the sandbox's mailbox, wherever the sandbox listens. */
export const SANDBOX = 'sandbox';

/** Names a place for storage: the same mailbox at another address is another place. */
export function keyOf({ endpoint, mailbox, sandbox, apart }: Place): string {
  return sandbox && !apart ? SANDBOX : `${endpoint.href} ${mailbox}`;
}

/** `X26ABC · mesh.example`. */
export function whereIs(place: Pick<Place, 'mailbox' | 'endpoint' | 'live'>): string {
  const { mailbox, endpoint } = place;
  return `${mailbox} · ${isLive(place) ? 'LIVE ' : ''}${endpoint.host}${isLoopback(endpoint) ? ' (this machine)' : ''}`;
}

/** True of the servers where messages are about real people. A tunnel to one cannot be told but by the team, so give the place where it is known. */
export function isLive(at: URL | Pick<Place, 'endpoint' | 'live'>): boolean {
  const endpoint = at instanceof URL ? at : at.endpoint;
  return environmentOf(endpoint)?.live === true || (!(at instanceof URL) && at.live === true);
}

/** The server that an address leads to, whatever its path: this machine has several names. */
export function serverOf(endpoint: URL): string {
  const { hostname, port, protocol } = endpoint;
  const host = isLoopback(endpoint) ? 'this machine' : hostname.toLowerCase().replace(/\.$/, '');
  return `${host}:${port || (protocol === 'http:' ? '80' : '443')}`;
}

/** What an address is grouped by where nobody gave it a name. A tunnel on this machine may lead anywhere. */
export function environmentName(endpoint: URL): string {
  const environment = environmentOf(endpoint);
  if (!environment) return endpoint.host;
  if (environment.live) return 'LIVE';
  return environment.network === 'this machine' ? `This machine, ${endpoint.host}` : environment.name;
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
