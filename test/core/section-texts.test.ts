import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { readMessage } from '../../core/itk3/message';
import { sectionTexts, whyNotWritten, writeSectionTexts } from '../../core/refactor/section-text';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import { composition, documentBundle, patient, resource, section } from '../faults/fault';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { publishedFiles, readPublished } from '../published';

const NOW = new Date('2026-11-20T09:30:00Z');

/** A message whose texts say what its resources say. */
function made(): Loose {
  let count = 0;
  return draftMessage('emergency-supply', {
    knowledge: knowledge(),
    fresh: {
      now: NOW,
      randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
      random: () => 0.3,
    },
  });
}

function setQuantity(quantity: Loose, value: number): void {
  quantity.value = value;
  for (const extension of quantity.extension ?? []) extension.valueString = `${value} ${quantity.unit}`;
}

const written = (value: Loose, at?: string): Loose => writeSectionTexts(readMessage(value)!, knowledge(), at);
const whyNot = (value: Loose, at?: string): string | undefined => whyNotWritten(readMessage(value)!, knowledge(), at);
const findings = (value: unknown): string[] =>
  validate(value, knowledge(), { now: NOW.getTime() + 1000 })
    .findings.filter((f) => f.severity !== 'hint')
    .map((f) => f.rule);
const divOf = (value: Loose, code: string): string => section(value, code).text.div;

const [MEDICATIONS, DEMOGRAPHICS, PRACTICE, HISTORY] = [
  '933361000000108',
  '886731000000109',
  '886711000000101',
  '717121000000105',
];

