// Passwords, shared keys and pass phrases: kept in VS Code's SecretStorage, asked for once, told to nobody but the MESH client.
import * as vscode from 'vscode';
import { keyOf, type Place } from '../../exchange/place';

export interface Secrets {
  password: string;
  sharedKey: string;
  /** Of the client's certificate or its key, where they have one. */
  passphrase?: string;
}

export interface SecretKeeper {
  get(place: Place): Promise<Secrets | undefined>;
  keep(place: Place, secrets: Secrets): Promise<void>;
  forget(place: Place): Promise<void>;
}

/** By address and mailbox: a workspace's settings cannot point a kept password at another server. */
export function createSecretKeeper(storage: vscode.SecretStorage): SecretKeeper {
  const key = (place: Place): string => `itk3.mailbox ${keyOf(place)}`;
  return {
    async get(place) {
      const kept = await storage.get(key(place));
      if (kept === undefined) return undefined;
      const { password, sharedKey, passphrase } = JSON.parse(kept) as Partial<Secrets>;
      return password && sharedKey ? { password, sharedKey, ...(passphrase && { passphrase }) } : undefined;
    },
    keep: async (place, { password, sharedKey, passphrase }) =>
      storage.store(key(place), JSON.stringify({ password, sharedKey, passphrase })),
    forget: async (place) => storage.delete(key(place)),
  };
}

/** Undefined when the person gives up. */
export async function askSecrets(title: string, known?: Secrets): Promise<Secrets | undefined> {
  const ask = (prompt: string, what: string, value?: string): Thenable<string | undefined> =>
    vscode.window.showInputBox({
      title,
      prompt,
      value,
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => (text === '' ? `The ${what} cannot be empty.` : undefined),
    });
  const password = await ask(
    'Password of the mailbox; kept in the secret storage of VS Code',
    'password',
    known?.password,
  );
  if (password === undefined) return undefined;
  const sharedKey = await ask(
    'Shared key of the environment; kept in the secret storage too',
    'shared key',
    known?.sharedKey,
  );
  return sharedKey === undefined ? undefined : { ...known, password, sharedKey };
}

/** Undefined when the person gives up. @param wrong one was given that does not open it */
export async function askPassphrase(title: string, wrong: boolean): Promise<string | undefined> {
  const prompt = wrong
    ? 'This pass phrase does not open the client’s certificate: give the one it was made with'
    : 'Pass phrase of the client’s certificate; kept in the secret storage of VS Code';
  return vscode.window.showInputBox({
    title,
    prompt,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? 'The pass phrase cannot be empty.' : undefined),
  });
}
