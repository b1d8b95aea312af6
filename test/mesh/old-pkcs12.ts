// PKCS#12 as it was made until a few years ago, and as nobody should make it any more: certificates locked with RC2 of 40
// bits, the key with Triple DES. Today's OpenSSL reads the second of these only.
import { randomBytes } from 'node:crypto';
import { asn1, hmac, pkcs12, pki, rc2, util } from 'node-forge';
import type { Identity } from '../../mesh/sandbox/certificates';

const { SEQUENCE, INTEGER, OCTETSTRING, OID } = asn1.Type;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;
/** The types do not know it. */
const { generateKey } = pkcs12 as unknown as {
  generateKey: (secret: string, salt: util.ByteBuffer, id: number, rounds: number, length: number) => util.ByteBuffer;
};
const ROUNDS = 2048;
const RC2_40 = '1.2.840.113549.1.12.1.6';

const sequence = (...value: asn1.Asn1[]) => asn1.create(UNIVERSAL, SEQUENCE, true, value);
const octets = (value: string) => asn1.create(UNIVERSAL, OCTETSTRING, false, value);
const number = (value: number) => asn1.create(UNIVERSAL, INTEGER, false, asn1.integerToDer(value).getBytes());
const oid = (id: string) => asn1.create(UNIVERSAL, OID, false, asn1.oidToDer(id).getBytes());
const explicit = (value: asn1.Asn1) => asn1.create(CONTEXT_SPECIFIC, asn1.Type.NONE, true, [value]);
const der = (value: asn1.Asn1) => asn1.toDer(value).getBytes();
const child = (value: asn1.Asn1, ...path: number[]) =>
  path.reduce((inner, index) => (inner.value as asn1.Asn1[])[index]!, value);
const data = (value: string) => sequence(oid(pki.oids.data!), explicit(octets(value)));

export function oldPkcs12({ cert, key }: Identity, passphrase: string): Buffer {
  const certificate = pki.certificateFromPem(cert);
  const half = pkcs12.toPkcs12Asn1(pki.privateKeyFromPem(key), certificate, passphrase, { algorithm: '3des' });
  // Its safes: the certificates in the clear, then the key.
  const [certificates, keys] = asn1.fromDer(child(half, 1, 1, 0).value as string).value as asn1.Asn1[];
  const safes = der(sequence(locked(child(certificates!, 1, 0).value as string, passphrase), keys!));
  const salt = randomBytes(8).toString('latin1');
  const mac = hmac.create();
  mac.start('sha1', generateKey(passphrase, util.createBuffer(salt), 3, ROUNDS, 20).getBytes());
  mac.update(safes);
  const digest = sequence(sequence(oid(pki.oids.sha1!)), octets(mac.getMac().getBytes()));
  const store = sequence(number(3), data(safes), sequence(digest, octets(salt), number(ROUNDS)));
  return Buffer.from(der(store), 'latin1');
}

function locked(plain: string, passphrase: string): asn1.Asn1 {
  const salt = randomBytes(8).toString('latin1');
  const derive = (id: number, length: number) => generateKey(passphrase, util.createBuffer(salt), id, ROUNDS, length);
  const cipher = rc2.createEncryptionCipher(derive(1, 5), 40);
  cipher.start(derive(2, 8));
  cipher.update(util.createBuffer(plain));
  cipher.finish();
  const algorithm = sequence(oid(RC2_40), sequence(octets(salt), number(ROUNDS)));
  const content = asn1.create(CONTEXT_SPECIFIC, asn1.Type.NONE, false, cipher.output.getBytes());
  return sequence(
    oid(pki.oids.encryptedData!),
    explicit(sequence(number(0), sequence(oid(pki.oids.data!), algorithm, content))),
  );
}
