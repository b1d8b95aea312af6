import assert from 'node:assert/strict';
import { readPlace, withPlace } from '../../exchange/place-settings';

describe('an entry of itk3.mailboxes', () => {
  const entry = { name: 'Ours', endpoint: 'https://mesh.example', mailbox: 'x26ot001' };
  const place = { name: 'Ours', endpoint: new URL('https://mesh.example/'), mailbox: 'X26OT001' };

  it('is a mailbox', () => {
    assert.deepEqual(readPlace(entry), { ...place, certificates: undefined });
    assert.equal(readPlace({ ...entry, name: '' })?.name, 'X26OT001');
    assert.deepEqual(readPlace({ ...entry, certificate: '~/c.p12', key: '' })?.certificates, {
      certificate: '~/c.p12',
      key: undefined,
      authorities: undefined,
    });
  });

  for (const wrong of [
    null,
    'X26OT001',
    { ...entry, mailbox: 1 },
    { ...entry, mailbox: 'X 26' },
    { ...entry, endpoint: 'http://mesh.example' },
    { ...entry, endpoint: 'https://user:word@mesh.example' },
  ])
    it(`is none that can be used: ${JSON.stringify(wrong)}`, () => assert.equal(readPlace(wrong), undefined));

  it('is added behind the others', () => {
    const other = { endpoint: 'https://mesh.example', mailbox: 'X26OT002' };
    assert.deepEqual(withPlace([other, 'no entry'], place), [
      other,
      'no entry',
      { ...entry, endpoint: 'https://mesh.example/', mailbox: 'X26OT001' },
    ]);
  });

  it('takes the place of the one that was there: certificates that were tried must be those that are used', () => {
    const certificates = { certificate: '/c.pem', key: '/k.pem' };
    const other = { endpoint: 'https://mesh.example', mailbox: 'X26OT002' };
    assert.deepEqual(withPlace([{ ...entry, certificate: '/old.p12' }, other], { ...place, certificates }), [
      { name: 'Ours', endpoint: 'https://mesh.example/', mailbox: 'X26OT001', ...certificates },
      other,
    ]);
  });
});
