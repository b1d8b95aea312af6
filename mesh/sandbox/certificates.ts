// Certificates made on the spot: an authority, and what it certifies. Built into a file of its own, which is loaded when a
// sandbox speaks TLS with a certificate nobody gave it: nothing else in the house may import this file.
import { generateKeyPair, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { asn1, md, pki, pkcs12 } from 'node-forge';

/** PEM texts: a certificate and its private key. */
export interface Identity {
  cert: string;
  key: string;
}

export interface Validity {
  from: Date;
  until: Date;
}

export interface Certified extends Validity {
  commonName: string;
  use: 'server' | 'client';
  /** Host names and IP addresses that a server may be reached by. */
  hosts?: readonly string[];
  /** A private key in PEM. Default: a new one. */
  key?: string;
}

/** Whoever holds its key can make servers that are believed: it belongs in memory only. */
export async function createAuthority(commonName: string, validity: Validity): Promise<Identity> {
  const key = await newKey();
  return { cert: sign({ commonName, key, issuer: { commonName, key }, extensions: AUTHORITY, ...validity }), key };
}

export async function createCertificate(authority: Identity, certified: Certified): Promise<Identity> {
  const { use, hosts = [], key = await newKey(), ...subject } = certified;
  const issuer = pki.certificateFromPem(authority.cert);
  const extensions: object[] = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: use === 'server', clientAuth: use === 'client' },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
  ];
  if (hosts.length > 0) {
    const altNames = hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host }));
    extensions.push({ name: 'subjectAltName', altNames });
  }
  const commonName = (issuer.subject.getField('CN') as { value: string }).value;
  return { cert: sign({ ...subject, key, issuer: { commonName, key: authority.key }, extensions }), key };
}

/** The name that MESH asks for in a client certificate; no longer than a common name may be. */
export function clientName(localId: string, odsCode: string): string {
  const rest = `.${odsCode}.api.mesh-client.nhs.uk`;
  return localId.slice(0, Math.max(1, 64 - rest.length)) + rest;
}

/** A certificate, its key and its authority in one PKCS#12 file, encrypted as today's OpenSSL wants it. */
export function toPkcs12({ cert, key }: Identity, authority: string, passphrase: string): Buffer {
  const chain = [cert, authority].map((pem) => pki.certificateFromPem(pem));
  const store = pkcs12.toPkcs12Asn1(pki.privateKeyFromPem(key), chain, passphrase, { algorithm: 'aes256' });
  return Buffer.from(asn1.toDer(store).getBytes(), 'latin1');
}

const AUTHORITY: object[] = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  { name: 'subjectKeyIdentifier' },
];

interface Draft extends Validity {
  commonName: string;
  key: string;
  issuer: { commonName: string; key: string };
  extensions: object[];
}

function sign({ commonName, key, issuer, extensions, from, until }: Draft): string {
  const certificate = pki.createCertificate();
  const { n, e } = pki.privateKeyFromPem(key);
  certificate.publicKey = pki.setRsaPublicKey(n, e);
  // 01 in front: a serial number is positive, and has no zeros in front.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = from;
  certificate.validity.notAfter = until;
  certificate.setSubject([{ name: 'commonName', value: commonName }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer.commonName }]);
  // Copies: the library writes this certificate's own values into what it is given.
  certificate.setExtensions(extensions.map((extension) => ({ ...extension })));
  certificate.sign(pki.privateKeyFromPem(issuer.key), md.sha256.create());
  return pki.certificateToPem(certificate);
}

const generate = promisify(generateKeyPair);

/** Node's own: the library's would take seconds. RSA, because the library knows no other. */
async function newKey(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
