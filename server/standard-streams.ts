// Standard input and output for the protocol alone.
import { Console } from 'node:console';
import { Writable } from 'node:stream';

/**
 * From now on nothing else reaches standard output: one line of a package that means well would end the conversation. Nor is
 * it sent to standard error, which editors keep in files: nobody knows whether it quotes a message.
 */
export function takeStandardStreams(): { input: NodeJS.ReadStream; output: Writable } {
  const { stdin, stdout } = process;
  const write = stdout.write.bind(stdout);
  const output = new Writable({
    // The protocol's header is text, its body bytes.
    decodeStrings: false,
    write: (chunk: string | Uint8Array, encoding, done) => void write(chunk, encoding, done),
  });
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  stdout.write = nowhere.write.bind(nowhere) as typeof stdout.write;
  globalThis.console = new Console(nowhere);
  return { input: stdin, output };
}
