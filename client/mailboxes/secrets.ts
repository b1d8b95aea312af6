// How a person is asked for passwords, shared keys and pass phrases.
import * as vscode from 'vscode';
import type { Secrets } from './secret-keeper';

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
