// What XML cannot say is told: what is not told of is read back as it was, whatever the value. ROUND_TRIPS=50 tries more.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kindsOfResource, type Kinds } from '../../core/document/element-kinds';
import { readXml } from '../../core/document/xml-document';
import { writeXml } from '../../core/document/write-xml';
import { isObject, type Json } from '../../core/json';
import { anyResource } from '../any-resource';
import { knowledge } from '../knowledge';

const { registry } = knowledge();
const TIMES = Number(process.env.ROUND_TRIPS ?? 1);
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';

const NAMES = [
  'resourceType',
  'id',
  '_id',
  'url',
  'value',
  'extension',
  'modifierExtension',
  'name',
  '_name',
  'given',
  '_given',
  'family',
  'gender',
  '_gender',
  'birthDate',
  '_birthDate',
  'active',
  'multipleBirthInteger',
  'valueDecimal',
  'contained',
  'text',
  'div',
  '_div',
  'status',
  'contact',
  'maritalStatus',
  'link',
  'nonsense',
  '_nonsense',
  '__proto__',
  'constructor',
  'a b',
  'a:b',
  '',
  '_',
  '1',
  'é',
];
const VALUES = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    -1.5,
    1e21,
    1e-7,
    '',
    'a',
    ' ',
    'true',
    '1',
    '\u0000',
    '\ud800',
    '\ufffe',
    '<&">\n\r\t',
  ),
  fc.constantFrom<unknown>(
    'Patient',
    'Device',
    'Nonsense',
    DIV,
    `${DIV}a</div>`,
    `${DIV}<br></div>`,
    '<div>a</div>',
    `<!-- a -->${DIV}\u{1F48A}</div>\r\n`,
    '<p/>',
    `${DIV}</div><p/>`,
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
);

/** Values as people and programs get them wrong: known names with anything in them. */
const ANY = fc.letrec<{ value: unknown; object: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, VALUES, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
  object: fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
})).object;

/** The same with what XML's reader need not keep apart made the same. */
function settled(value: unknown, kinds?: Kinds): unknown {
  // As JSON's own writer has it.
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map((one) => settled(one, kinds));
  if (!isObject(value)) return value;
  const inside = typeof value.resourceType === 'string' ? kindsOfResource(value.resourceType, registry) : kinds;
  const entries = new Map(Object.entries(value));
  for (const [name, own] of entries) {
    const kind = inside?.get(name);
    if (kind?.form === 'xhtml' && typeof own === 'string') entries.set(name, own.replace(/\r\n?/g, '\n').trim());
    const beside = entries.get(`_${name}`);
    if (own === null && isObject(beside)) entries.delete(name);
    if (!name.startsWith('_')) continue;
    const plain = entries.get(name.slice(1));
    if (!Array.isArray(own) || inside?.get(name.slice(1))?.form !== 'primitive') continue;
    const values = plain === undefined ? [] : Array.isArray(plain) ? [...plain] : [plain];
    while (values.length < own.length) values.push(null);
    while (own.length < values.length) own.push(null);
    entries.set(name.slice(1), values);
  }
  return Object.fromEntries([...entries].map(([name, own]) => [name, settled(own, inside?.get(name)?.inside())]));
}

function check(value: Json): boolean {
  const { text, left } = writeXml(value, registry);
  const back = readXml(text, registry);
  if (text !== '')
    assert.deepEqual(
      back.problems.filter(({ isWhole }) => !isWhole),
      [],
      text,
    );
  for (const { message } of left) assert.match(message, /^[^]+\.$/);
  if (left.length > 0) return false;
  assert.deepEqual(settled(back.value), settled(structuredClone(value)), text);
  return true;
}

describe('XML of any value', function () {
  this.timeout(10_000 * TIMES);
  it('is well-formed, and says what it cannot', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Patient', 'Bundle', 'Parameters', 'Nonsense'),
        ANY,
        (resourceType, value) => void check({ ...value, resourceType }),
      ),
      {
        numRuns: 400 * TIMES,
      },
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void writeXml(value, registry)));
    fc.assert(
      fc.property(fc.anything(), (value) => void writeXml({ resourceType: 'Patient', contact: value }, registry)),
    );
    let deep: unknown = 'a';
    for (let i = 0; i < 50_000; i++) deep = i % 2 ? [deep] : { extension: deep };
    assert.match(writeXml({ resourceType: 'Patient', contact: deep }, registry).left.at(-1)!.message, /levels deep/);
  });

  it('says where in a valid resource a fault has been put', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Patient', 'Composition', 'MedicationRequest'),
        fc.integer(),
        ANY,
        (type, seed, fault) => {
          check({ ...anyResource({ type, seed, fullness: 0.4 }).value, ...fault, resourceType: type });
        },
      ),
      { numRuns: 30 * TIMES },
    );
  });
});
