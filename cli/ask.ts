// Questions to a person at a terminal. What is asked stands on standard error, so that standard output can go into a pipe.
import readline from 'node:readline';
import { Writable } from 'node:stream';

export interface How {
  /** What is typed is not shown. */
  secret?: boolean;
}

/** Undefined when the person gives up: Ctrl+C or Ctrl+D. */
export type Ask = (question: string, how?: How) => Promise<string | undefined>;

/** Undefined where nobody is there to be asked. */
export function askingAt(stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream): Ask | undefined {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return (question, { secret = false } = {}) =>
    new Promise((resolve) => {
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
      const asking = readline.createInterface({ input: stdin, output: secret ? silent : stderr, terminal: true });
      if (secret) stderr.write(question);
      const end = (answer: string | undefined): void => {
        resolve(answer);
        asking.close();
        if (secret || answer === undefined) stderr.write('\n');
      };
      asking.on('SIGINT', () => end(undefined));
      asking.on('close', () => resolve(undefined));
      asking.question(secret ? '' : question, end);
    });
}
