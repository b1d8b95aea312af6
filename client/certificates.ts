// Certificates of a mailbox: the settings name files, and the files are read when they are needed.
import { readFileSync } from 'node:fs';
import { MeshError } from '../mesh/errors';
import type { TlsOptions } from '../mesh/transport';
import type { Place } from './place';

const FILES = { certificate: 'cert', key: 'key', authorities: 'ca' } as const;

/** Undefined when the mailbox names none. Throws a MeshError that names the property whose file cannot be read. */
export function readCertificates({ certificates }: Place): TlsOptions | undefined {
  if (!certificates) return undefined;
  const tls: TlsOptions = {};
  for (const name of Object.keys(FILES) as (keyof typeof FILES)[]) {
    const file = certificates[name];
    if (file === undefined) continue;
    try {
      tls[FILES[name]] = readFileSync(file);
    } catch {
      throw new MeshError(
        'certificate',
        `The mailbox cannot be used: the file that "${name}" names in the setting itk3.mailboxes cannot be read.`,
      );
    }
  }
  return tls;
}
