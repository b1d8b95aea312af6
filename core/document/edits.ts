// Turns a change of a message's value into edits of its text, whichever way it is written.
import type { Registry } from '../definitions/registry';
import type { Change } from '../finding';
import { changed } from './changes';
import { jsonEditsOf } from './json-edits';
import { formatOf } from './read-document';
import type { TextEdit } from './text-edits';
import { xmlEditsOf } from './xml-edits';

/** The edits that carry out a change; none when the text no longer has what the change speaks of. */
export function editsFor(text: string, change: Change, registry: Registry): TextEdit[] {
  return editsOf(text, (value) => changed(value, change), registry);
}

/**
 * The edits that make of a text's value another. What is the same object in both is left alone, to the letter; items of
 * lists are known by being the same object, or else by their place.
 */
export function editsOf(text: string, change: (value: unknown) => unknown, registry: Registry): TextEdit[] {
  return formatOf(text) === 'xml' ? xmlEditsOf(text, change, registry) : jsonEditsOf(text, change);
}
