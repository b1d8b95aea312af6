// The folder in which received messages are kept, and the question before MESH is told to forget them.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { codeIn } from '../../exchange/collected';
import { isLive, type Place } from '../../exchange/place';
import { CommandError } from '../exit';
import type { Terminal } from '../terminal';

/** As a whole path; made where it is not there. */
export async function folderNamed(out: string, { cwd }: Terminal): Promise<string> {
  const folder = path.resolve(cwd, out);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CommandError(
      `The folder ${out} cannot be made (${codeIn(error) ?? 'unknown reason'}): nothing was taken out of the mailbox.`,
    );
  }
  return folder;
}

/** True when they may be taken out. Of a sandbox nobody is asked. */
export async function mayTakeOut(what: string, place: Place, yes: boolean, { ask }: Terminal): Promise<boolean> {
  if (place.sandbox || yes || !ask) return true;
  const live = isLive(place) ? 'LIVE: this may be about real people. ' : '';
  const answer = await ask(
    `${live}Take ${what} out of ${place.name} (${place.mailbox})? Once stored, MESH deletes what is taken out for good. (yes/no) `,
  );
  return /^\s*y(es)?\s*$/i.test(answer ?? '');
}
