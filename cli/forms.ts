// The forms in which a message is written, by the names that a person gives them.
import type { Format } from '../core/document/source-document';
import { suggestion } from './command';
import { CommandError } from './exit';

export const FORMS: readonly Format[] = ['xml', 'json'];

/** @param command whose help tells more */
export function formNamed(name: string, command: string): Format {
  const form = FORMS.find((one) => one === name.toLowerCase());
  if (form) return form;
  throw new CommandError(`There is no form "${name}": ${suggestion(name, FORMS, '', `${command} --help`)}`);
}
