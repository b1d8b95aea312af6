// The client of a mailbox: its secrets from the environment or a person, its way there, and proof that it may be used.
import path from 'node:path';
import { readCertificates, wantsPassphrase } from '../../exchange/certificates';
import { diagnose } from '../../exchange/diagnosis';
import { createLooks } from '../../exchange/looks';
import { type Place, whereIs } from '../../exchange/place';
import { createMeshClient, type MeshClient } from '../../mesh/client';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { realWait } from '../../mesh/retries';
import type { TlsOptions } from '../../mesh/transport';
import { proxyFor } from '../../mesh/which-proxy';
import { CommandError } from '../exit';
import type { Terminal } from '../terminal';
import { stateFolder } from './state';

/** MESH wants no more than one handshake an hour, whichever process makes it. */
const HOUR = 3_600_000;

/** Rejects with a CommandError or a MeshError that says why it may not be used. */
export async function connect(place: Place, terminal: Terminal): Promise<MeshClient> {
  const { endpoint, mailbox } = place;
  const certificates = readCertificates(place, 'of the mailbox');
  const { password, sharedKey } = place.sandbox ?? (await secretsOf(place, terminal));
  const passphrase = await passphraseOf(certificates, place, terminal);
  const tls = certificates && { ...certificates, passphrase };
  const proxy = proxyFor(endpoint, {}, terminal.env);
  if (proxy === 'no address')
    throw new CommandError('The mailbox cannot be reached: https_proxy or http_proxy holds no address of a proxy.');
  const { now, randomUUID, random, wait = realWait } = terminal;
  const options = { now, randomUUID, random, wait, clientVersion: 'itk3-toolkit==terminal' };
  const client = createMeshClient({ endpoint, mailbox, password, sharedKey, tls, proxy }, options);
  const tried = { endpoint, proxy, hasCertificate: (tls?.cert ?? tls?.pfx) !== undefined };
  try {
    await prove(client, place, terminal);
  } catch (error) {
    if (!(error instanceof MeshError) || error.kind === 'cancelled') throw error;
    const { right } = diagnose(error, tried);
    const seen = right.length > 0 ? ` Right so far: ${right.join('; ')}.` : '';
    throw new CommandError(`${sentenceOf(error)}${seen}${place.sandbox ? startIt(error, endpoint) : ''}`);
  }
  return client;
}

function startIt({ code }: MeshError, { port }: URL): string {
  return code === 'ECONNREFUSED' ? ` Does it run? itk3 sandbox --port ${port || '80'} starts it.` : '';
}

async function prove(client: MeshClient, place: Place, terminal: Terminal): Promise<void> {
  const signal = terminal.interrupted();
  // A sandbox may be another one than an hour ago.
  if (place.sandbox) return client.handshake({ signal });
  const proved = createLooks(path.join(stateFolder(terminal), 'proved'), () => undefined);
  const since = terminal.now().getTime() - ((await proved.last(place))?.getTime() ?? -Infinity);
  if (since >= 0 && since < HOUR) return undefined;
  await client.handshake({ signal });
  return proved.note(place, terminal.now());
}

type Secret = 'PASSWORD' | 'SHARED_KEY' | 'PASSPHRASE';

const WHAT: Readonly<Record<Secret, string>> = {
  PASSWORD: 'password',
  SHARED_KEY: 'shared key',
  PASSPHRASE: 'pass phrase of the certificate',
};

/** Variables hold letters, digits and "_" only. */
function variableFor(secret: Secret, { mailbox }: Place): string {
  return `ITK3_MESH_${secret}_${mailbox.replace(/[^A-Z0-9_]/g, '_')}`;
}

function fromEnvironment(secret: Secret, place: Place, { env }: Terminal): string | undefined {
  return env[variableFor(secret, place)] || env[`ITK3_MESH_${secret}`] || undefined;
}

async function secretsOf(place: Place, terminal: Terminal): Promise<{ password: string; sharedKey: string }> {
  const password = fromEnvironment('PASSWORD', place, terminal);
  const sharedKey = fromEnvironment('SHARED_KEY', place, terminal);
  return {
    password: password ?? (await askFor('PASSWORD', place, terminal)),
    sharedKey: sharedKey ?? (await askFor('SHARED_KEY', place, terminal)),
  };
}

async function passphraseOf(
  tls: TlsOptions | undefined,
  place: Place,
  terminal: Terminal,
): Promise<string | undefined> {
  const given = fromEnvironment('PASSPHRASE', place, terminal);
  if (!wantsPassphrase(tls, given)) return given;
  if (given !== undefined)
    throw new CommandError(
      `The pass phrase in ITK3_MESH_PASSPHRASE does not open the certificate of ${place.mailbox}: give the one it was made with.`,
    );
  const asked = await askFor('PASSPHRASE', place, terminal);
  if (wantsPassphrase(tls, asked))
    throw new CommandError(`This pass phrase does not open the certificate of ${place.mailbox}: nothing was done.`);
  return asked;
}

async function askFor(secret: Secret, place: Place, { ask }: Terminal): Promise<string> {
  if (!ask)
    throw new CommandError(
      `The ${WHAT[secret]} of mailbox ${place.mailbox} is not known: put it into ITK3_MESH_${secret}, or into ${variableFor(secret, place)} for this mailbox alone.`,
    );
  const given = await ask(`The ${WHAT[secret]} of ${whereIs(place)} (not shown, not kept): `, { secret: true });
  if (given === undefined || given === '')
    throw new CommandError(`Mailbox ${place.mailbox} was not used: its ${WHAT[secret]} was not given.`);
  return given;
}
