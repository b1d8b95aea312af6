import assert from 'node:assert/strict';
import { printPage } from '../../client/preview/print-page';
import { serveOnce } from '../../client/preview/print-server';

describe('a page to be printed', () => {
  it('is handed over once, to whoever knows its address, and then nobody listens', async () => {
    const address = await serveOnce((nonce) =>
      printPage({ name: 'a<b.json', parts: [{ key: 'head', html: '<p>Words</p>' }] }, '', nonce),
    );
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
    assert.equal((await fetch(new URL('/', address))).status, 404);
    assert.equal((await fetch(address, { method: 'POST' })).status, 404);
    const page = await fetch(address);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    const text = await page.text();
    const [, nonce] = /script-src 'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '') ?? [];
    assert.ok(nonce && text.includes(`<script nonce="${nonce}">`));
    assert.match(text, /<title>a&lt;b\.json<\/title>/);
    assert.match(text, /<p>Words<\/p>/);
    await assert.rejects(fetch(address));
  });
});
