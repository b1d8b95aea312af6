// A whole message in both its forms: what is offered in one is offered in the other, and nothing fails anywhere.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem, TextEdit } from 'vscode-languageserver/node';
import { join, type Pointer, segmentsOf } from '../../core/document/pointer';
import { readDocument, readValue } from '../../core/document/read-document';
import { readXmlTree } from '../../core/document/xml-tree';
import { readMessage } from '../../core/itk3/message';
import { isObject } from '../../core/json';
import { checkDocument } from '../../core/validate/check-document';
import { jsonPlaceAt } from '../../server/completion/json-place';
import type { Offer } from '../../server/completion/offer';
import { xmlPlaceAt } from '../../server/completion/xml-place';
import { knowledge } from '../knowledge';
import { completerOf, filledIn } from './client';
import { completing } from './completing';
import { asXml, exampleValue } from './completing-xml';

const JSON_TEXT = fs.readFileSync('examples/emergency-supply.json', 'utf8');

/** Every object of a value with the pointer to it. */
function objectsIn(value: unknown, pointer: Pointer = ''): [Pointer, object][] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([name, one]) => objectsIn(one, join(pointer, name)));
  return Array.isArray(value) ? inside : [[pointer, value], ...inside];
}

/** One of each kind of place, by its last names: what is offered in one coding is much the same in the next. */
function eachKind<T>(places: readonly [Pointer, T][], names: number): [Pointer, T][] {
  const kindOf = (pointer: Pointer): string =>
    segmentsOf(pointer)
      .filter((segment) => !/^\d+$/.test(segment))
      .slice(-names)
      .join('.');
  const kinds = new Map(places.toReversed().map((place) => [kindOf(place[0]), place]));
  return [...kinds.values()];
}

