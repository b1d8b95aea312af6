// How the window reaches a MESH server: past VS Code's own way of making requests, through the proxy that its settings name.
import * as http from 'node:http';
import * as https from 'node:https';
import * as vscode from 'vscode';
import type { NodeRequests } from '../../mesh/connections';
import { MeshError } from '../../mesh/errors';
import { proxyFor } from '../../mesh/which-proxy';

/**
 * VS Code puts a network agent of its own in the place of the one that a request brings (`http.proxySupport`). That one
 * shares connections between mailboxes with different client certificates, sends on kept connections what must not be sent
 * twice, and does not say why TLS failed. Where it did so, it left Node's own under this name.
 */
export const NODE: NodeRequests = { http: own(http).request, https: own(https).request };

function own<T extends object>(module: T): T {
  return ('__vscodeOriginal' in module ? module.__vscodeOriginal : module) as T;
}

/**
 * By the settings `http.proxy`, `http.noProxy` and `http.proxySupport`, else by the environment. `http.proxyStrictSSL` changes
 * nothing: certificates are always checked. Throws a MeshError when the setting holds no address.
 */
export function proxyOf(endpoint: URL): URL | undefined {
  const settings = vscode.workspace.getConfiguration('http');
  if (settings.get<unknown>('proxySupport') === 'off') return undefined;
  const [proxy, noProxy] = [settings.get<string>('proxy'), settings.get<string[]>('noProxy')];
  const found = proxyFor(endpoint, { proxy, noProxy }, process.env);
  if (found === 'no address')
    throw new MeshError(
      'invalid-request',
      'The mailbox cannot be used: the setting http.proxy holds no address of a proxy.',
    );
  return found;
}
