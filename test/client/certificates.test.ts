import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCertificates } from '../../client/certificates';
import { MeshError } from '../../mesh/errors';

describe('the certificates of a mailbox', () => {
  const place = { name: 'A', endpoint: new URL('https://mesh.example'), mailbox: 'X26' };
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
});
