// Every snippet, with its defaults, is valid where it says it belongs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, type Pointer, valueAt } from '../core/document/pointer';
import { list } from '../core/json';
import { newMessage } from '../core/skeleton';
import { validate } from '../core/validate/validate';
import { knowledge } from './knowledge';

interface Snippet {
  prefix: string;
  description: string;
  body: string[];
}

const snippets = JSON.parse(readFileSync('snippets/itk3.json', 'utf8')) as Record<string, Snippet>;

/** Where each one is tried: beside what stands in the list, or in the place of the entry it is another form of. */
const PLACES: Record<string, { type: string; list: string; instead?: boolean }> = {
  'itk3-patient-identifier': { type: 'Patient', list: 'identifier', instead: true },
  'itk3-organisation-identifier': { type: 'Organization', list: 'identifier', instead: true },
  'itk3-practitioner-identifier': { type: 'Practitioner', list: 'identifier', instead: true },
  'itk3-name': { type: 'Patient', list: 'name', instead: true },
  'itk3-address': { type: 'Patient', list: 'address' },
  'itk3-message-handling': { type: 'MessageHeader', list: 'extension', instead: true },
  'itk3-section': { type: 'Composition', list: 'section' },
  'itk3-snomed': { type: 'AllergyIntolerance', list: 'code/coding', instead: true },
  'itk3-organisation-entry': { type: 'document', list: 'entry' },
};

describe('snippets', () => {
  for (const { prefix, description, body } of Object.values(snippets))
    it(`${prefix} is valid where it belongs`, () => {
      assert.ok(description);
      const place = PLACES[prefix];
      assert.ok(place, 'the test does not know where to put it');
      const message = freshMessage();
      assert.deepEqual(errors(message), []);
      const entries = valueAt(message, pointerOf(message, place.type, place.list));
      assert.ok(Array.isArray(entries));
      entries.splice(place.instead ? 0 : entries.length, place.instead ? 1 : 0, JSON.parse(expand(body.join('\n'))));
      assert.deepEqual(errors(message), []);
    });

  it('are all tried', () => {
    const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
    assert.deepEqual(prefixes.sort(), Object.keys(PLACES).sort());
  });
});

function freshMessage(): unknown {
  let count = 0;
  const randomUUID = (): string => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
  return newMessage('emergency-supply', knowledge(), { now: new Date(0), random: () => 0.5, randomUUID });
}

function errors(message: unknown): string[] {
  const { findings } = validate(message, knowledge());
  return findings.flatMap(({ severity, pointer, message: text }) =>
    severity === 'error' ? [`${pointer} ${text}`] : [],
  );
}

/** Of the first resource of the type, the last of them being inside the document. */
function pointerOf(message: unknown, type: string, path: string): Pointer {
  const entries = list(valueAt(message, '/entry'));
  const document = entries.findIndex((entry) => valueAt(entry, '/resource/type') === 'document');
  const inside = join('', 'entry', document, 'resource');
  const below = (bundle: Pointer): Pointer[] =>
    list(valueAt(message, join(bundle, 'entry'))).map((_, i) => join(bundle, 'entry', i, 'resource'));
  const resource =
    type === 'document'
      ? inside
      : [...below(inside), ...below('')].find((at) => valueAt(message, join(at, 'resourceType')) === type);
  assert.ok(resource !== undefined, `the message has no ${type}`);
  return join(resource, ...path.split('/'));
}

/** What VS Code inserts when a person takes every default. */
function expand(body: string): string {
  const defaults = new Map<string, string>();
  const variables: Record<string, string> = { UUID: '00000000-0000-4000-8000-00000000ffff' };
  return body
    .replace(/\$\{(\d+):\$([A-Z_]+)\}/g, (_, stop: string, name: string) => `\${${stop}:${variables[name]}}`)
    .replace(/\$\{(\d+)\|([^,|]*)[^|]*\|\}/g, (_, stop: string, first: string) => `\${${stop}:${first}}`)
    .replace(/\$\{(\d+):([^}]*)\}/g, (_, stop: string, text: string) => {
      defaults.set(stop, text);
      return text;
    })
    .replace(/\$(\d+)/g, (_, stop: string) => defaults.get(stop) ?? '')
    .replace(/\\([$}\\])/g, '$1');
}
