// The files that a client of a TLS sandbox needs. The keys in them are worth something only while that sandbox runs; they
// are readable by their owner alone all the same, and no file that is not the sandbox's own is ever written over.
import fs from 'node:fs';
import path from 'node:path';
import type { Sandbox } from '../mesh/sandbox/sandbox';
import { CommandError } from './exit';

/** As the person named them. */
export interface CertificateFiles {
  authority: string;
  /** Where client certificates are demanded. */
  client?: { certificate: string; key: string; pkcs12: string; passphrase: string };
}

type Made = Pick<Sandbox, 'authority' | 'clientCertificate' | 'clientPkcs12'>;

/** In front of the authority's certificate: whoever reads PEM skips it, and by it the sandbox knows its own folder again. */
const MARK =
  'The authority of a sandbox (itk3 sandbox), new at each start. It protects nothing: trust it in tests only.\n';

const NAMES = { authority: 'authority.pem', certificate: 'client.pem', key: 'client-key.pem', pkcs12: 'client.p12' };

/** Where they will go; throws a CommandError when they cannot. @param folder relative to `cwd` */
export function certificatesIn(folder: string | undefined, cwd: string) {
  if (folder === undefined) {
    throw new CommandError(
      'TLS needs a folder for the certificates that your client has to trust: add --certificates DIR, for instance --certificates certs.',
    );
  }
  const place = (name: string) => path.resolve(cwd, folder, name);
  const shown = (name: string) => path.join(folder, name);
  inWords(folder, () => {
    fs.mkdirSync(place(''), { recursive: true, mode: 0o700 });
    const foreign = isOwn(place(NAMES.authority))
      ? undefined
      : Object.values(NAMES).find((name) => fs.existsSync(place(name)));
    if (foreign !== undefined) {
      throw new CommandError(
        `${shown(foreign)} was not written by the sandbox, which will not write over it: name a new or empty folder.`,
      );
    }
    fs.accessSync(place(''), fs.constants.W_OK);
  });
  const keep = (name: string, content: string | Buffer) => {
    fs.rmSync(place(name), { force: true });
    // wx: should someone put a link there in between, it is not followed.
    fs.writeFileSync(place(name), content, { mode: 0o600, flag: 'wx' });
    return shown(name);
  };
  return {
    /** Throws a CommandError when the disk will not. */
    write({ authority = '', clientCertificate, clientPkcs12 }: Made): CertificateFiles {
      return inWords(folder, () => {
        for (const name of Object.values(NAMES)) fs.rmSync(place(name), { force: true });
        const files = { authority: keep(NAMES.authority, MARK + authority) };
        if (!clientCertificate || !clientPkcs12) return files;
        const { cert, key } = clientCertificate;
        const { pfx, passphrase } = clientPkcs12;
        const client = {
          certificate: keep(NAMES.certificate, cert),
          key: keep(NAMES.key, key),
          pkcs12: keep(NAMES.pkcs12, pfx),
          passphrase,
        };
        return { ...files, client };
      });
    },
  };
}

function isOwn(authority: string): boolean {
  return fs.existsSync(authority) && fs.readFileSync(authority, 'latin1').startsWith(MARK);
}

const PROBLEMS: Record<string, string> = {
  EEXIST: 'is a file, not a folder',
  ENOTDIR: 'is not a folder, or lies in a file',
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a disk that cannot be written',
  ENOSPC: 'is on a disk that is full',
};

function inWords<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    const reason = PROBLEMS[code] ?? `cannot be used (${code})`;
    throw new CommandError(`--certificates: ${folder} ${reason}. Name another folder.`);
  }
}
