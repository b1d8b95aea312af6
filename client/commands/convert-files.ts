// Writes files in the other form beside those that are meant, each with its exceptions. Nothing is written over unasked, and
// nothing that the other form cannot say is lost: such a file is not written, and told of.
import * as vscode from 'vscode';
import type { Format } from '../../core/document/source-document';
import { isObject } from '../../core/json';
import { plural } from '../../exchange/outgoing';
import { askMessages, filesMeant } from '../ask-messages';
import { type LeftOut, listOf, onlyTarget, sentenceOf, type Tally } from '../converting/plan';
import { readSources, type Source } from '../converting/sources';
import { existingOf, isThereAlready, writeAll } from '../converting/write-beside';
import { filesIn, MOST_FILES } from '../sending/candidates';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** What keybindings and tests answer beforehand. */
interface ConvertOptions {
  to?: Format;
  existing?: 'replace' | 'skip';
}

interface Ended {
  written: vscode.Uri[];
  leftOut: readonly LeftOut[];
}

/**
 * @param uri the file or folder that was clicked; without one, the editor in front
 * @param selected all that are selected, as the explorer gives them
 * @param options ConvertOptions
 * @returns the files that were written, and those that were not; undefined when the person gives up
 */
export async function convertFiles(
  toolkit: Toolkit,
  uri?: unknown,
  selected?: unknown,
  options?: unknown,
): Promise<Ended | undefined> {
  const given = readOptions(options);
  const meant = meantBy(uri, selected) ?? (await askMessages('Files to convert', 'Convert'));
  if (!meant) return undefined;
  const files = await filesIn(meant);
  if (files.length > MOST_FILES) return refuse(`These are more than ${MOST_FILES} files: convert fewer at a time.`);
  const named = new Set(meant.map((one) => one.toString()));
  const { sources, leftOut } = await readSources(files, (file) => named.has(file.toString()));
  const to = given.to ?? onlyTarget(sources.map(({ form }) => form)) ?? (await askForm(sources));
  if (!to) return undefined;
  const going = sources.filter(({ form }) => form !== to);
  if (going.length === 0 && leftOut.length === 0) return refuse(nothingToDo(sources, to));
  const taken = await existingOf(going, to);
  const existing = taken.length === 0 ? 'replace' : (given.existing ?? (await askExisting(taken, going.length, to)));
  if (!existing) return undefined;
  const skipped = existing === 'skip' ? taken : [];
  const result = await writeAll(
    going.filter((source) => !skipped.includes(source)),
    to,
  );
  const tally: Tally = {
    to,
    converted: result.written.length,
    comments: result.comments,
    leftOut: [
      ...leftOut,
      ...skipped.map((one) => ({ name: one.name, why: isThereAlready(one, to) })),
      ...result.leftOut,
    ],
    isStopped: result.isStopped,
  };
  await tellEnd(toolkit, tally, result.written);
  return { written: result.written, leftOut: tally.leftOut };
}

function readOptions(options: unknown): ConvertOptions {
  if (!isObject(options)) return {};
  const { to, existing } = options;
  return {
    ...((to === 'json' || to === 'xml') && { to }),
    ...((existing === 'replace' || existing === 'skip') && { existing }),
  };
}

function meantBy(uri: unknown, selected: unknown): vscode.Uri[] | undefined {
  const front = vscode.window.activeTextEditor?.document.uri;
  const isFile = front?.scheme === 'file' && /\.(json|xml)$/i.test(front.path);
  return filesMeant(uri, selected) ?? (isFile ? [front] : undefined);
}

function nothingToDo(sources: readonly Source[], to: Format): string {
  if (sources.length === 0) return 'There is no FHIR message to convert here.';
  const are = sources.length === 1 ? `${sources[0]!.name} is` : `All ${sources.length} files are`;
  return `${are} FHIR ${to.toUpperCase()} already.`;
}

async function askForm(sources: readonly Source[]): Promise<Format | undefined> {
  if (sources.length === 0) return 'xml';
  const count = (of: Format): string => plural(sources.filter(({ form }) => form === of).length, 'file');
  const items = [
    { label: 'To FHIR XML', description: `${count('json')} of JSON`, detail: 'The form that travels.', to: 'xml' },
    { label: 'To FHIR JSON', description: `${count('xml')} of XML`, detail: 'The form to write in.', to: 'json' },
  ] as const;
  return (await vscode.window.showQuickPick(items, { title: 'Convert files', placeHolder: 'To which form?' }))?.to;
}

/** Asked once for all. */
async function askExisting(taken: readonly Source[], of: number, to: Format): Promise<ConvertOptions['existing']> {
  const [one] = taken;
  const all = of === 1 ? 'Replace' : 'Replace all';
  const skip = 'Skip existing';
  const message =
    one && of === 1
      ? isThereAlready(one, to)
      : `${taken.length} of ${of} files are there already in ${to.toUpperCase()}.`;
  const detail = 'What is there would be written over, and the exceptions beside it.';
  const pressed = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail },
    ...(of === 1 ? [all] : [all, skip]),
  );
  return pressed === all ? 'replace' : pressed === skip ? 'skip' : undefined;
}

async function tellEnd({ pages }: Toolkit, tally: Tally, written: readonly vscode.Uri[]): Promise<void> {
  const [only] = written;
  if (only && written.length === 1 && tally.leftOut.length === 0) await vscode.window.showTextDocument(only);
  if (tally.leftOut.length > 1)
    await pages.show({
      name: `Not converted to ${tally.to.toUpperCase()}`,
      text: () => listOf(tally),
      actions: [{ title: 'Copy', run: () => vscode.env.clipboard.writeText(listOf(tally)) }],
    });
  tell(tally.leftOut.length > 0 ? 'warning' : 'information', sentenceOf(tally));
}

/** Said, and nothing is written. */
function refuse(sentence: string): Ended | undefined {
  tell('warning', sentence);
  return undefined;
}
