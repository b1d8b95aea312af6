// Certificates of a mailbox: the settings name files, and the files are read when they are needed.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { MeshError } from '../mesh/errors';
import type { TlsOptions } from '../mesh/transport';
import type { Place } from './place';

const FILES = { certificate: 'cert', key: 'key', authorities: 'ca' } as const;

/**
 * Paths are absolute or start with `~/`: what a relative one is relative to would be a guess.
 * Undefined when the mailbox names none. Throws a MeshError that names the property whose file cannot be read.
 */
export function readCertificates({ certificates }: Place): TlsOptions | undefined {
  if (!certificates) return undefined;
  const tls: TlsOptions = {};
  for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
    const file = certificates[name];
    if (file === undefined) continue;
    const whole = file.replace(/^~(?=[\\/])/, homedir());
    if (!path.isAbsolute(whole))
      throw new MeshError(
        'certificate',
        `The mailbox cannot be used: "${name}" in the setting itk3.mailboxes is a relative path. Give the whole path, or one that starts with ~/.`,
      );
    try {
      tls[FILES[name]] = readFileSync(whole);
    } catch {
      throw new MeshError(
        'certificate',
        `The mailbox cannot be used: the file that "${name}" names in the setting itk3.mailboxes cannot be read.`,
      );
    }
  }
  return tls;
}
