import assert from 'node:assert/strict';
import { proxyFor } from '../../mesh/which-proxy';

const mesh = new URL('https://mesh.example');
const proxy = 'http://proxy.example:8080';

describe('the proxy that leads to a server', () => {
  const found = (...given: Parameters<typeof proxyFor>): string | undefined => {
    const one = proxyFor(...given);
    return one instanceof URL ? one.href : one;
  };

  it('is the one of the settings, else the environment’s', () => {
    const env = { HTTPS_PROXY: 'http://env.example:1' };
    assert.equal(found(mesh, { proxy }, env), 'http://proxy.example:8080/');
    assert.equal(found(mesh, { proxy: ' ' }, env), 'http://env.example:1/');
    assert.equal(found(mesh, {}, { http_proxy: 'env.example:3128' }), 'http://env.example:3128/');
    assert.equal(found(mesh, {}, {}), undefined);
  });

  it('is none for this machine', () => {
    for (const address of ['https://localhost', 'https://127.0.0.1:8443', 'https://127.1.2.3', 'https://[::1]'])
      assert.equal(found(new URL(address), { proxy }, {}), undefined, address);
    assert.ok(found(new URL('https://127.0.0.1.example'), { proxy }, {}));
  });

  for (const [entry, excepted] of [
    ['mesh.example', true],
    ['MESH.example', true],
    ['.example', true],
    ['*.example', true],
    ['example', true],
    ['*', true],
    ['mesh.example:443', true],
    ['mesh.example:8443', false],
    ['sh.example', false],
    ['other.example', false],
    ['', false],
  ] as const)
    it(`${excepted ? 'is none' : 'is needed'} where "${entry}" is excepted`, () => {
      const expected = excepted ? undefined : 'http://proxy.example:8080/';
      assert.equal(found(mesh, { proxy, noProxy: [entry] }, {}), expected);
      assert.equal(found(mesh, { proxy }, { NO_PROXY: `a.test, ${entry}` }), expected);
    });

  it('reads the environment’s exceptions only where the settings have none', () => {
    assert.equal(found(mesh, { proxy, noProxy: ['a.test'] }, { NO_PROXY: '*' }), 'http://proxy.example:8080/');
  });

  it('says so when it is no address: nobody is led past a proxy unawares', () => {
    assert.equal(found(mesh, { proxy: 'http://[oops' }, {}), 'no address');
  });
});
