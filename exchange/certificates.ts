// Certificates of a mailbox: the settings name files, and the files are read when they are needed.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { MeshError } from '../mesh/errors';
import type { TlsOptions } from '../mesh/transport';
import type { Place } from './place';

const FILES = { certificate: 'cert', key: 'key', authorities: 'ca' } as const;

/**
 * Paths are absolute or start with `~/`: what a relative one is relative to would be a guess.
 * Undefined when the mailbox names none. Throws a MeshError that names the property whose file cannot be read.
 * @param where they are named, as it stands in a sentence
 */
export function readCertificates(
  { certificates }: Place,
  where = 'in the setting itk3.mailboxes',
): TlsOptions | undefined {
  if (!certificates) return undefined;
  const tls: TlsOptions = {};
  for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
    const file = certificates[name];
    if (file === undefined) continue;
    // PKCS#12 brings its key with it.
    const pfx = isPkcs12(certificates.certificate);
    if (pfx && name === 'key') continue;
    try {
      tls[pfx && name === 'certificate' ? 'pfx' : FILES[name]] = readFileSync(wholePath(name, file, where));
    } catch (error) {
      if (error instanceof MeshError) throw error;
      throw unusable(`the file that "${name}" names ${where} cannot be read.`);
    }
  }
  return tls;
}

/** By its name: PKCS#12 is told from a certificate in DER by nothing that is quickly seen. */
export function isPkcs12(file: string | undefined): boolean {
  return file !== undefined && /\.(p12|pfx)$/i.test(file);
}

function wholePath(name: string, file: string, where: string): string {
  const whole = file.replace(/^~(?=[\\/])/, homedir());
  if (path.isAbsolute(whole)) return whole;
  throw unusable(`"${name}" ${where} is a relative path. Give the whole path, or one that starts with ~/.`);
}

function unusable(why: string): MeshError {
  return new MeshError('certificate', `The mailbox cannot be used: ${why}`);
}

/** Changes when another file is named, or a file is replaced. */
export function stateOfCertificates({ certificates = {} }: Place): string {
  const states = Object.entries(certificates).map(([name, file]) => {
    try {
      return [name, file, statSync(wholePath(name, file, '')).mtimeMs];
    } catch {
      return [name, file];
    }
  });
  return JSON.stringify(states);
}

/** True when the key opens only with a pass phrase that is not the one given. Whatever else is wrong is told by the client. */
export function wantsPassphrase(tls: TlsOptions | undefined, passphrase: string | undefined): boolean {
  const { pfx, cert, key } = tls ?? {};
  if (!pfx && !key) return false;
  try {
    createSecureContext({ pfx, cert, key, passphrase });
    return false;
  } catch (error) {
    // OpenSSL and BoringSSL, of which VS Code has one or the other, word it each in their own way.
    const told = error instanceof Error ? error.message : '';
    return /mac verify|bad.?decrypt|(incorrect|bad|empty).?password|interrupted or cancelled/i.test(told);
  }
}