describe('completion over a whole message in both its forms', function () {
  // Hundreds of places, each read as if something stood there.
  this.timeout(120_000);

  const { complete, client } = completing('xml');
  const value = exampleValue();
  const xml = asXml(value);
  const { registry } = knowledge();
  const inXml = readDocument(xml, registry);
  const inJson = readDocument(JSON_TEXT, registry);

  const offersOf = (text: string, offset: number): Offer[] =>
    (text === xml ? xmlPlaceAt : jsonPlaceAt)(text, offset, registry)?.offers(knowledge()) ?? [];

  /** What JSON offers as a name and XML has no element for, with the reason. */
  const NO_ELEMENT: [reason: string, is: (name: string, isResource: boolean, isExtension: boolean) => boolean][] = [
    ['the type of a resource is the name of its element', (name) => name === 'resourceType'],
    ['the id of an element is an attribute', (name, isResource) => name === 'id' && !isResource],
    ['the url of an extension is an attribute', (name, _, isExtension) => name === 'url' && isExtension],
  ];

  it('every name that JSON offers in an object is offered between the tags of its element', () => {
    let count = 0;
    for (const [pointer, object] of eachKind(objectsIn(value), 1)) {
      const json = inJson.spanOf(pointer, 'value');
      const element = inXml.spanOf(pointer, 'value');
      const closing = xml.lastIndexOf('</', element.offset + element.length);
      if (closing <= element.offset) continue;
      const isResource = 'resourceType' in object;
      const isExtension = /\/(modifierE|e)xtension\/\d+$/.test(pointer);
      const names = offersOf(JSON_TEXT, json.offset + json.length - 1).flatMap(({ label, kind }) =>
        kind === 'property' ? [label] : [],
      );
      const elements = offersOf(xml, closing).map(({ label }) => label);
      const missing = names.filter(
        (name) => !elements.includes(name) && !NO_ELEMENT.some(([, is]) => is(name, isResource, isExtension)),
      );
      assert.deepEqual(missing, [], pointer);
      count += names.length;
    }
    assert.ok(count > 100, String(count));
  });

  const valuesIn = (): [Pointer, unknown][] =>
    objectsIn(value).flatMap(([pointer, object]) =>
      Object.entries(object).flatMap(([name, inside]): [Pointer, unknown][] =>
        (Array.isArray(inside) ? inside : [inside]).flatMap((one: unknown, i): [Pointer, unknown][] =>
          isObject(one) || name === 'div' || name === 'resourceType'
            ? []
            : [[Array.isArray(inside) ? join(pointer, name, i) : join(pointer, name), one]],
        ),
      ),
    );

  /** What is made anew each time it is offered, and told by another word. */
  const isFresh = ({ label }: Offer): boolean => /…$|^\d{10,}$/.test(label);

  it('the same values are offered in both, and to take the one that stands there changes nothing', async () => {
    const completeIn = completerOf(client(), xml, 'xml');
    let [count, taken] = [0, 0];
    for (const [pointer, one] of eachKind(valuesIn(), 2)) {
      const json = inJson.spanOf(pointer, 'value');
      const attribute = inXml.spanOf(pointer, 'value');
      const labels = (offers: Offer[]): string[] => offers.filter((offer) => !isFresh(offer)).map(({ label }) => label);
      const inQuotes = labels(offersOf(xml, attribute.offset + 1));
      assert.deepEqual(inQuotes, labels(offersOf(JSON_TEXT, json.offset + 1)), pointer);
      count += inQuotes.length;
      const { items, accept } = await completeIn(attribute.offset + 1);
      for (const { label } of items.filter((item) => item.label === String(one))) {
        assert.equal(accept(label), xml, pointer);
        taken += 1;
      }
    }
    assert.ok(count > 100 && taken > 20, `${count} ${taken}`);
  });

  it('whatever is accepted anywhere leaves it well-formed, and its elements in order', async () => {
    const completeIn = completerOf(client(), xml, 'xml');
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(xml.length), fc.nat(), async (offset, which) => {
        const { items, accept } = await completeIn(offset);
        // What belongs elsewhere says so.
        const fitting = items.filter(({ detail }) => !/belongs (before|after)/.test(detail ?? ''));
        if (fitting.length === 0) return;
        const { problems } = readDocument(accept(fitting[which % fitting.length]!.label), registry);
        const unexpected = problems.filter(({ rule }) => rule === 'xml-syntax' || rule === 'xml-order');
        assert.deepEqual(unexpected, []);
        count += 1;
      }),
      { numRuns: 80 },
    );
    assert.ok(count > 10, String(count));
    assert.deepEqual(client().log, []);
  });

  it('fails nowhere in text that stops or has a character too many or too few', async () => {
    const short = asXml({ ...value, entry: (value.entry as object[]).slice(0, 1) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(short.length),
        fc.constantFrom('<', '"', '/', '>', '&', '</', '<!--', '='),
        async (offset, more) => {
          await completerOf(client(), short.slice(0, offset), 'xml')(offset);
          await completerOf(client(), short.slice(0, offset) + short.slice(offset + 1), 'xml')(offset);
          await completerOf(client(), short.slice(0, offset) + more + short.slice(offset), 'xml')(offset + more.length);
        },
      ),
      { numRuns: 40 },
    );
    assert.deepEqual(client().log, []);
  });

  const errorsIn = (text: string): string[] =>
    checkDocument(readDocument(text, registry), knowledge(), { now: Date.now() })
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);

  /** The message without an entry, and the cursor behind the one before it. */
  function withoutEntry(type: string): string {
    const message = exampleValue();
    const document = readMessage(message)!.resources.filter((located) => located.type === 'Bundle')[1]!;
    const entries = document.resource.entry as { resource: { resourceType: string } }[];
    const at = entries.findIndex(({ resource }) => resource.resourceType === type);
    entries.splice(at, 1);
    const text = asXml(message);
    const before = readDocument(text, registry).spanOf(`${document.pointer}/entry/${at - 1}`, 'value');
    const end = before.offset + before.length;
    const indent = /\n *$/.exec(text.slice(0, before.offset))![0];
    return `${text.slice(0, end)}${indent}|${text.slice(end)}`;
  }

  for (const type of ['Patient', 'Encounter', 'MedicationDispense', 'Medication'])
    it(`the missing ${type} comes first, as what refers to it names it`, async () => {
      const { labels, accept } = await complete(withoutEntry(type));
      assert.match(labels[0]!, new RegExp(`^${type} – `));
      const accepted = accept(labels[0]!);
      assert.equal(readMessage(readValue(accepted, registry))!.resources.filter((one) => one.type === type).length, 1);
      assert.deepEqual(errorsIn(accepted), []);
    });

  it('what leads to an entry is written with it', async () => {
    const { resources } = readMessage(value)!;
    const document = resources.filter(({ type }) => type === 'Bundle')[1]!;
    const last = (document.resource.entry as unknown[]).length - 1;
    const { offset, length } = inXml.spanOf(`${document.pointer}/entry/${last}`, 'value');
    const end = offset + length;
    const { item, labels } = await complete(`${xml.slice(0, end)}\n|${xml.slice(end)}`);
    const label = labels.find((one) => one.startsWith('RelatedPerson – '))!;
    const told = await client().connection.sendRequest<CompletionItem>('completionItem/resolve', item(label));
    const spread = TextDocument.create('', 'xml', 1, `${xml.slice(0, end)}\n${xml.slice(end)}`);
    const { range, newText } = item(label).textEdit as TextEdit;
    const accepted = TextDocument.applyEdits(spread, [
      ...told.additionalTextEdits!,
      { range, newText: filledIn(newText) },
    ]);
    const after = readMessage(readValue(accepted, registry))!.resources;
    const person = after.find(({ type }) => type === 'RelatedPerson')!;
    const encounter = after.find(({ type }) => type === 'Encounter')!;
    assert.ok(person.fullUrl && JSON.stringify(encounter.resource.participant).includes(person.fullUrl));
    assert.deepEqual(errorsIn(accepted), []);
  });

  it('every section that is not there yet, with its text', async () => {
    const message = exampleValue();
    const composition = readMessage(message)!.resources.find(({ type }) => type === 'Composition')!;
    const sections = composition.resource.section as unknown[];
    composition.resource.section = sections.slice(0, 2);
    const text = asXml(message);
    const last = readDocument(text, registry).spanOf(`${composition.pointer}/section/1`, 'value');
    const end = last.offset + last.length;
    const { labels, accept } = await complete(`${text.slice(0, end)}|${text.slice(end)}`);
    for (const title of ['GP Practice', 'History', 'Plan and requested actions'])
      assert.ok(labels.includes(title), title);
    const accepted = accept('GP Practice');
    assert.match(accepted, /<div xmlns="http:\/\/www.w3.org\/1999\/xhtml">.*<th>GP practice identifier<\/th>/);
    assert.ok(readXmlTree(accepted).isPlain);
  });
});
