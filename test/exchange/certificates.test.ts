import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCertificates, stateOfCertificates, wantsPassphrase } from '../../exchange/certificates';
import { MeshError } from '../../mesh/errors';
import {
  createAuthority,
  createCertificate,
  clientName,
  type Identity,
  toPkcs12,
} from '../../mesh/sandbox/certificates';

describe('the certificates of a mailbox', () => {
  const place = { name: 'A', endpoint: new URL('https://mesh.example'), mailbox: 'X26', environment: 'mesh.example' };
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'certificates-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('are none where none are named', () => assert.equal(readCertificates(place), undefined));

  it('are read from the files that the settings name', () => {
    const file = path.join(folder, 'authorities.pem');
    writeFileSync(file, 'a certificate');
    assert.deepEqual(readCertificates({ ...place, certificates: { authorities: file } }), {
      ca: Buffer.from('a certificate'),
    });
  });

  it('may lie below the home folder', () => {
    const certificates = { certificate: '~/a-file-that-is-not-there.pem' };
    assert.throws(() => readCertificates({ ...place, certificates }), /"certificate" names .* cannot be read/);
  });

  it('are not looked for in a folder that is only guessed', () => {
    const certificates = { certificate: 'package.json' };
    assert.throws(() => readCertificates({ ...place, certificates }), /"certificate" .* is a relative path/);
  });

  it('that cannot be read are told by the name of the property', () => {
    const certificates = { key: path.join(folder, 'absent.pem') };
    assert.throws(
      () => readCertificates({ ...place, certificates }),
      (error) => error instanceof MeshError && error.kind === 'certificate' && error.message.includes('"key"'),
    );
  });

  it('are read as PKCS#12 by the name of the file, which brings its key', () => {
    const file = path.join(folder, 'client.P12');
    writeFileSync(file, 'a store');
    assert.deepEqual(readCertificates({ ...place, certificates: { certificate: file, key: '/nowhere' } }), {
      pfx: Buffer.from('a store'),
    });
  });

  it('are known to be others when a file is named or replaced', () => {
    const file = path.join(folder, 'replaced.pem');
    writeFileSync(file, 'one');
    utimesSync(file, 1, 1);
    const named = { ...place, certificates: { certificate: file } };
    const before = stateOfCertificates(named);
    assert.equal(stateOfCertificates(named), before);
    utimesSync(file, 2, 2);
    assert.notEqual(stateOfCertificates(named), before);
    assert.notEqual(stateOfCertificates(named), stateOfCertificates(place));
  });
});

describe('the pass phrase of a certificate', () => {
  let identity: Identity;
  let locked: string;
  let pfx: Buffer;
  before(async function () {
    // Making keys takes a while on a busy machine.
    this.timeout(20_000);
    const validity = { from: new Date('2026-01-01'), until: new Date('2036-01-01') };
    const authority = await createAuthority('An authority', validity);
    identity = await createCertificate(authority, { commonName: clientName('X26', 'X26'), use: 'client', ...validity });
    pfx = toPkcs12(identity, authority.cert, 'right');
    const lock = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' } as const;
    locked = createPrivateKey(identity.key).export(lock).toString();
  });

  it('is wanted by PKCS#12 until it is the right one', () => {
    assert.deepEqual(
      [undefined, '', 'wrong', 'right'].map((phrase) => wantsPassphrase({ pfx }, phrase)),
      [true, true, true, false],
    );
  });

  it('is wanted by an encrypted key until it is the right one', () => {
    const tls = { cert: identity.cert, key: locked };
    assert.deepEqual(
      [undefined, 'wrong', 'right'].map((phrase) => wantsPassphrase(tls, phrase)),
      [true, true, false],
    );
  });

  it('is not wanted where there is nothing to open, or nothing that it would open', () => {
    assert.ok(!wantsPassphrase(undefined, undefined));
    assert.ok(!wantsPassphrase({ ca: identity.cert }, undefined));
    assert.ok(!wantsPassphrase({ cert: identity.cert, key: identity.key }, undefined));
    assert.ok(!wantsPassphrase({ pfx: Buffer.from('no store') }, undefined));
    assert.ok(!wantsPassphrase({ cert: identity.cert, key: 'no key' }, undefined));
  });
});
