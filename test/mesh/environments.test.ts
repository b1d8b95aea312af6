import assert from 'node:assert/strict';
import { ENVIRONMENTS, environmentOf, isLoopback } from '../../mesh/environments';

describe('the environments of MESH', () => {
  it('are reached by https, but for this machine', () => {
    for (const { endpoint, network } of ENVIRONMENTS)
      assert.equal(new URL(endpoint).protocol, network === 'this machine' ? 'http:' : 'https:', endpoint);
  });

  it('have ids and hosts of their own', () => {
    assert.equal(new Set(ENVIRONMENTS.map(({ id }) => id)).size, ENVIRONMENTS.length);
    assert.equal(new Set(ENVIRONMENTS.map(({ endpoint }) => new URL(endpoint).host)).size, ENVIRONMENTS.length);
  });

  it('on HSCN are deprecated, and say why', () => {
    for (const { network, deprecated } of ENVIRONMENTS)
      if (network === 'HSCN') assert.match(deprecated ?? '', /on HSCN is deprecated/);
  });

  it('that are live are the two that are', () => {
    const live = ENVIRONMENTS.filter((environment) => environment.live).map(({ id }) => id);
    assert.deepEqual(live, ['live', 'live-hscn']);
  });

  for (const { id, endpoint } of ENVIRONMENTS)
    it(`${id} is known by its address`, () => assert.equal(environmentOf(new URL(endpoint))?.id, id));

  for (const [address, id] of [
    ['https://MESH-SYNC.spineservices.nhs.uk:8443/messageexchange', 'live'],
    ['https://mesh-sync.spineservices.nhs.uk./', 'live'],
    ['https://msg.intspineservices.nhs.uk/messageexchange/', 'integration'],
    ['http://127.0.0.1:9000', 'local'],
    ['https://localhost:8443', 'local'],
    ['http://[::1]:8700', 'local'],
    ['https://mesh.example', undefined],
    ['https://mesh-sync.spineservices.nhs.uk.mesh.example', undefined],
    ['https://127.0.0.1.mesh.example', undefined],
  ] as const)
    it(`${address} is ${id ?? 'none of them'}`, () => assert.equal(environmentOf(new URL(address))?.id, id));

  it('are on this machine or not', () => {
    assert.ok(isLoopback(new URL('https://127.0.0.2:1')));
    assert.ok(!isLoopback(new URL('https://128.0.0.1')));
    assert.ok(!isLoopback(new URL('https://localhost.mesh.example')));
  });
});
