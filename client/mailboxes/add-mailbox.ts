// The dialogue that adds a mailbox: where, which, the secrets and certificates, and a handshake before anything is kept.
import * as vscode from 'vscode';
import { MeshError } from '../../mesh/errors';
import { chooseCertificates } from './choose-certificates';
import { type EnvironmentChoice, environmentChoices } from '../../client/mailboxes/environment-choices';
import { rememberPlace } from './mailboxes';
import { environmentName, type Place, readEndpoint, readMailboxId, whereIs } from '../../exchange/place';
import { askSecrets, type Secrets } from './secrets';
import type { Toolkit } from '../toolkit';

const TITLE = 'Add a MESH mailbox';

type Draft = Place & { secrets: Secrets };

/** The mailbox, kept and ready; undefined when the person gives up. */
export async function addMailbox(toolkit: Toolkit): Promise<Place | undefined> {
  let draft = await askMailbox();
  while (draft) {
    const failure = await failureOf(draft, toolkit);
    if (failure === undefined) return keepPlace(draft);
    const again = 'Change the answers';
    const insist = 'Save all the same';
    const choice = await vscode.window.showWarningMessage(
      `Mailbox ${draft.mailbox} does not work yet.`,
      { modal: true, detail: `${failure.message}\n\n${failure.kind === 'certificate' ? CERTIFICATES : NOT_SAVED}` },
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
  'It is not saved yet. Certificates are named in the setting itk3.mailboxes: choose them here, or save it all the same and add them there.';

/** Secrets are kept once they have worked. */
async function failureOf(draft: Draft, { connections }: Toolkit): Promise<MeshError | undefined> {
  try {
    if (await connections.prove(draft, draft.secrets)) return undefined;
    return new MeshError('cancelled', 'The pass phrase of the certificate is missing.');
  } catch (error) {
    if (error instanceof MeshError) return error;
    throw error;
  }
}

async function keepPlace({ name, endpoint, mailbox, certificates }: Draft): Promise<Place> {
  const environment = environmentName(endpoint);
  const place = { name, endpoint, mailbox, environment, ...(certificates && { certificates }) };
  await rememberPlace(place);
  // What was tried is what is used, should the workspace have another entry for it.
  return place;
}

async function askMailbox(known?: Draft): Promise<Draft | undefined> {
  const choice = await askEnvironment();
  if (!choice) return undefined;
  const { environment } = choice;
  const endpoint = await askEndpoint(choice, known?.endpoint);
  if (!endpoint) return undefined;
  const id = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'Mailbox id',
    placeHolder: 'X26OT001',
    value: known?.mailbox,
    ignoreFocusOut: true,
    validateInput: (text) =>
      readMailboxId(text) === undefined ? 'A mailbox id holds letters, digits, "_" and "-" only.' : undefined,
  });
  const mailbox = id === undefined ? undefined : readMailboxId(id);
  if (mailbox === undefined) return undefined;
  const secrets = await askSecrets(`${TITLE}: ${whereIs({ mailbox, endpoint })}`, known?.secrets);
  if (!secrets) return undefined;
  const certificates =
    endpoint.protocol === 'https:' ? await chooseCertificates(TITLE, environment, known?.certificates) : {};
  if (!certificates) return undefined;
  const name = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'What do you call this mailbox?',
    value: known?.name ?? `${mailbox} at ${environment?.live ? 'LIVE' : (environment?.name ?? endpoint.hostname)}`,
    ignoreFocusOut: true,
  });
  if (name === undefined) return undefined;
  const named = Object.keys(certificates).length > 0 ? { certificates } : {};
  return { name: name.trim() || mailbox, endpoint, mailbox, environment: environmentName(endpoint), secrets, ...named };
}

async function askEnvironment(): Promise<EnvironmentChoice | undefined> {
  const choices = environmentChoices();
  const items: (EnvironmentChoice & vscode.QuickPickItem)[] = choices.flatMap((choice, i) => {
    const first = choice.deprecated && !choices[i - 1]?.deprecated;
    const separator = { label: 'Deprecated', kind: vscode.QuickPickItemKind.Separator };
    return first ? [separator, choice] : [choice];
  });
  const placeHolder = 'Where is the mailbox?';
  return vscode.window.showQuickPick(items, { title: TITLE, placeHolder, ignoreFocusOut: true });
}

/** Known environments have one address each; the others are asked for theirs. */
async function askEndpoint({ environment }: EnvironmentChoice, known?: URL): Promise<URL | undefined> {
  const local = environment?.network === 'this machine';
  if (environment && !local) return new URL(environment.endpoint);
  const address = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'Address of the MESH server. Plain http is taken for a sandbox on this machine only.',
    placeHolder: environment?.endpoint ?? 'https://msg.intspineservices.nhs.uk',
    value: known?.href ?? (local ? environment.endpoint : undefined),
    ignoreFocusOut: true,
    validateInput: (text) => {
      const endpoint = readEndpoint(text);
      return typeof endpoint === 'string' ? endpoint : undefined;
    },
  });
  const endpoint = address === undefined ? undefined : readEndpoint(address);
  return typeof endpoint === 'string' ? undefined : endpoint;
}
