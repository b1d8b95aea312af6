// Our own example with something changed, and the spots marked at which findings are expected.
import fs from 'node:fs';
import path from 'node:path';
import type { Loose } from '../loose';

const text = fs.readFileSync(path.resolve('examples/emergency-supply.json'), 'utf8');

/** A text value that has a finding as a whole. */
export const wrong = (value: string): string => `⟦${value}⟧`;

/** Gives a property a name with a mark, for a finding at the name. */
export function wrongKey(value: Loose, key: string): void {
  const object = value as Record<string, unknown>;
  const properties = Object.entries(object);
  without(object, ...Object.keys(object));
  for (const [name, inner] of properties) object[name === key ? `⟦${key}⟧` : name] = inner;
}

/** Takes properties away. */
export function without(value: Loose, ...keys: string[]): void {
  for (const key of keys) Reflect.deleteProperty(value as object, key);
}

/** Marks the name `resource` over a resource, for a finding of what it lacks. */
export function wrongEntry(message: Loose, resource: Loose): void {
  const visit = (entry: Loose): void => {
    if (entry.resource === resource) wrongKey(entry, 'resource');
    else if (entry.resource.resourceType === 'Bundle') entry.resource.entry.forEach(visit);
  };
  message.entry.forEach(visit);
}

/** The example as text, for `expectFindings`; a whole text value is marked inside its quotes, a stretch with « ». */
export function example(change: (message: Loose) => void): string {
  const message: Loose = JSON.parse(text);
  change(message);
  return JSON.stringify(message, null, 2)
    .replace(/"⟦/g, '⟦"')
    .replace(/⟧"/g, '"⟧')
    .replace(/«/g, '⟦')
    .replace(/»/g, '⟧');
}
