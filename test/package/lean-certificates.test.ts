// The build leaves out what of node-forge no certificate asks for: what it carries does the whole of its work all the same.
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import path from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type * as Certificates from '../../mesh/sandbox/certificates';

const DAY = 24 * 60 * 60 * 1000;

describe('dist/certificates.js', function () {
  this.timeout(20_000);

  it('makes an authority, a server that is believed and a PKCS#12 that opens', async () => {
    const made = createRequire(__filename)(path.resolve('dist/certificates.js')) as typeof Certificates;
    const now = Date.now();
    const validity = { from: new Date(now - DAY), until: new Date(now + DAY) };
    const authority = await made.createAuthority('Quillfeather Authority', validity);
    const commonName = made.clientName('X26HC001', 'X26');
    const server = await made.createCertificate(authority, {
      commonName: 'localhost',
      use: 'server',
      hosts: ['localhost'],
      ...validity,
    });
    const client = await made.createCertificate(authority, { commonName, use: 'client', ...validity });
    assert.equal(new X509Certificate(client.cert).subject, `CN=${commonName}`);
    assert.equal(createPrivateKey(client.key).asymmetricKeyType, 'rsa');

    const pfx = made.toPkcs12(client, authority.cert, 'Quillfeather opens it');
    const listener = createServer({ ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const met = once(listener, 'secureConnection') as Promise<[TLSSocket]>;
    const { port } = listener.address() as AddressInfo;
    const socket = connect({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: authority.cert,
      pfx,
      passphrase: 'Quillfeather opens it',
    });
    try {
      await once(socket, 'secureConnect');
      const [accepted] = await met;
      assert.equal(accepted.getPeerCertificate().subject.CN, commonName);
      accepted.end();
    } finally {
      socket.destroy();
      listener.close();
    }
  });
});
