// A unified diff of a text and its edits, as `patch` takes it.
import type { TextEdit } from '../../core/document/text-edits';
import { applyTextEdits } from '../../core/document/text-edits';

const CONTEXT = 3;

/** Lines of a text, from one to before another. */
interface Stretch {
  from: number;
  to: number;
  edits: TextEdit[];
}

/** @param edits in the order of the text */
export function unifiedDiff(file: string, text: string, edits: readonly TextEdit[]): string {
  const lines = text.split(/(?<=\n)/);
  if (lines.at(-1) === '') lines.pop();
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.length;
  }
  const lineOf = (offset: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
  const startOf = (line: number): number => starts[line] ?? length;
  const stretches: Stretch[] = [];
  for (const edit of edits) {
    const from = lineOf(edit.offset);
    // What ends before a line begins does not touch that line.
    const to = lineOf(edit.offset + Math.max(0, edit.length - 1)) + 1;
    const last = stretches.at(-1);
    if (last && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else stretches.push({ from, to, edits: [edit] });
  }
  const out: string[] = [];
  let moved = 0;
  for (const hunk of together(stretches)) {
    const first = Math.max(0, hunk[0]!.from - CONTEXT);
    const end = Math.min(lines.length, hunk.at(-1)!.to + CONTEXT);
    const body: string[] = [];
    let added = 0;
    let at = first;
    for (const { from, to, edits: some } of hunk) {
      body.push(...lines.slice(at, from).map((line) => shown(' ', line)));
      const [start, behind] = [startOf(from), startOf(to)];
      const here = some.map((edit) => ({ ...edit, offset: edit.offset - start }));
      const after = applyTextEdits(text.slice(start, behind), here).split(/(?<=\n)/);
      const now = after.at(-1) === '' ? after.slice(0, -1) : after;
      body.push(...lines.slice(from, to).map((line) => shown('-', line)), ...now.map((line) => shown('+', line)));
      added += now.length - (to - from);
      at = to;
    }
    body.push(...lines.slice(at, end).map((line) => shown(' ', line)));
    const count = end - first;
    out.push(`@@ -${first + 1},${count} +${first + 1 + moved},${count + added} @@\n`, ...body);
    moved += added;
  }
  return out.length === 0 ? '' : `--- ${file}\n+++ ${file}\n${out.join('')}`;
}

/** Those whose surroundings meet are one hunk. */
function together(stretches: readonly Stretch[]): Stretch[][] {
  const hunks: Stretch[][] = [];
  for (const stretch of stretches) {
    const last = hunks.at(-1);
    if (last && stretch.from - last.at(-1)!.to <= 2 * CONTEXT) last.push(stretch);
    else hunks.push([stretch]);
  }
  return hunks;
}

function shown(mark: string, line: string): string {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
}
