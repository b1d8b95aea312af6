// Writes a message that was received or is open to a file: with invented people in the place of its own, or as it is.
import * as vscode from 'vscode';
import { readDocument } from '../../core/document/read-document';
import { laidOut } from '../../core/document/format';
import { isObject } from '../../core/json';
import { type Fixture, fixtureName, inventedFixture } from '../../exchange/fixture';
import { countFindings, LARGEST, plural, readOutgoing } from '../../exchange/outgoing';
import { numbersOutsideTests, strangersIn } from '../../exchange/real-patients';
import { nameOf } from '../documents';
import { knowledge } from '../knowledge';
import { RECEIVED_SCHEME } from '../reading/received-documents';
import { whichReceived } from '../reading/which-received';
import { showProblems, tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** What keybindings and tests may answer beforehand. Whether real people may be written to a file is asked all the same. */
interface SaveOptions {
  people?: 'invented' | 'as they are';
  to?: vscode.Uri;
}

/**
 * @param what the uri of a document or the line of a tree; without one, the editor in front
 * @returns the file; undefined when nothing was written
 */
export async function saveAsFixture(
  toolkit: Toolkit,
  what?: unknown,
  options?: unknown,
): Promise<{ uri: vscode.Uri; needsLook: string[] } | undefined> {
  const { people, to } = (isObject(options) ? options : {}) as SaveOptions;
  const text = await textOf(toolkit, what);
  if (text === undefined) return undefined;
  const invented = inventedFixture(text, knowledge(), Math.random);
  const how = people ?? (await choosePeople(invented));
  if (how === undefined) return undefined;
  if (how === 'invented' && typeof invented === 'string') {
    tell('warning', `Nothing was saved: ${invented.charAt(0).toLowerCase()}${invented.slice(1)}`);
    return undefined;
  }
  if (how === 'as they are' && !(await confirmPeople(text))) return undefined;
  const fixture: Fixture =
    how === 'invented' && typeof invented !== 'string' ? invented : { text: laidOut(text), needsLook: [] };
  const uri = to instanceof vscode.Uri ? to : await chooseFile(fixtureName(text, knowledge()));
  if (!uri) return undefined;
  await vscode.workspace.fs.writeFile(uri, Buffer.from(fixture.text));
  await vscode.window.showTextDocument(uri, { preview: false });
  tellSaved(uri, fixture);
  return { uri, needsLook: fixture.needsLook.map(({ path }) => path) };
}

async function textOf(toolkit: Toolkit, what: unknown): Promise<string | undefined> {
  const uri = what instanceof vscode.Uri ? what : undefined;
  const received = await whichReceived(toolkit, what);
  const isOfTree = uri === undefined && isObject(what);
  const target = uri ?? (isOfTree ? undefined : vscode.window.activeTextEditor?.document.uri);
  const text =
    received?.text ??
    (target && target.scheme !== RECEIVED_SCHEME
      ? await vscode.workspace.openTextDocument(target).then(
          (document) => document.getText(),
          () => undefined,
        )
      : undefined);
  if (text === undefined || text.trim() === '')
    tell('warning', 'There is no content to save here: open a message, or look into the mailbox again.');
  else if (text.length > LARGEST) tell('warning', 'This is larger than 20 million characters: it is not looked at.');
  else return text;
  return undefined;
}

async function choosePeople(invented: Fixture | string): Promise<SaveOptions['people']> {
  const can = typeof invented !== 'string';
  const items = [
    ...(can
      ? [
          {
            label: '$(shield) With invented people (recommended)',
            detail: 'Names, numbers, addresses, telephones and birth dates are replaced, and their mentions in texts.',
            people: 'invented' as const,
          },
        ]
      : []),
    {
      label: '$(file) As it is',
      detail: can ? 'To the letter, laid out where it came on one line.' : invented,
      people: 'as they are' as const,
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: 'Save as fixture', placeHolder: 'Who shall be in it?' }))
    ?.people;
}

/** What cannot be read may be about anybody. */
async function confirmPeople(text: string): Promise<boolean> {
  const source = readDocument(text, knowledge().registry);
  const isRead = source.problems.length === 0 && isObject(source.value);
  const real = numbersOutsideTests(text, source.value).size;
  const strangers = isRead ? strangersIn(text, source, knowledge().invented) : [];
  if (isRead && real === 0 && strangers.length === 0) return true;
  const numbers = `${plural(real, 'NHS number')} in it ${real === 1 ? 'is' : 'are'} outside the test range (999…).`;
  const why = isRead
    ? [...(real > 0 ? [numbers] : []), ...strangers.slice(0, 3)].join(' ')
    : 'Its content cannot be read here, so nobody knows whom it is about.';
  const sure = 'Save it as it is';
  const detail = `${why} A file is copied, committed and searched; nothing protects the person in it.`;
  return (
    (await vscode.window.showWarningMessage('This may be about a real patient.', { modal: true, detail }, sure)) ===
    sure
  );
}

function chooseFile(name: string): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [, ending = 'json'] = /\.(\w+)$/.exec(name) ?? [];
  return vscode.window.showSaveDialog({
    title: 'Save as fixture',
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [ending.toUpperCase()]: [ending] },
  });
}

function tellSaved(uri: vscode.Uri, { text, needsLook }: Fixture): void {
  const name = nameOf(uri);
  const said = needsLook.filter(({ why }) => why === 'said');
  const attached = needsLook.length - said.length;
  const outgoing = readOutgoing(text, knowledge(), { now: new Date() });
  const isFound = outgoing?.findings.some(({ severity }) => severity === 'error' || severity === 'warning') ?? false;
  const sentence = [
    `Saved as ${name}.`,
    said[0] && `${plural(said.length, 'place')} may still tell of somebody: look at ${said[0].path}.`,
    attached > 0 && `${plural(attached, 'attachment')} in it ${attached === 1 ? 'was' : 'were'} not looked into.`,
    outgoing && isFound && `${countFindings(outgoing)} in it.`,
  ];
  tell(said.length > 0 ? 'warning' : 'information', sentence.filter(Boolean).join(' '), {
    ...(needsLook[0] ? { 'Show the place': () => showPlace(uri, needsLook[0]!.pointer) } : {}),
    ...(isFound ? { 'Show problems': showProblems } : {}),
  });
}

async function showPlace(uri: vscode.Uri, pointer: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { offset, length } = readDocument(document.getText(), knowledge().registry).spanOf(pointer, 'value');
  const selection = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  await vscode.window.showTextDocument(document, { selection });
}
