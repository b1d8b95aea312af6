// Whole messages, as they are published and as we write them, are the same after both ways round.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { converted } from '../../core/document/convert';
import { readJson } from '../../core/document/json-document';
import { writeJson } from '../../core/document/write-json';
import { readXml } from '../../core/document/xml-document';
import { kindsOf } from '../../core/draft/kind';
import { draftMessage } from '../../core/draft/message';
import { drafting } from '../draft/drafting';
import { knowledge } from '../knowledge';
import { publishedFiles, textOfPublished } from '../published';

const { registry } = knowledge();
const XHTML = 'http://www.w3.org/1999/xhtml';

interface Told {
  text: string;
  left: string[];
  asides: number;
}

function other(text: string, to: 'json' | 'xml'): Told {
  const result = converted(text, to, registry);
  assert.ok('text' in result, JSON.stringify(result));
  return { ...result, left: result.left.map(({ pointer }) => pointer) };
}

/** An element as a parser of its own reads it, with nothing of ours in between. */
interface Read {
  name: string;
  attributes: string[];
  /** Text only in narratives: elsewhere it is blanks, or a mistake that is counted apart. */
  children: (Read | string)[];
}

/** Names with their namespaces, attributes, texts of narratives: all but comments and the blanks between elements. */
function infoset(xml: string): { root: Read; strayTexts: number; comments: number } {
  const top: Read = { name: '', attributes: [], children: [] };
  const open = [top];
  const narratives: boolean[] = [false];
  let [strayTexts, comments] = [0, 0];
  const parser = new SaxesParser({ xmlns: true });
  const text = (words: string): void => {
    if (narratives.at(-1)) {
      const { children } = open.at(-1)!;
      const last = children.at(-1);
      if (typeof last === 'string') children[children.length - 1] = last + words;
      else children.push(words);
    } else if (/\S/.test(words)) strayTexts++;
  };
  parser.on('opentag', ({ uri, local, attributes }: SaxesTagNS) => {
    const own = Object.values(attributes).filter(
      (one) => one.prefix !== 'xmlns' && one.name !== 'xmlns' && one.prefix !== 'xsi',
    );
    const element = {
      name: `{${uri}}${local}`,
      attributes: own.map((one) => `{${one.uri}}${one.local}=${one.value}`).sort(),
      children: [],
    };
    open.at(-1)!.children.push(element);
    open.push(element);
    narratives.push(uri === XHTML);
  });
  parser.on('closetag', () => {
    open.pop();
    narratives.pop();
  });
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', () => {
    if (!narratives.at(-1)) comments++;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { root: top.children[0] as Read, strayTexts, comments };
}

/** Elements by their names, those of the same name in their order; narratives as they are. */
function sorted(element: Read): Read {
  if (element.name.startsWith(`{${XHTML}}`)) return element;
  const children = element.children.map((one) => sorted(one as Read));
  return { ...element, children: children.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)) };
}

const xmlFiles = publishedFiles('examples').filter((file) => file.endsWith('.xml'));
const jsonFiles = publishedFiles('examples').filter((file) => file.endsWith('.json'));

if (xmlFiles.length > 0)
  describe('published XML', () => {
    for (const file of xmlFiles)
      it(`${file} is the same after JSON`, () => {
        const text = textOfPublished(file);
        const before = infoset(text);
        const json = other(text, 'json');
        // Text that FHIR does not have is the one thing that JSON cannot keep, and it is told.
        assert.equal(json.left.length, before.strayTexts);
        assert.equal(json.asides, before.comments);
        const xml = other(json.text, 'xml');
        assert.deepEqual(xml.left, []);
        const isInOrder = readXml(text, registry).problems.every(({ rule }) => rule !== 'xml-order');
        const put = isInOrder ? (root: Read): Read => root : sorted;
        assert.deepEqual(put(infoset(xml.text).root), put(before.root));
        assert.deepEqual(readXml(xml.text, registry).problems, []);
        const back = other(xml.text, 'json').text;
        assert.deepEqual(JSON.parse(back), JSON.parse(json.text));
        assert.equal(other(back, 'xml').text, xml.text);
      });
  });

function isTheSameAfterXml(text: string): void {
  const xml = other(text, 'xml');
  assert.deepEqual(xml.left, []);
  infoset(xml.text);
  assert.deepEqual(readXml(xml.text, registry).problems, []);
  const back = other(xml.text, 'json');
  assert.deepEqual([back.left, back.asides], [[], 0]);
  // A parser of XML makes one kind of line end of all, also in a narrative.
  const value: unknown = JSON.parse(text.replaceAll('\\r\\n', '\\n'));
  assert.deepEqual(JSON.parse(back.text), value);
  const byPlace = (one: string): unknown => new Map([...readJson(one).exact()].sort());
  assert.deepEqual(byPlace(back.text), byPlace(text));
  assert.equal(other(back.text, 'xml').text, xml.text);
}

if (jsonFiles.length > 0)
  describe('published JSON', () => {
    for (const file of jsonFiles) it(`${file} is the same after XML`, () => isTheSameAfterXml(textOfPublished(file)));
  });

describe('our messages', () => {
  const OURS = ['examples', 'first-steps/workspace/received'].flatMap((folder) =>
    fs.readdirSync(folder).map((name) => path.join(folder, name)),
  );
  /** A list of one where STU3 has none: XML cannot show that mistake. */
  const MISTAKES = path.join('examples', 'emergency-supply-with-mistakes.json');
  it('of what is wrong in our example with mistakes, one place cannot be said in XML', () => {
    const { left } = other(fs.readFileSync(MISTAKES, 'utf8'), 'xml');
    assert.deepEqual(left, ['/entry/2/resource/entry/1/resource/participant']);
  });

  for (const file of OURS.filter((name) => name.endsWith('.json') && name !== MISTAKES))
    it(`${file} is the same after XML`, () => isTheSameAfterXml(fs.readFileSync(file, 'utf8')));

  for (const { name, versions } of kindsOf(knowledge()))
    for (const version of versions)
      it(`a new ${name} of version ${version} is the same after XML`, () =>
        isTheSameAfterXml(writeJson(draftMessage(name, drafting({ version })))));
});

describe('XML whose elements stand in another order', () => {
  const text = other(fs.readFileSync('examples/emergency-supply.json', 'utf8'), 'xml').text;

  it('becomes the same once they are put in order', () => {
    const turned = written(reversed(infoset(text).root), '');
    assert.ok(readXml(turned, registry).problems.length > 50);
    assert.equal(other(other(turned, 'json').text, 'xml').text, text);
  });

  /** Names in the opposite order, those of the same name in theirs; narratives stay. */
  function reversed(element: Read): Read {
    if (element.name.startsWith(`{${XHTML}}`)) return element;
    const names = [...new Set(element.children.map((one) => (one as Read).name))].reverse();
    const children = names.flatMap((name) => element.children.filter((one) => (one as Read).name === name));
    return { ...element, children: children.map((one) => reversed(one as Read)) };
  }

  function written({ name, attributes, children }: Read, outer: string): string {
    const [, uri, local] = /^\{(.*)\}(.*)$/.exec(name)!;
    const escaped = (words: string): string =>
      words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    const own = attributes.map((one) =>
      one.replace('{}', ' ').replace(/=([^]*)$/, (_, value: string) => `="${escaped(value)}"`),
    );
    const xmlns = uri === outer ? '' : ` xmlns="${uri}"`;
    const inside = children.map((one) => (typeof one === 'string' ? escaped(one) : written(one, uri!)));
    return `<${local}${xmlns}${own.join('')}>${inside.join('')}</${local}>`;
  }
});
