// What a preview has of a message: right, mistaken, broken, of another kind.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readJson } from '../../core/document/json-document';
import { join, type Pointer, valueAt } from '../../core/document/pointer';
import { ageAt } from '../../core/preview/banner';
import type { Block, Fact } from '../../core/preview/blocks';
import type { NarrativeNode } from '../../core/preview/narrative';
import { type Preview, previewOf } from '../../core/preview/preview';
import { shownAt } from '../../core/preview/spot';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { request, response } from '../rules/whole';

const NOW = Date.parse('2026-11-21T12:00:00Z');

function preview(text: string): Preview {
  const { message, findings } = checkDocument(readJson(text), knowledge(), { now: NOW });
  assert.ok(message);
  return previewOf(message, findings, knowledge());
}

const told = (facts: readonly Fact[]): Record<string, string> =>
  Object.fromEntries(facts.map(({ label, text }) => [label, text]));

/** `Medicine: Humulin…, Quantity: 2 cartridge`, a line each. */
function linesOf(block: Block | undefined): string[] {
  assert.equal(block?.form, 'table');
  return block.lines.map(({ cells }) =>
    cells.flatMap((cell, i) => (cell ? [`${block.columns[i]}: ${cell.text}`] : [])).join(', '),
  );
}

function marksIn(nodes: readonly NarrativeNode[]): string[] {
  return nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : [...node.marks.map(({ message }) => `${node.tag}: ${message}`), ...marksIn(node.children)],
  );
}

const DOCUMENT = '/entry/2/resource';
const at = (text: string, type: string): Pointer => {
  const { entry } = valueAt(JSON.parse(text), DOCUMENT) as { entry: { resource: { resourceType: string } }[] };
  const index = entry.findIndex(({ resource }) => resource.resourceType === type);
  return join(DOCUMENT, 'entry', index, 'resource');
};

describe('a preview of our example', () => {
  const shown = preview(request());

  it('is called what the document is', () => {
    assert.equal(shown.title, 'Imaginary Pharmacy Emergency Medication Supply Record');
    assert.deepEqual(told(shown.about), {
      'Kind of document': 'Urgent supply of prescription items by community pharmacy',
      Written: '20 November 2026, 09:30',
      Status: 'Final',
    });
    assert.deepEqual(shown.verdict, { errors: 0, warnings: 0, notes: 0, breaks: [] });
  });

  it('has the patient as a banner tells it', () => {
    assert.equal(shown.patient?.name.text, 'TESTWELL, Marmaduke (Mr)');
    assert.deepEqual(told(shown.patient.facts), {
      Born: '29 February 1956 (70 years)',
      Gender: 'Male',
      'NHS No.': '999 014 2017\nNumber present and verified',
      Address: '1 Pretend Lane, Nowhere, ZZ99 3VZ',
      Telephone: '07700 900123 (mobile)',
    });
  });

  it('tells of the header in words', () => {
    assert.deepEqual(told(shown.envelope), {
      From: 'Imaginary Pharmacy, ODS code FZZ99',
      Mailbox: 'X26PHARMACY',
      Sent: '20 November 2026, 09:30',
      Event: 'ITK Digital Medicine Emergency Supply Document, ITK010D',
      For: 'For Action',
      'Acknowledgements wanted': 'infrastructure and business',
      'Sender’s reference': 'urn:uuid:12a3d430-4609-4e84-ab37-da1e05b80abd',
      'Message id': 'fcbe8af3-7653-4000-aa0a-525f98348e57',
    });
  });

  it('has the sections in their order, with the resources behind them', () => {
    assert.deepEqual(
      shown.sections.map(({ title, blocks }) => [
        title,
        ...blocks.map((b) => (b.form === 'missing' ? '?' : b.caption)),
      ]),
      [
        ['Allergies and Adverse Reactions', 'Allergies'],
        ['Contact with professionals', 'Contact'],
        ['Legal information'],
        ['GP Practice', 'Organisation'],
        ['History'],
        ['Information and Advice given'],
        ['Medications and medical devices', 'Medicines supplied'],
        ['Patient Demographics', 'Patient'],
        ['Plan and requested actions'],
        ['Referral details'],
      ],
    );
    assert.deepEqual(linesOf(shown.sections[6]?.blocks[0]), [
      'Medicine: Humulin M3 100units/ml suspension for injection 3ml cartridges (CST Pharma Ltd), Directions: 12 units twice a day before meals, Quantity: 2 cartridge, Days: 14 day, Handed over: 20 November 2026, Kind: Emergency supply',
    ]);
    assert.deepEqual(linesOf(shown.sections[0]?.blocks[0]), [
      'Allergic to: No known drug allergy, Certainty: Unconfirmed, Recorded: 20 November 2026',
    ]);
  });

  it('says which part each person and organisation plays', () => {
    assert.deepEqual(
      linesOf(shown.beyond[0]).map((line) => line.replace(/, Identifiers[^]*/, '')),
      [
        'Part: Custodian, Provider, On behalf of, Name: Imaginary Pharmacy',
        'Part: Patient’s practice, Name: Make-Believe Medical Centre',
        'Part: Author, Clinician, Supplied by, Name: Ms Ottoline Fictional',
      ],
    );
  });

  it('names places that are in the message', () => {
    const value: unknown = JSON.parse(request());
    const places: Pointer[] = JSON.stringify(shown)
      .match(/"at":"[^"]+"/g)!
      .map((one) => one.slice(6, -1));
    assert.ok(places.length > 50);
    for (const place of places) assert.notEqual(valueAt(value, place), undefined, place);
  });
});

