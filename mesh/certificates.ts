// The client's own certificate, looked at before anything goes out: what a server would say of it is a broken connection.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { TlsOptions } from './transport';

/** What is wrong with certificate, key or authorities and what to do, as a whole sentence or two. */
export function certificateProblem(tls: TlsOptions, now: Date): string | undefined {
  return problemOfAuthorities(tls) ?? problemOfClient(tls, now);
}

function problemOfClient({ cert, key, pfx, passphrase }: TlsOptions, now: Date): string | undefined {
  if (pfx !== undefined) {
    if (cert !== undefined || key !== undefined)
      return 'your client certificate is given twice, as PEM and as PKCS#12. Give one of them.';
    const opened = openPkcs12(pfx, passphrase);
    return typeof opened === 'string' ? opened : opened && problemOfValidity(opened, now);
  }
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined) return 'a key is given, and no client certificate. Give the certificate too.';
  if (key === undefined) return 'your client certificate is given without its key. Give the key too.';
  const certificates = readPem(cert);
  const [own] = certificates;
  if (!own) return noCertificate(String(cert));
  const privateKey = openKey(key, passphrase);
  if (typeof privateKey === 'string') return privateKey;
  if (own.checkPrivateKey(privateKey)) return problemOfValidity(own, now);
  return certificates.some((other) => other.checkPrivateKey(privateKey))
    ? 'your client certificate is not the first in its file. Put it before those of its authorities.'
    : 'your client certificate does not belong to the key given with it. Give the key that it was asked for with.';
}

function problemOfValidity({ validFrom, validTo }: X509Certificate, now: Date): string | undefined {
  if (now.getTime() > Date.parse(validTo))
    return `your client certificate expired on ${moment(validTo)}. Ask for a new one, and give its file.`;
  if (now.getTime() < Date.parse(validFrom))
    return `your client certificate is not valid before ${moment(validFrom)}. Check this machine's clock; if it is right, wait.`;
  return undefined;
}

const moment = (text: string) => `${new Date(text).toISOString().slice(0, 16).replace('T', ' at ')} UTC`;

const CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]+-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** Those that can be read; none if one cannot. */
function readPem(pem: string | Buffer): X509Certificate[] {
  try {
    return Array.from(String(pem).matchAll(CERTIFICATE), ([block]) => new X509Certificate(block));
  } catch {
    return [];
  }
}

function noCertificate(text: string): string {
  if (/BEGIN (NEW )?CERTIFICATE REQUEST/.test(text))
    return 'the file of your client certificate holds the request for it. Give the certificate that came back.';
  if (/BEGIN [A-Z ]*PRIVATE KEY/.test(text) && !/BEGIN CERTIFICATE/.test(text))
    return 'the file of your client certificate holds a key and no certificate. Perhaps the two files are exchanged.';
  return 'the file of your client certificate cannot be read. Give it in PEM, or as PKCS#12.';
}

function openKey(key: string | Buffer, passphrase: string | undefined) {
  try {
    return createPrivateKey({ key, passphrase });
  } catch {
    if (!String(key).includes('ENCRYPTED'))
      return 'the key of your client certificate cannot be read. Give a private key in PEM.';
    return passphrase
      ? 'the pass phrase does not open the key of your client certificate. Check the pass phrase.'
      : 'the key of your client certificate is locked. Give its pass phrase.';
  }
}

/** Undefined when it is all right but nobody can tell whose it is. */
function openPkcs12(pfx: Buffer, passphrase: string | undefined): X509Certificate | string | undefined {
  try {
    const secureContext = createSecureContext({ pfx, passphrase });
    // Node has no reader of PKCS#12, but a socket that is never used tells which certificate it would show.
    const socket = new TLSSocket(new Duplex(), { isServer: true, secureContext });
    const own = socket.getX509Certificate();
    socket.destroy();
    return own;
  } catch (error) {
    const { message = '', code = '' } = error as { message?: string; code?: string };
    return PKCS12_PROBLEMS.find(([pattern]) => pattern.test(`${code} ${message}`))![1](passphrase);
  }
}

/** By what OpenSSL says, and BoringSSL, which the editor is built with. */
const PKCS12_PROBLEMS: [RegExp, (passphrase: string | undefined) => string][] = [
  [
    /mac verify|incorrect.password|bad.decrypt/i,
    (passphrase) =>
      passphrase
        ? 'the pass phrase does not open the PKCS#12 file of your client certificate. Check the pass phrase.'
        : 'the PKCS#12 file of your client certificate is locked. Give its pass phrase.',
  ],
  [
    /unsupported|unknown.(algorithm|cipher|digest|hash)/i,
    () =>
      'the PKCS#12 file of your client certificate is locked in an old way that is not read here. Make it anew: openssl pkcs12 -legacy -in OLD -out BOTH.pem, then openssl pkcs12 -export -in BOTH.pem -out NEW.',
  ],
  [
    /unable to load private key/i,
    () => 'the PKCS#12 file of your client certificate holds no key. Export it again, with its key.',
  ],
  [/(?:)/, () => 'the PKCS#12 file of your client certificate cannot be read. Give a .p12 or .pfx file.'],
];

/** Node takes a file without certificates for one that trusts nobody. */
function problemOfAuthorities({ ca }: TlsOptions): string | undefined {
  if (ca === undefined || readPem(ca).length > 0) return undefined;
  return 'the CA file holds no certificate that can be read. Give the authorities of the environment, in PEM.';
}
