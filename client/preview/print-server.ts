// Hands a page to a browser, once. A webview of VS Code can print nothing, and nothing of a patient is to be left on the disk.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { policyOf } from './policy';

/** Milliseconds for which it waits for the browser. */
const PATIENCE = 60_000;

/**
 * @param page made with the nonce that its style and script carry
 * @returns its address on this machine, which nobody can guess and which holds for one request
 */
export async function serveOnce(page: (nonce: string) => string): Promise<string> {
  const nonce = randomBytes(18).toString('base64');
  const path = `/${randomBytes(24).toString('base64url')}`;
  let isServed = false;
  const server = createServer((request, response) => {
    if (isServed || request.method !== 'GET' || request.url !== path) {
      response.writeHead(404, { 'cache-control': 'no-store', connection: 'close' }).end();
      return;
    }
    isServed = true;
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policyOf(nonce)}; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    response.end(page(nonce), () => server.close());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const late = setTimeout(() => server.close(), PATIENCE).unref();
  server.once('close', () => clearTimeout(late));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
}