describe('a preview', () => {
  it('marks where text and resources disagree, in both', () => {
    const { sections } = preview(request(['2 cartridge</td>', '3 cartridge</td>']));
    const medicines = sections[6]!;
    const says = 'The text says 3 where the dispense says 2: quantity is the same in both.';
    assert.deepEqual(marksIn(medicines.narrative!.nodes), [`td: ${says}`]);
    const [block] = medicines.blocks;
    assert.equal(block?.form, 'table');
    const cell = block.lines[0]!.cells[block.columns.indexOf('Quantity')];
    assert.deepEqual(
      cell?.marks.map(({ message, disagrees }) => [message, disagrees]),
      [[says, true]],
    );
  });

  it('says each thing that is wrong once, where it is met first', () => {
    const { patient, sections } = preview(fs.readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8'));
    assert.match(patient!.name.marks[0]!.message, /did you mean "family"/);
    assert.equal(patient!.facts[0]!.marks.length, 1);
    const [demographics] = sections.filter(({ title }) => title === 'Patient Demographics');
    assert.doesNotMatch(JSON.stringify(demographics!.blocks), /did you mean|does not exist/);
  });

  it('has of a text that breaks off what can be read', () => {
    const whole = request();
    const { title, sections, verdict } = preview(whole.slice(0, whole.indexOf('Patient Demographics')));
    assert.equal(title, 'Imaginary Pharmacy Emergency Medication Supply Record');
    assert.equal(sections.length, 8);
    assert.equal(verdict.breaks.length, 1);
  });

  it('says where an entry leads nowhere, and where there is no text', () => {
    const message = JSON.parse(request());
    const [, contact] = message.entry[2].resource.entry[0].resource.section;
    contact.entry[0].reference = 'urn:uuid:00000000-0000-4000-8000-000000000000';
    delete contact.text;
    const section = preview(JSON.stringify(message)).sections[1]!;
    assert.equal(section.narrative, undefined);
    assert.deepEqual(section.blocks, [
      {
        form: 'missing',
        says: 'urn:uuid:00000000-0000-4000-8000-000000000000 is not in the document.',
        at: `${DOCUMENT}/entry/0/resource/section/1/entry/0`,
      },
    ]);
  });

  it('lists attachments by what they are and how large', () => {
    const message = JSON.parse(request());
    const content = Buffer.from('synthetic').toString('base64');
    const resource = { resourceType: 'Binary', contentType: 'application/pdf', content };
    message.entry[2].resource.entry.push({ fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000000', resource });
    assert.deepEqual(
      preview(JSON.stringify(message)).attachments.map(({ name, contentType, bytes }) => [name, contentType, bytes]),
      [['Attachment 1', 'application/pdf', 9]],
    );
  });

  it('lists the attachments in documents and photographs, without those that are only pointed at', () => {
    const message = JSON.parse(request());
    const data = Buffer.from('synthetic').toString('base64');
    const { entry } = message.entry[2].resource;
    const at = `${DOCUMENT}/entry/${entry.length}/resource`;
    entry.push({
      fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000000',
      resource: {
        resourceType: 'DocumentReference',
        content: [
          { attachment: { title: ' Letter ', contentType: 'application/pdf', data } },
          { attachment: { url: 'https://example.org/elsewhere' } },
          { attachment: { data } },
        ],
      },
    });
    const [named, unnamed, ...more] = preview(JSON.stringify(message)).attachments;
    assert.deepEqual(named, {
      at: `${at}/content/0/attachment/data`,
      covers: [`${at}/content/0/attachment`],
      name: 'Letter',
      contentType: 'application/pdf',
      bytes: 9,
    });
    assert.deepEqual([unnamed?.at, unnamed?.contentType, unnamed?.bytes], [`${at}/content/2/attachment/data`, '', 9]);
    assert.match(unnamed?.name ?? '', /\w/);
    assert.deepEqual(more, []);
  });

  it('shows what no section names', () => {
    const message = JSON.parse(request());
    const resource = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Blood glucose' },
      valueQuantity: { value: 7, unit: 'mmol/L' },
    };
    message.entry[2].resource.entry.push({ fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000000', resource });
    assert.deepEqual(linesOf(preview(JSON.stringify(message)).beyond[1]), ['What: Blood glucose, Value: 7 mmol/L']);
  });

  it('shows a document of a kind of which nothing is known', () => {
    const message = JSON.parse(request());
    const composition = message.entry[2].resource.entry[0].resource;
    message.entry[0].resource.event.code = 'ITK099X';
    delete composition.meta;
    composition.section = [
      {
        title: 'Outer',
        section: [
          {
            title: 'Inner',
            text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Words</div>' },
          },
        ],
      },
    ];
    const [outer] = preview(JSON.stringify(message)).sections;
    assert.equal(outer?.sections[0]?.title, 'Inner');
    assert.deepEqual(outer.sections[0].narrative?.nodes, ['Words']);
  });

  it('shows an acknowledgement by its header and outcome', () => {
    const { title, envelope, sections, beyond } = preview(response('20006'));
    assert.equal(title, 'ITK Response');
    assert.equal(told(envelope).Answers, 'fcbe8af3-7653-4000-aa0a-525f98348e57');
    assert.deepEqual(sections, []);
    assert.equal(beyond[0]?.form, 'facts');
  });

  it('shows a resource that stands alone', () => {
    const patient = valueAt(JSON.parse(request()), at(request(), 'Patient'));
    const alone = preview(JSON.stringify(patient));
    assert.equal(alone.patient?.name.text, 'TESTWELL, Marmaduke (Mr)');
    assert.deepEqual(alone.envelope, []);
  });

  it('is made of anything that calls itself a resource', () => {
    for (const text of [
      '{"resourceType":"Bundle"}',
      '{"resourceType":"Bundle","type":"message","entry":[null,{"resource":{"resourceType":"MessageHeader","focus":{},"extension":[{}]}}]}',
      '{"resourceType":"Composition","section":[null,{"section":{}},{"entry":[{"reference":"#"}]}],"subject":7}',
      '{"resourceType":"Patient","name":"x","telecom":{},"contact":[null],"identifier":[null],"birthDate":7}',
      '{"resourceType":"MedicationDispense","dosageInstruction":{},"quantity":[],"contained":[{"resourceType":"Medication"}]}',
      '{"resourceType":"OperationOutcome","issue":[null,{"details":[]}]}',
      '{"resourceType":"Anything","text":null}',
    ])
      assert.ok(preview(text).title, text);
  });
});

describe('what of a preview shows a spot of the message', () => {
  const text = request();
  const shown = preview(text);
  const titleOf = (spot: Pointer) => {
    const found = shownAt(spot, shown);
    return found === undefined ? undefined : (valueAt(JSON.parse(text), found) as Record<string, unknown>);
  };

  it('is the section around it, or the line of its resource', () => {
    assert.equal(titleOf(`${DOCUMENT}/entry/0/resource/section/4/text/div`)?.title, 'History');
    assert.equal(titleOf(`${at(text, 'MedicationDispense')}/daysSupply/value`)?.resourceType, 'MedicationDispense');
    assert.equal(titleOf(`${at(text, 'Medication')}/code`)?.resourceType, 'MedicationDispense');
    assert.equal(shownAt(`${at(text, 'Patient')}/birthDate`, shown), `${at(text, 'Patient')}/birthDate`);
  });

  it('is nothing where the spot is only form', () => {
    assert.equal(shownAt('/meta/profile/0', shown), undefined);
  });
});

describe('an age', () => {
  const cases: [string | undefined, unknown, string | undefined][] = [
    ['1956-02-29', '2026-11-20T09:30:00+00:00', '70 years'],
    ['1956-02-29', '2026-02-28', '69 years'],
    ['2012-08-20', '2026-11-20', '14 years 3 months'],
    ['2025-08-21', '2026-11-20', '14 months'],
    ['2026-09-01', '2026-11-20', '11 weeks'],
    ['2026-11-20', '2026-11-20', '0 days'],
    ['2026-11-19', '2026-11-20', '1 day'],
    ['2026-11-21', '2026-11-20', undefined],
    ['1956', '2026-11-20', undefined],
    ['1956-02-30', '2026-11-20', undefined],
    [undefined, '2026-11-20', undefined],
    ['1956-02-29', 7, undefined],
  ];
  for (const [born, moment, age] of cases)
    it(`of one born ${String(born)} at ${String(moment)} is ${String(age)}`, () =>
      assert.equal(ageAt(born, moment), age));
});
