// Adds a mailbox, or changes one: the questions, a try of the connection, and what is to be done when that fails.
import * as vscode from 'vscode';
import { keyOf, type Place, whereIs } from '../../exchange/place';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { askIn } from '../ask';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import { diagnose, provedBy, type Tried } from '../../exchange/diagnosis';
import { type Answered, type Answers, answersOf, NO_ANSWERS, placeOf, type Target } from './mailbox-answers';
import { askMailbox, type DialogueGiven } from './mailbox-dialogue';
import { asConfigured, entryOf, rememberPlace, teamEnvironments } from './mailboxes';
import { proxyOf } from './network';

/** The mailbox, kept and ready; undefined when the person gives up. */
export async function addMailbox(toolkit: Toolkit): Promise<Place | undefined> {
  return describe(toolkit, 'Add a MESH mailbox', NO_ANSWERS);
}

/** The same for one that is configured; what was answered before is there to be changed. */
export async function changeMailbox(toolkit: Toolkit, place: Place): Promise<Place | undefined> {
  const target: Target = place.source === 'workspace' ? 'workspace' : 'user';
  const secrets = await toolkit.connections.keeper.get(place);
  return describe(toolkit, `Change mailbox ${place.name}`, answersOf(entryOf(place), target, secrets), place);
}

async function describe(toolkit: Toolkit, title: string, known: Answers, was?: Place): Promise<Place | undefined> {
  const given: DialogueGiven = {
    environments: teamEnvironments(),
    // Where one stands is not asked again.
    hasWorkspace:
      was === undefined && vscode.workspace.isTrusted && (vscode.workspace.workspaceFolders ?? []).length > 0,
    chooseFile,
  };
  const ask = askIn(title);
  let answers = await askMailbox(ask, given, known);
  while (answers) {
    const described = placeOf(answers);
    if (!described) return undefined;
    const place = asConfigured(described, answers.target);
    const failure = await failureOf(toolkit, place, answers);
    if (failure === undefined) {
      const kept = await keep(toolkit, described, answers.target, was);
      tell('information', `${kept.name} works: ${told(provedBy(triedOf(place)))}.`);
      return kept;
    }
    const choice = await tellFailure(place, failure, answers);
    if (choice === 'save') return keep(toolkit, described, answers.target, was);
    if (choice === undefined) return undefined;
    if (choice === 'setting') {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
      return undefined;
    }
    if (choice !== 'again') answers = await askMailbox(ask, given, answers, choice);
  }
  return undefined;
}

/** Secrets are kept once they have worked. */
async function failureOf(
  { connections }: Toolkit,
  place: Place,
  { password, sharedKey }: Answers,
): Promise<MeshError | undefined> {
  try {
    const kept = await connections.keeper.get(place);
    if (
      await connections.prove(place, { password, sharedKey, ...(kept?.passphrase && { passphrase: kept.passphrase }) })
    )
      return undefined;
    return new MeshError('cancelled', 'The pass phrase of the certificate is missing.');
  } catch (error) {
    if (error instanceof MeshError) return error;
    throw error;
  }
}

const CHANGES: Record<Exclude<Answered, 'name' | 'target'>, string> = {
  environment: 'Change the environment',
  endpoint: 'Change the address',
  mailbox: 'Change the mailbox id',
  password: 'Change the password',
  sharedKey: 'Change the shared key',
  certificate: 'Change the certificate',
  key: 'Change the key',
  authorities: 'Change the authorities',
};

/** At most so many answers are offered to be changed: more is no help. */
const MOST = 2;

async function tellFailure(
  place: Place,
  failure: MeshError,
  answers: Answers,
): Promise<Answered | 'again' | 'save' | 'setting' | undefined> {
  const { what, right, answers: wrong, setting } = diagnose(failure, triedOf(place));
  const asked = wrong.filter((name) => isAsked(name, place, answers));
  const actions: [string, Answered | 'again' | 'save' | 'setting'][] = [
    ...asked.slice(0, MOST).map((name): [string, Answered] => [CHANGES[name], name]),
    ...(setting === undefined ? [] : [['Open the setting http.proxy', 'setting'] as [string, 'setting']]),
    ['Try again', 'again'],
    ['Save all the same', 'save'],
  ];
  const hint =
    setting !== undefined && asked.length > 0
      ? `\n\nIf this machine reaches the internet through a proxy, name it in the setting ${setting}.`
      : '';
  const seen = right.length === 0 ? '' : `\n\nWhat is right: ${told(right)}.`;
  const detail = `${sentenceOf(failure)}${hint}${seen}\n\n${NOT_SAVED}`;
  const chosen = await vscode.window.showWarningMessage(
    `${whereIs(place)} does not work yet. What is wrong: ${what}.`,
    { modal: true, detail },
    ...actions.map(([label]) => label),
  );
  return actions.find(([label]) => label === chosen)?.[1];
}

const NOT_SAVED = 'It is not saved yet. Saved all the same, it asks for password and shared key again when it is used.';

/** A known environment has its address, and whoever has no certificate has no key. */
function isAsked(name: Answered, { endpoint }: Place, { other, certificate }: Answers): boolean {
  if (name === 'endpoint') return other === true;
  if (name === 'environment') return other !== true;
  if (name === 'certificate' || name === 'authorities') return endpoint.protocol === 'https:';
  return name !== 'key' || certificate !== undefined;
}

/** What was tried is what is used, should another setting know more of it. */
async function keep(toolkit: Toolkit, described: Place, target: Target, was = described): Promise<Place> {
  await rememberPlace(described, target, was);
  if (keyOf(was) !== keyOf(described)) await toolkit.connections.keeper.forget(was);
  return asConfigured(described, target);
}

export function triedOf({ endpoint, certificates }: Place): Tried {
  const { certificate } = certificates ?? {};
  return { endpoint, proxy: knownProxy(endpoint), hasCertificate: certificate !== undefined };
}

/** That its setting is no address is told by the connection. */
function knownProxy(endpoint: URL): URL | undefined {
  try {
    return proxyOf(endpoint);
  } catch {
    return undefined;
  }
}

function told(sentences: readonly string[]): string {
  return sentences.join('; ');
}

async function chooseFile(title: string, extensions: readonly string[]): Promise<string | undefined> {
  const filters = { Certificates: [...extensions], 'All files': ['*'] };
  const [file] = (await vscode.window.showOpenDialog({ title, openLabel: 'Choose', filters })) ?? [];
  return file?.scheme === 'file' ? file.fsPath : undefined;
}
