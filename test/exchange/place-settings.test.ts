import assert from 'node:assert/strict';
import { isLive, type Place, whereIs } from '../../exchange/place';
import { mergePlaces, readPlace, withPlace } from '../../exchange/place-settings';

describe('an entry of itk3.mailboxes', () => {
  const entry = { name: 'Ours', endpoint: 'https://mesh.example', mailbox: 'x26ot001' };
  const place = {
    name: 'Ours',
    endpoint: new URL('https://mesh.example/'),
    mailbox: 'X26OT001',
    environment: 'mesh.example',
  };

  it('is a mailbox', () => {
    assert.deepEqual(readPlace(entry), place);
    assert.equal(readPlace({ ...entry, name: '' })?.name, 'X26OT001');
    assert.equal(readPlace({ ...entry, name: '  ' })?.name, 'X26OT001');
    assert.deepEqual(readPlace({ ...entry, certificate: '~/c.p12', key: '' })?.certificates, {
      certificate: '~/c.p12',
      key: undefined,
      authorities: undefined,
    });
  });

  it('names the form in which messages leave, if it is not the usual one', () => {
    assert.equal(readPlace({ ...entry, format: 'json' })?.format, 'json');
    for (const format of [undefined, 'yaml', 1]) assert.deepEqual(readPlace({ ...entry, format }), place);
    assert.deepEqual(withPlace([], { ...place, format: 'json' }), [
      { ...entry, endpoint: 'https://mesh.example/', mailbox: 'X26OT001', format: 'json' },
    ]);
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

describe('mailboxes of several settings', () => {
  it('leave in the form that the nearest names, or else in that of their environment', () => {
    const environments = [{ name: 'Ours', endpoint: new URL('https://mesh.example/'), format: 'json' as const }];
    const formatOf = (...formats: (Place['format'] | undefined)[]): Place['format'] => {
      const layers = formats.map((format) => ({ source: 'user' as const, places: [place('A', format && { format })] }));
      return mergePlaces(layers, environments)[0]?.format;
    };
    assert.equal(formatOf(undefined), 'json');
    assert.equal(formatOf('xml', 'json'), 'xml');
    assert.equal(formatOf(undefined, 'xml'), 'xml');
    assert.equal(mergePlaces([{ source: 'user', places: [place('A')] }], [])[0]?.format, undefined);
  });

  const place = (mailbox: string, more: Partial<Place> = {}): Place => ({
    name: mailbox,
    endpoint: new URL('https://mesh.example/'),
    mailbox,
    environment: 'mesh.example',
    ...more,
  });

  it('are one list, each with where it is from', () => {
    const merged = mergePlaces(
      [
        { source: 'workspace', places: [place('A')] },
        { source: 'team', places: [place('B')] },
        { source: 'user', places: [place('C')] },
      ],
      [],
    );
    assert.deepEqual(
      merged.map(({ mailbox, source }) => [mailbox, source]),
      [
        ['A', 'workspace'],
        ['B', 'team'],
        ['C', 'user'],
      ],
    );
  });

  it('are one mailbox where it is the same: called as the nearest calls it, with certificates that only the other has', () => {
    const far = { certificate: '/far.pem', key: '/far.key', authorities: '/far-ca.pem' };
    const merge = (near?: Place['certificates']) =>
      mergePlaces(
        [
          { source: 'team', places: [place('A', { name: 'Near', certificates: near })] },
          { source: 'user', places: [place('A', { name: 'Far', certificates: far })] },
        ],
        [],
      );
    assert.deepEqual(merge(), [place('A', { name: 'Near', source: 'team', certificates: far })]);
    assert.deepEqual(merge({ certificate: '/near.p12' })[0]?.certificates, {
      certificate: '/near.p12',
      key: undefined,
      authorities: '/far-ca.pem',
    });
    assert.deepEqual(merge({ authorities: '/near-ca.pem' })[0]?.certificates, { ...far, authorities: '/near-ca.pem' });
  });

  it('are two where they are at two addresses', () => {
    const other = place('A', { endpoint: new URL('https://other.example/') });
    assert.equal(mergePlaces([{ source: 'user', places: [place('A'), other] }], []).length, 2);
  });

  it('belong to the team’s environment at their address: its name, its authorities, and whether it is live', () => {
    const environment = {
      name: 'Gateway',
      endpoint: new URL('https://mesh.example'),
      live: true,
      authorities: '/ca.pem',
    };
    const [one] = mergePlaces([{ source: 'user', places: [place('A')] }], [{ ...environment, live: true }]);
    assert.deepEqual(
      one,
      place('A', {
        source: 'user',
        environment: 'Gateway',
        live: true,
        certificates: { certificate: undefined, key: undefined, authorities: '/ca.pem' },
      }),
    );
    assert.match(whereIs(one), /LIVE/);
    assert.ok(isLive(one));
    assert.ok(!isLive(one.endpoint));
  });

  it('are live where one team says so of their server, whatever else is said and by whichever address they reach it', () => {
    const says = (endpoint: string, live?: true) => ({
      name: 'Said',
      endpoint: new URL(endpoint),
      ...(live && { live }),
    });
    const isLiveAt = (address: string, ...environments: ReturnType<typeof says>[]): boolean => {
      const there = place('A', { endpoint: new URL(address) });
      return mergePlaces([{ source: 'user', places: [there] }], environments).every((one) => isLive(one));
    };
    const tunnel = says('https://localhost:8443', true);
    assert.ok(isLiveAt('https://localhost:8443', says('https://localhost:8443'), tunnel));
    assert.ok(isLiveAt('https://localhost:8443/another/path', tunnel));
    assert.ok(isLiveAt('https://127.0.0.1:8443', tunnel));
    assert.ok(isLiveAt('https://gateway.example.', says('https://gateway.example:443/mesh', true)));
    assert.ok(!isLiveAt('https://localhost:8444', tunnel));
    assert.ok(!isLiveAt('https://other.example', tunnel));
  });
});