describe('writing the texts of sections', () => {
  it('changes nothing where they say what the resources say', () => {
    const value = made();
    assert.deepEqual(findings(value), []);
    assert.equal(written(value), value);
  });

  const changes: [string, string, (m: Loose) => void][] = [
    ['a quantity', 'supply-in-text', (m) => setQuantity(resource(m, 'MedicationDispense').quantity, 77)],
    ['a birth date', 'patient-in-text', (m) => (patient(m).birthDate = '1931-01-02')],
    ['a name', 'patient-in-text', (m) => Object.assign(patient(m).name[0], { family: "O'Other", given: ['Zebedee'] })],
    ['a gender', 'patient-in-text', (m) => (patient(m).gender = 'female')],
    ['an ODS code', 'practice-in-text', (m) => (resource(m, 'Organization', 1).identifier[0].value = 'ZZY98')],
    ['days', 'supply-in-text', (m) => (resource(m, 'MedicationDispense').daysSupply.value = 99)],
  ];
  for (const [name, rule, change] of changes)
    it(`takes over ${name}`, () => {
      const value = made();
      change(value);
      assert.ok(findings(value).includes(rule), findings(value).join());
      const after = written(value);
      assert.deepEqual(
        findings(after).filter((one) => one === rule || one.startsWith('narrative')),
        [],
      );
    });

  it('writes as XHTML what is none', () => {
    const value = made();
    resource(value, 'MedicationDispense').dosageInstruction[0].text = 'Nothing & <no more>';
    assert.match(divOf(written(value), MEDICATIONS), /<td>Nothing &amp; &lt;no more&gt;<\/td>/);
  });

  it('leaves what only a person can write, to the letter', () => {
    const value = made();
    const clinical = '<b>Kept</b> &amp; as <i>it</i> is';
    const contacts = composition(value).section.find((s: Loose) => s.text.div.includes('Reason for service'));
    contacts.text.div = contacts.text.div.replace(/(Reason for service<\/th><td>)[^<]*/, `$1${clinical}`);
    patient(value).birthDate = '1931-01-02';
    const after = written(value);
    assert.equal(divOf(after, HISTORY), divOf(value, HISTORY));
    const kept = composition(after).section.find((s: Loose) => s.text.div.includes('Reason for service'));
    assert.ok(kept.text.div.includes(clinical));
  });

  it('leaves what says the same in another form, and a list that says more', () => {
    const value = made();
    const demographics = section(value, DEMOGRAPHICS);
    const [, told] = /Date of birth<\/th><td>([^<]*)/.exec(String(demographics.text.div))!;
    demographics.text.div = demographics.text.div
      .replace(told, (patient(value).birthDate as string).split('-').reverse().join('/'))
      .replace('</th><td>', '</th><td><p>Known as: Duke</p>');
    assert.equal(written(value), value);
  });

  it('writes the text of one section only, when asked for one', () => {
    const value = made();
    patient(value).gender = 'female';
    resource(value, 'Organization', 1).identifier[0].value = 'ZZY98';
    const at = `/entry/2/resource/entry/0/resource/section/${composition(value).section.indexOf(section(value, PRACTICE))}/title`;
    const after = written(value, at);
    assert.ok(divOf(after, PRACTICE).includes('ZZY98'));
    assert.equal(divOf(after, DEMOGRAPHICS), divOf(value, DEMOGRAPHICS));
  });

  it('adds what the text does not name yet, and rows that are missing', () => {
    const value = made();
    const second = structuredClone(resource(value, 'MedicationDispense'));
    const medication = structuredClone(resource(value, 'Medication'));
    Object.assign(second, { id: 'd2', medicationReference: { reference: 'urn:uuid:m2' } });
    Object.assign(medication, { id: 'm2', code: { coding: [{ display: 'Pretendamol 1mg tablets', code: '1' }] } });
    documentBundle(value).entry.push(
      { fullUrl: 'urn:uuid:d2', resource: second },
      { fullUrl: 'urn:uuid:m2', resource: medication },
    );
    const before = divOf(value, MEDICATIONS);
    section(value, DEMOGRAPHICS).text.div = divOf(value, DEMOGRAPHICS).replace(/<tr><th>Gender.*?<\/tr>/, '');
    const after = written(value);
    const rows = divOf(after, MEDICATIONS);
    assert.equal(rows.match(/<th>Medication<\/th>/g)!.length, before.match(/<th>Medication<\/th>/g)!.length + 1);
    assert.match(rows, /Pretendamol 1mg tablets<\/td><\/tr><tr><th>Dose directions/);
    assert.match(divOf(after, DEMOGRAPHICS), /Date of birth<\/th><td>[^<]*<\/td><\/tr><tr><th>Gender<\/th>/);
    assert.equal(written(after), after);
  });

  it('writes a whole table where there is no text', () => {
    const value = made();
    const before = divOf(value, DEMOGRAPHICS);
    delete section(value, DEMOGRAPHICS).text;
    const after = written(value);
    assert.equal(divOf(after, DEMOGRAPHICS), before);
    assert.equal(section(after, DEMOGRAPHICS).text.status, 'generated');
  });

  it('leaves free text, and says why', () => {
    const value = made();
    const at = `/entry/2/resource/entry/0/resource/section/${composition(value).section.indexOf(section(value, DEMOGRAPHICS))}`;
    assert.equal(whyNot(value, at), undefined);
    section(value, DEMOGRAPHICS).text.div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Of no known age</p></div>';
    assert.match(whyNot(value, at)!, /no table of labels/);
    assert.equal(written(value, at), value);
    const history = `/entry/2/resource/entry/0/resource/section/${composition(value).section.indexOf(section(value, HISTORY))}`;
    assert.match(whyNot(value, history)!, /only a person/);
    assert.match(whyNot(value, '/entry/0')!, /in no section/);
    assert.match(whyNot({ resourceType: 'Patient' })!, /no document/);
  });
});

const open = '<div xmlns="http://www.w3.org/1999/xhtml">';

/** Why a strict parser refuses it; undefined where it does not. */
function fault(div: string): string | undefined {
  let told: string | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', ({ message }) => (told ??= message));
  parser.write(div).close();
  return told;
}

/** Every narrative of sections is XHTML, and apart from them the message is as it was. */
function assertOnlyTexts(before: Loose, after: Loose): void {
  const [was, is] = [before, after].map((one) => structuredClone(one)) as [Loose, Loose];
  composition(is).section.forEach((one: Loose, i: number) => {
    const old = composition(was).section[i];
    assert.equal(fault(one.text.div), fault(old.text.div), `${old.text.div}\n${one.text.div}`);
    one.text.div = old.text.div;
  });
  assert.deepEqual(is, was);
}

