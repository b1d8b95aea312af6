// Turns a change of the value into edits of XML text that look as the author would have typed them.
import type { Registry } from '../definitions/registry';
import type { TextEdit } from './text-edits';

export function xmlEditsOf(_text: string, _change: (value: unknown) => unknown, _registry: Registry): TextEdit[] {
  return [];
}
