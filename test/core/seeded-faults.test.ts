// One fault put into a valid message gives one error, at its place, and nothing else new.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from '../../core/document/json-document';
import { fhirPath } from '../../core/document/pointer';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

interface Fault {
  name: string;
  /** Either a change of the value or of its text. */
  change?: (message: Loose) => void;
  edit?: (text: string) => string;
  rule: string;
  /** FHIR path of the finding, from the document bundle's entry or the header. */
  path: string;
  /** The text that is underlined. */
  marks: string;
}

const composition = (m: Loose): Loose => m.entry.at(-1).resource.entry[0].resource;
const header = (m: Loose): Loose => m.entry[0].resource;
const patient = (m: Loose): Loose => resource(m, 'Patient');
const resource = (m: Loose, type: string): Loose =>
  m.entry
    .at(-1)
    .resource.entry.map((e: Loose) => e.resource)
    .find((r: Loose) => r.resourceType === type);

const FAULTS: Fault[] = [
  {
    name: 'an unknown property',
    change: (m) => (composition(m).titel = 'x'),
    rule: 'unknown-property',
    path: 'Composition.titel',
    marks: '"titel"',
  },
  {
    name: 'a wrong code in a required value set',
    change: (m) => (composition(m).status = 'finished'),
    rule: 'binding',
    path: 'Composition.status',
    marks: '"finished"',
  },
  {
    name: 'a wrong code in a value set of the NHS',
    change: (m) => (resource(m, 'MedicationDispense').type.coding[0].code = 'emergency'),
    rule: 'binding',
    path: 'MedicationDispense.type.coding[0].code',
    marks: '"emergency"',
  },
  {
    name: 'an impossible date',
    change: (m) => (patient(m).birthDate = '1956-02-30'),
    rule: 'primitive-form',
    path: 'Patient.birthDate',
    marks: '"1956-02-30"',
  },
  {
    name: 'Composition.status removed',
    change: (m) => delete composition(m).status,
    rule: 'required',
    path: 'Composition',
    marks: '"resource"',
  },
  {
    name: 'MessageHeader.timestamp removed',
    change: (m) => delete header(m).timestamp,
    rule: 'required',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'the MessageHandling extension removed',
    change: (m) => delete header(m).extension,
    rule: 'required',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'one key of the MessageHandling extension removed',
    change: (m) => header(m).extension[0].extension.splice(1, 1),
    rule: 'required',
    path: 'MessageHeader.extension[0].extension',
    marks: '"extension"',
  },
  {
    name: 'the MessageHandling extension removed, its list left empty',
    change: (m) => (header(m).extension = []),
    rule: 'required',
    path: 'MessageHeader.extension',
    marks: '"extension"',
  },
  {
    name: 'a scalar where an array belongs',
    change: (m) => (composition(m).author = composition(m).author[0]),
    rule: 'kind',
    path: 'Composition.author',
    marks: '{',
  },
  {
    name: 'an array where a scalar belongs',
    change: (m) => (composition(m).title = [composition(m).title]),
    rule: 'kind',
    path: 'Composition.title',
    marks: '[',
  },
  {
    name: 'a reference to an entry that is not there',
    change: (m) => (composition(m).subject.reference = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    rule: 'reference-missing',
    path: 'Composition.subject.reference',
    marks: '"urn:uuid:00000000-0000-4000-8000-000000000000"',
  },
  {
    name: 'a reference to the wrong type of resource',
    change: (m) => (composition(m).subject.reference = composition(m).custodian.reference),
    rule: 'reference-type',
    path: 'Composition.subject.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'a duplicate key',
    edit: (text) => text.replace(/("status": "final",)/, '$1 "status": "final",'),
    rule: 'duplicate-key',
    path: 'Composition.status',
    marks: '"status"',
  },
  {
    name: 'a misspelt resource type',
    change: (m) => (patient(m).resourceType = 'Pateint'),
    rule: 'resource-type',
    path: 'Pateint.resourceType',
    marks: '"Pateint"',
  },
  {
    name: 'an empty list of sections',
    change: (m) => (composition(m).section = []),
    rule: 'required',
    path: 'Composition.section',
    marks: '"section"',
  },
  {
    name: 'an empty list of codes',
    change: (m) => (resource(m, 'MedicationDispense').type.coding = []),
    rule: 'empty',
    path: 'MedicationDispense.type.coding',
    marks: '[',
  },
  {
    name: 'an element that the profile forbids',
    change: (m) => (header(m).reason = { text: 'because' }),
    rule: 'not-allowed',
    path: 'MessageHeader.reason',
    marks: '"reason"',
  },
  {
    name: 'another value than the fixed one',
    change: (m) => (header(m).event.system = 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-1'),
    rule: 'fixed-value',
    path: 'MessageHeader.event.system',
    marks: '"https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-1"',
  },
  {
    name: 'a mandatory section removed',
    change: (m) => {
      const sections = composition(m).section as Loose[];
      sections.splice(
        sections.findIndex((s) => s.title === 'GP Practice'),
        1,
      );
    },
    rule: 'required',
    path: 'Composition.section',
    marks: '"section"',
  },
  {
    name: 'a form of a choice that the profile does not allow',
    change: (m) => {
      const keys = header(m).extension[0].extension as Loose[];
      const key = keys.find((k) => k.url === 'SenderReference');
      key.valueUri = 'urn:x:y';
      delete key.valueString;
    },
    rule: 'choice',
    path: 'MessageHeader.extension[0].extension[4].valueUri',
    marks: '"valueUri"',
  },
];

const MESSAGES = {
  'our own example': path.resolve('examples/emergency-supply.json'),
  'the published example': path.resolve('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json'),
};

for (const [title, file] of Object.entries(MESSAGES)) {
  const there = fs.existsSync(file);
  if (!there && title.startsWith('the published')) continue;
  describe(`seeded faults in ${title}`, () => {
    const text = fs.readFileSync(file, 'utf8');
    const check = (source: string) => {
      const document = readJson(source);
      return checkDocument(document, knowledge()).findings.map((f) => ({
        ...f,
        path: fhirPath(document.value, f.pointer),
      }));
    };
    const before = check(text);

    it('has no error to begin with', () => {
      assert.deepEqual(
        before.filter((f) => f.severity === 'error'),
        [],
      );
    });

    for (const fault of FAULTS)
      it(fault.name, () => {
        const message: Loose = JSON.parse(text);
        fault.change?.(message);
        const broken = fault.edit?.(JSON.stringify(message, null, 2)) ?? JSON.stringify(message, null, 2);
        const fresh = check(broken).filter((f) => !before.some((b) => b.rule === f.rule && b.message === f.message));
        assert.equal(fresh.length, 1, JSON.stringify(fresh, null, 1));
        const [finding] = fresh;
        assert.equal(finding!.rule, fault.rule, finding!.message);
        assert.equal(finding!.severity, 'error');
        assert.equal(fromResource(finding!.path, message), fault.path);
        const marked = broken.slice(finding!.span.offset, finding!.span.offset + finding!.span.length);
        assert.ok(marked.startsWith(fault.marks), marked);
      });
  });
}

/** The path from the innermost resource on. */
function fromResource(full: string, message: Loose): string {
  const at = full.search(/\.resource(?!.*\.resource\b)\b/);
  if (at < 0) return full;
  const end = at + '.resource'.length;
  const steps = full.slice('Bundle.'.length, end).match(/\w+/g) ?? [];
  const resource = steps.reduce<Loose>((value, step) => value?.[step], message);
  return `${resource.resourceType}${full.slice(end)}`;
}
