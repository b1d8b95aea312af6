// How far a long run has come: one line for who watches, written over and gone in the end.
import type { Output, Terminal } from '../terminal';

export interface Progress {
  /** What is printed through it never stands in the line of progress. */
  terminal: Terminal;
  tell(text: string): void;
  /** Takes the line away. */
  end(): void;
}

/** What takes no longer needs no word. */
const PATIENCE = 500;

/** Between two lines, in milliseconds. */
const PACE = 100;

export function watchProgress(terminal: Terminal): Progress {
  const { stdout, stderr, now } = terminal;
  if (!stderr.isTTY || terminal.env.TERM === 'dumb') return { terminal, tell: () => undefined, end: () => undefined };
  let next = now().getTime() + PATIENCE;
  let isShown = false;
  const hide = (): void => {
    if (isShown) stderr.write('\r\x1b[K');
    isShown = false;
  };
  const behindIt = (output: Output): Output => ({
    get isTTY() {
      return output.isTTY;
    },
    get columns() {
      return output.columns;
    },
    write(text) {
      if (output.isTTY) hide();
      return output.write(text);
    },
  });
  return {
    terminal: { ...terminal, stdout: behindIt(stdout), stderr: behindIt(stderr) },
    tell(text) {
      const time = now().getTime();
      if (time < next) return;
      next = time + PACE;
      // A line that wraps could not be taken back.
      stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
      isShown = true;
    },
    end: hide,
  };
}
