import assert from 'node:assert/strict';
import { readMessage } from '../../core/itk3/message';
import { sectionTexts, whyNotWritten, writeSectionTexts } from '../../core/refactor/section-text';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import { composition, documentBundle, patient, resource, section } from '../faults/fault';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

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
