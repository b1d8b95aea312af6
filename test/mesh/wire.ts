// Requests to a sandbox as they stand on the wire, authorised for the mailbox in the path.
import { authorizationHeader } from '../../mesh/authorization';
import type { Sandbox } from '../../mesh/sandbox/sandbox';
import { createTransport } from '../../mesh/transport';
import type { MeshResponse } from '../../mesh/transport';

export const V1 = { Accept: 'application/vnd.mesh.v1+json' };
export const V2 = { Accept: 'application/vnd.mesh.v2+json' };

let nonces = 0;

/** @param time of the token; @param request `METHOD /path` */
export function ask(
  sandbox: Pick<Sandbox, 'url'>,
  request: string,
  headers: Record<string, string> = {},
  body?: Buffer | string,
  time = new Date(),
): Promise<MeshResponse> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const mailbox = path.split('/')[2] ?? '';
  const token = { mailbox, password: 'password', sharedKey: 'TestKey', nonce: `wire${nonces++}`, count: 0, time };
  return createTransport()({
    method: method as 'GET',
    url: new URL(sandbox.url + path),
    headers: { Authorization: authorizationHeader(token), ...headers },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });
}

export const jsonOf = (response: MeshResponse): Record<string, unknown> =>
  JSON.parse(response.body.toString()) as Record<string, unknown>;

/** What a refusal of version 2 says: `417 SEND 16`. */
export function refusalIn(response: MeshResponse): string {
  const { detail = [] } = jsonOf(response) as { detail?: { event: string; code: string }[] };
  return [response.status, detail[0]?.event, detail[0]?.code].filter(Boolean).join(' ');
}
