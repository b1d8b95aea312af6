// A file that is to be changed, or what stands beside it: one message.
import { isFhir } from '../../core/document/recognise';
import { readSidecar } from '../read-input';
import type { Terminal } from '../terminal';
import type { NamedFile } from './files';
import { readMessages } from './input';

/**
 * @returns the message and what stands beside it, as texts; undefined of what cannot be read, which is told when it is judged,
 *   and of what was found and is no FHIR
 */
export async function readOne(
  { name, isFound }: NamedFile,
  terminal: Terminal,
): Promise<{ text: string; beside: string | undefined } | { several: true } | undefined> {
  const input = await readMessages(name, terminal);
  if ('parts' in input) return { several: true };
  if (!('text' in input) || (isFound && !isFhir(input.text, terminal.knowledge().registry))) return undefined;
  const beside = await readSidecar(name, terminal);
  return beside && 'problem' in beside ? undefined : { text: input.text, beside: beside?.text };
}