describe('writing over cells of any shape', () => {
  /** One cell of the demographics, and the row in which it stands afterwards. */
  const rewritten = (label: string, cell: string, change?: (m: Loose) => void): string => {
    const value = made();
    const text = section(value, DEMOGRAPHICS).text;
    const row = new RegExp(`<tr><th>${label}</th>.*?</tr>`);
    const others = text.div.replace(row, '') as string;
    text.div = others.replace('</tbody>', () => `<tr><th>${label}</th>${cell}</tr></tbody>`);
    change?.(value);
    const after = written(value);
    assertOnlyTexts(value, after);
    assert.equal(written(after), after, 'once is enough');
    return row.exec(divOf(after, DEMOGRAPHICS))![0];
  };
  const GENDER = /^<tr><th>Gender<\/th>(.*)<\/tr>$/;
  const female = (cell: string): string | undefined =>
    GENDER.exec(rewritten('Gender', cell, (m) => (patient(m).gender = 'female')))?.[1];

  it('words before paragraphs', () => {
    const contact = { name: { text: 'Nora Nobody' }, telecom: [{ system: 'phone', value: '01632 960000' }] };
    const row = rewritten(
      'Relevant contacts',
      '<td>Name: Nina Noone <p>Relationship: Friend</p><p>Tel. 0</p></td>',
      (m) => Object.assign(patient(m), { contact: [contact] }),
    );
    assert.equal(row, '<tr><th>Relevant contacts</th><td>Nora Nobody, 01632 960000</td></tr>');
  });

  it('markup that stands around the words stays', () => {
    assert.equal(female('<td class="x"><p><b>Male</b></p></td>'), '<td class="x"><p><b>Female</b></p></td>');
    assert.equal(female('<td> <!-- a <td> --> Male </td>'), '<td> <!-- a <td> --> Female </td>');
  });
  it('markup that stands among them goes with them', () => {
    assert.equal(female('<td>Ma<b>le</b></td>'), '<td>Female</td>');
    assert.equal(female('<td><p>Male</p><br/><p>at birth</p></td>'), '<td>Female</td>');
    assert.equal(female('<td><![CDATA[Male > <td>]]></td>'), '<td>Female</td>');
  });
  it('a cell that closes itself', () => {
    assert.equal(female('<td/>'), '<td>Female</td>');
    assert.equal(female('<td class="x" />'), '<td class="x">Female</td>');
  });
  it('an attribute with a > in it', () => {
    assert.equal(female('<td title="a > b">Male</td>'), '<td title="a > b">Female</td>');
    assert.equal(female("<td title='\">'>Male</td >"), "<td title='\">'>Female</td >");
  });

  it('several lines take the place of the whole cell', () => {
    const row = rewritten('Patient', '<td><p>Nobody</p></td>', (m) =>
      Object.assign(patient(m), { name: [{ use: 'official', given: ['Nora'], family: 'Noone' }] }),
    );
    assert.equal(row, '<tr><th>Patient</th><td><p>Given name: Nora</p><p>Family name: Noone</p></td></tr>');
  });

  it('what is no well-formed XHTML stays as it is, and is told', () => {
    const value = made();
    patient(value).gender = 'female';
    const { text } = section(value, DEMOGRAPHICS);
    text.div = text.div.replace('</tbody>', '</p></tbody>');
    const at = `/entry/2/resource/entry/0/resource/section/${composition(value).section.indexOf(section(value, DEMOGRAPHICS))}`;
    assert.equal(written(value, at), value);
    assert.match(whyNot(value, at)!, /no well-formed XHTML: mend that first/);
  });

  const spaces = fc.constantFrom('', '', ' ', '\n  ');
  const words = fc.constantFrom('Male', 'Nobody', '4 May 1931', 'a &amp; b', '&#x263A;', '&lt;td&gt;', "it's", ']', '');
  const attribute = fc.constantFrom(
    '',
    ' class="a"',
    ' title="a > b"',
    " title='\"'",
    ' id = "x" ',
    '\n style="color: red"',
  );
  const asides = fc.constantFrom('<!-- <td> -->', '<!---->', '<![CDATA[<tr> & </td>]]>', '<?a >?>', '<br/>', '<br />');
  const { flow } = fc.letrec<{ flow: string; part: string }>((tie) => ({
    flow: fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      words,
      asides,
      spaces,
      fc
        .tuple(fc.constantFrom('p', 'span', 'b', 'ul', 'div', 'thead', 'trs'), attribute, tie('flow'), spaces)
        .map(([name, attributes, inner, space]) => `<${name}${attributes}>${inner}</${name}${space}>`),
    ),
  }));
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(attribute, flow, spaces).map(([a, inner, s]) => `<td${a}>${inner}</td${s}>`) },
    { weight: 1, arbitrary: attribute.map((a) => `<td${a}/>`) },
    {
      weight: 1,
      arbitrary: fc.tuple(flow, flow).map(([a, b]) => `<td>${a}<table><tr><td>${b}</td></tr></table></td>`),
    },
  );
  const label = fc.constantFrom('Patient', 'Gender', 'Date of birth:', 'NHS number', 'Patient address', 'Other');
  const row = fc
    .tuple(fc.constantFrom('th', 'td'), label, attribute, fc.array(cell, { minLength: 1, maxLength: 3 }), asides)
    .map(([tag, said, attributes, cells, aside]) => {
      const line = `<tr${attributes}>${aside}<${tag}>${said}</${tag}>${cells.join('\n')}`;
      return `${line}</tr>${aside}`;
    });
  const narrative = fc
    .tuple(flow, attribute, fc.array(row, { maxLength: 8 }), flow)
    .map(
      ([before, attributes, rows, after]) =>
        `${open}${before}<table${attributes}>${rows.join('')}</table>${after}</div>`,
    );

  it('whatever well-formed shape they have, what comes of it is well-formed, says the facts, and is all that changes', function () {
    this.timeout(60_000);
    const drafted = made();
    let changes = 0;
    fc.assert(
      fc.property(narrative, (div) => {
        assert.equal(fault(div), undefined);
        const value = structuredClone(drafted);
        section(value, DEMOGRAPHICS).text.div = div;
        const after = written(value);
        assertOnlyTexts(value, after);
        if (after === value) return;
        changes++;
        assert.equal(written(after), after, divOf(after, DEMOGRAPHICS));
        const { said, written: wanted } = sectionTexts(readMessage(after)!, knowledge())!;
        assert.equal(said, wanted);
      }),
      { numRuns: 300 },
    );
    assert.ok(changes > 50, `${changes} were written`);
  });

  const published = publishedFiles('examples/emergency-supply').filter((file) => {
    const value = readPublished(file);
    return readMessage(value)?.root.resource === value && whyNot(value) === undefined;
  });
  for (const file of published)
    it(file, () => {
      const value = readPublished(file);
      const after = written(value) as Loose;
      assert.equal(written(after), after);
      const texts = (one: Loose): string[] =>
        Array.from(JSON.stringify(one).matchAll(/"div":("(?:[^"\\]|\\.)*")/g), ([, div]) => JSON.parse(div!) as string);
      texts(after).forEach((div, i) => assert.equal(fault(div), fault(texts(value)[i]!), div));
      const without = (one: Loose): string => JSON.stringify(one).replace(/"div":"(?:[^"\\]|\\.)*"/g, '');
      assert.equal(without(after), without(value));
    });
});

describe('comparing texts with resources', () => {
  it('shows both, section by section', () => {
    const value = made();
    const same = sectionTexts(readMessage(value)!, knowledge())!;
    assert.equal(same.said, same.written);
    assert.match(same.said, /^Patient Demographics\n {2}Patient: /m);
    patient(value).gender = 'female';
    const { said, written: wanted } = sectionTexts(readMessage(value)!, knowledge())!;
    const lines = (text: string): string[] => text.split('\n');
    const different = lines(wanted).filter((line, i) => line !== lines(said)[i]);
    assert.deepEqual(different, ['  Gender: Female']);
  });

  it('has nothing to say of what is no document', () => {
    assert.equal(sectionTexts(readMessage({ resourceType: 'Patient' })!, knowledge()), undefined);
  });
});
