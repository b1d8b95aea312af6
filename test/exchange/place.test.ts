import assert from 'node:assert/strict';
import { keyOf, readEndpoint, readMailboxId, readRecipient, whereIs } from '../../exchange/place';

describe('the address of a MESH server', () => {
  for (const good of [
    'https://mesh.example',
    ' https://mesh.example/messageexchange ',
    'http://127.0.0.1:8700',
    'http://localhost:8700',
    'http://[::1]:8700',
  ])
    it(`may be ${good.trim()}`, () => assert.ok(readEndpoint(good) instanceof URL));
  for (const [bad, sentence] of [
    ['', /starts with https/],
    ['mesh.example', /starts with https/],
    ['ftp://mesh.example', /starts with https/],
    ['http://mesh.example', /only for a sandbox on this machine/],
    ['http://127.0.0.1.mesh.example', /only for a sandbox on this machine/],
    ['https://user:word@mesh.example', /take the user name and password out/],
  ] as const)
    it(`may not be "${bad}"`, () => assert.match(String(readEndpoint(bad)), sentence));

  it('is part of what a password is kept under', () => {
    const place = { name: 'A', endpoint: new URL('https://mesh.example'), mailbox: 'X26', environment: 'mesh.example' };
    assert.notEqual(keyOf(place), keyOf({ ...place, endpoint: new URL('https://other.example') }));
    assert.equal(keyOf(place), keyOf({ ...place, name: 'B' }));
  });

  it('is told with the mailbox', () => {
    assert.equal(whereIs({ mailbox: 'X26', endpoint: new URL('https://mesh.example') }), 'X26 · mesh.example');
    const tunnel = new URL('https://localhost:8443');
    assert.equal(whereIs({ mailbox: 'X26', endpoint: tunnel }), 'X26 · localhost:8443 (this machine)');
  });
});

describe('a recipient', () => {
  for (const [text, read] of [
    [' x26surgery ', 'X26SURGERY'],
    ['X26 SURGERY', undefined],
    ['', undefined],
    ['GPPROVIDER_9990142017_19560229_Testwell', 'GPPROVIDER_9990142017_19560229_Testwell'],
    ['gpprovider_9990142017_19560229_O’Test', 'GPPROVIDER_9990142017_19560229_O’Test'],
    ['GPPROVIDER_9990142017_Testwell', undefined],
    ['GPPROVIDER', undefined],
  ] as const)
    it(`"${text}" is ${read ?? 'refused'}`, () => assert.equal(readRecipient(text), read));

  it('is no mailbox to send from when it is a patient’s practice', () => {
    assert.equal(readMailboxId('GPPROVIDER_9990142017_19560229_TESTWELL'), undefined);
  });
});
