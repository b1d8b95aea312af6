// A report on its way into a file: it grows beside the file that it is to be, and takes its place when it is whole.
import fs from 'node:fs';
import path from 'node:path';
import { CommandError } from '../exit';
import type { Output, Terminal } from '../terminal';
import { problemOf } from '../write-file';

export interface ReportFile extends Output {
  write(text: string): void;
  /** Puts it where it belongs. Throws CommandError where that cannot be done; what was there before is there still. */
  keep(): void;
  /** Leaves what was there before, and nothing else. */
  discard(): void;
}

/** Characters that are worth writing at once. */
const ENOUGH = 64 * 1024;

/** @param named relative to the folder of the terminal; what is there is replaced in the end */
export function openReportFile(named: string, { cwd, randomUUID }: Terminal): ReportFile {
  const trying = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw new CommandError(`${named} ${problemOf(error)}`);
    }
  };
  const { target, part, descriptor } = trying(() => {
    const place = path.resolve(cwd, named);
    const there = fs.statSync(place, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    // What a link leads to is written, and the link stays.
    const target = there ? fs.realpathSync(place) : place;
    const part = path.join(path.dirname(target), `.${randomUUID()}.itk3-part`);
    return { target, part, descriptor: fs.openSync(part, 'wx', there?.mode) };
  });
  let waiting = '';
  let problem: CommandError | undefined;
  const flush = (): void => {
    try {
      if (!problem) trying(() => fs.writeFileSync(descriptor, waiting));
    } catch (error) {
      // Told in the end: the other reports go on.
      problem = error as CommandError;
    }
    waiting = '';
  };
  const discard = (): void => {
    fs.closeSync(descriptor);
    fs.rmSync(part, { force: true });
  };
  return {
    write(text) {
      waiting += text;
      if (waiting.length >= ENOUGH) flush();
    },
    keep() {
      flush();
      if (problem) {
        discard();
        throw problem;
      }
      fs.closeSync(descriptor);
      trying(() => {
        try {
          fs.renameSync(part, target);
        } finally {
          fs.rmSync(part, { force: true });
        }
      });
    },
    discard,
  };
}
