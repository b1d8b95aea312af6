// --update-expected: writes beside each message that it is there to have what is found in it now.
import fs from 'node:fs';
import path from 'node:path';
import { readDocument } from '../../core/document/read-document';
import { applyTextEdits } from '../../core/document/text-edits';
import { sidecarOf } from '../../core/exceptions/exception';
import { writeExpected } from '../../core/exceptions/write';
import type { Severities } from '../../core/severities';
import { checkDocument } from '../../core/validate/check-document';
import { STANDARD_INPUT } from '../read-input';
import type { Terminal } from '../terminal';
import { writeFile } from '../write-file';
import type { NamedFile } from './files';
import { leadsOut } from './fix';
import { readOne } from './one-message';

/** @returns what to tell of the file, beginning with a verb; undefined when there is nothing to tell */
export async function expectFile(
  { name, isFound }: NamedFile,
  severities: Severities,
  terminal: Terminal,
): Promise<string | undefined> {
  if (name === STANDARD_INPUT) return undefined;
  const knowledge = terminal.knowledge();
  const input = await readOne({ name, isFound }, terminal);
  if (!input) return undefined;
  if ('several' in input)
    return 'is left as it is: it holds several messages, and what each is to have is written by hand.';
  const document = readDocument(input.text, knowledge.registry);
  const checked = checkDocument(document, knowledge, { now: terminal.now().getTime() });
  const before = input.beside ?? '';
  const edits = writeExpected(before, checked, document.value, severities);
  const sidecar = sidecarOf(name);
  if (!edits) return `is left as it is: mend ${sidecar} first.`;
  if (edits.length === 0) return undefined;
  const place = path.resolve(terminal.cwd, sidecar);
  if (fs.existsSync(place) && leadsOut(place, terminal.cwd))
    return `is left as it is: ${sidecar} is a link that leads out of this folder.`;
  const after = applyTextEdits(before, edits);
  const problem = writeFile(sidecar, after, { over: true, like: name }, terminal);
  if (problem !== undefined) return `is left as it is: ${sidecar} ${problem}`;
  const { length } = (JSON.parse(after) as { expected: unknown[] }).expected;
  return `is expected to have ${length === 0 ? 'no finding' : length === 1 ? 'one finding' : `${length} findings`} now.`;
}
