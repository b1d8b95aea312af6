// The dialogue that adds a mailbox: where, which, the secrets, and a handshake before anything is kept.
import * as vscode from 'vscode';
import { MeshError } from '../mesh/errors';
import { configuredPlace, rememberPlace } from './mailboxes';
import { keyOf, type Place, readEndpoint, readMailboxId, whereIs } from './place';
import { withProgress } from './progress';
import { askSecrets, type Secrets } from './secrets';
import type { Toolkit } from './toolkit';

type Draft = Place & { secrets: Secrets };

interface Failure {
  /** For the person. */
  sentence: string;
  certificate: boolean;
}

/** The mailbox, kept and ready; undefined when the person gives up. */
export async function addMailbox(toolkit: Toolkit): Promise<Place | undefined> {
  let draft = await askMailbox();
  while (draft) {
    const failure = await handshake(draft, toolkit);
    if (failure === undefined) return keep(draft, toolkit);
    const again = 'Change the answers';
    const insist = 'Save all the same';
    const choice = await vscode.window.showWarningMessage(
      `Mailbox ${draft.mailbox} does not work yet.`,
      { modal: true, detail: `${failure.sentence}\n\n${failure.certificate ? CERTIFICATES : NOT_SAVED}` },
      again,
      insist,
    );
    if (choice === insist) return keepPlace(draft);
    if (choice !== again) return undefined;
    draft = await askMailbox(draft);
  }
  return undefined;
}

const NOT_SAVED = 'It is not saved yet. Saved all the same, it asks for password and shared key again when it is used.';
const CERTIFICATES =
  'It is not saved yet. Certificates are named in the setting itk3.mailboxes: save it all the same, then add them there.';

/** @returns why it failed */
async function handshake(draft: Draft, { connections }: Toolkit): Promise<Failure | undefined> {
  const title = `Trying mailbox ${draft.mailbox} at ${draft.endpoint.host}`;
  return withProgress(title, draft, async (signal) => {
    try {
      await connections.connectWith(draft, draft.secrets).handshake({ signal });
      return undefined;
    } catch (error) {
      if (error instanceof MeshError) return { sentence: error.message, certificate: error.kind === 'certificate' };
      throw error;
    }
  });
}

/** Secrets are kept once they have worked. */
async function keep(draft: Draft, { connections }: Toolkit): Promise<Place> {
  await connections.keeper.keep(draft, draft.secrets);
  return keepPlace(draft);
}

async function keepPlace({ name, endpoint, mailbox }: Draft): Promise<Place> {
  const place = { name, endpoint, mailbox };
  if (!configuredPlace(keyOf(place))) await rememberPlace(place);
  return configuredPlace(keyOf(place)) ?? place;
}

async function askMailbox(known?: Draft): Promise<Draft | undefined> {
  const title = 'Add a MESH mailbox';
  const address = await vscode.window.showInputBox({
    title,
    prompt: 'Address of the MESH server. Plain http is taken for a sandbox on this machine only.',
    placeHolder: 'https://msg.intspineservices.nhs.uk',
    value: known?.endpoint.href,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const endpoint = readEndpoint(text);
      return typeof endpoint === 'string' ? endpoint : undefined;
    },
  });
  const endpoint = address === undefined ? undefined : readEndpoint(address);
  if (endpoint === undefined || typeof endpoint === 'string') return undefined;
  const id = await vscode.window.showInputBox({
    title,
    prompt: 'Mailbox id',
    placeHolder: 'X26OT001',
    value: known?.mailbox,
    ignoreFocusOut: true,
    validateInput: (text) =>
      readMailboxId(text) === undefined ? 'A mailbox id holds letters, digits, "_" and "-" only.' : undefined,
  });
  const mailbox = id === undefined ? undefined : readMailboxId(id);
  if (mailbox === undefined) return undefined;
  const secrets = await askSecrets(`${title}: ${whereIs({ mailbox, endpoint })}`, known?.secrets);
  if (!secrets) return undefined;
  const name = await vscode.window.showInputBox({
    title,
    prompt: 'What do you call this mailbox?',
    value: known?.name ?? `${mailbox} at ${endpoint.hostname}`,
    ignoreFocusOut: true,
  });
  if (name === undefined) return undefined;
  return { name: name.trim() || mailbox, endpoint, mailbox, secrets };
}
