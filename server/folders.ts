// The folders that the client has open.
import { fileURLToPath } from 'node:url';
import type { Connection, InitializeParams } from 'vscode-languageserver';

export interface Folders {
  /** Called when the client introduces itself. */
  initialize(params: InitializeParams): void;
  /** Their paths, of those that stand on disk, as they are now. */
  now(): Promise<string[]>;
}

export function createFolders(connection: Connection): Folders {
  let root: string | null | undefined;
  let canAsk = false;
  return {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what clients say that know of one folder only
    initialize({ capabilities, rootUri }) {
      canAsk = capabilities.workspace?.workspaceFolders === true;
      root = rootUri;
    },
    async now() {
      const folders = canAsk ? await connection.workspace.getWorkspaceFolders().catch(() => null) : null;
      const uris = folders ? folders.map(({ uri }) => uri) : [root];
      return uris.flatMap((uri) => pathOf(uri ?? '') ?? []);
    },
  };
}

/** Undefined of what does not stand on disk. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
