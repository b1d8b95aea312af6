// No false alarm on what is published: each error in a published message is a true defect of it, and stands in this table.
import assert from 'node:assert/strict';
import { readXml } from '../../core/document/xml-document';
import { fhirPath } from '../../core/document/pointer';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import { publishedFiles, readPublished, textOfPublished } from '../published';

interface Defect {
  file: string;
  rule: string;
  path: string;
  reason: string;
}

/** By file, in the order in which they are found. */
const DEFECTS: Defect[] = [
  {
    file: 'itk3-response/ITK-Response-10001-Example-1.xml',
    rule: 'reference-missing',
    path: 'Bundle.entry[0].resource.receiver.reference',
    reason: 'No entry has that fullUrl: of the three beside the header, none is the receiver that is meant.',
  },
  {
    file: 'update-record/blood-pressure-check-service--example-1.xml',
    rule: 'primitive-form',
    path: 'Bundle.entry[0].resource.meta.profile[0]',
    reason: 'The url starts with a space.',
  },
  {
    file: 'update-record/blood-pressure-check-service--example-1.xml',
    rule: 'primitive-form',
    path: 'Bundle.entry[1].resource.meta.profile[0]',
    reason: 'The url starts with two spaces.',
  },
  {
    file: 'update-record/blood-pressure-check-service--example-1.xml',
    rule: 'snomed-id',
    path: 'Bundle.entry[2].resource.entry[6].resource.component[1].code.coding[0].code',
    reason: 'The check digit of the SNOMED CT identifier is wrong: 1091811000000102 is the concept that is named.',
  },
  {
    file: 'vaccination/vaccination--digimeds--seasonal-influenza--pharmacy.xml',
    rule: 'xml-order',
    path: 'Bundle.entry[0].resource.timestamp',
    reason: 'Of a MessageHeader STU3 has receiver and sender before timestamp.',
  },
  {
    file: 'vaccination/vaccination--digimeds--seasonal-influenza--pharmacy.xml',
    rule: 'xml-order',
    path: 'Bundle.entry[3].resource.entry[0].resource.title',
    reason: 'Of a Composition STU3 has author before title.',
  },
  {
    file: 'vaccination/vaccination--digimeds--seasonal-influenza--pharmacy.xml',
    rule: 'xml-order',
    path: 'Bundle.entry[3].resource.entry[2].resource.address[0]',
    reason: 'Of a Practitioner STU3 has telecom before address.',
  },
  {
    file: 'vaccination/vaccination--digimeds--seasonal-influenza--pharmacy.xml',
    rule: 'xml-text',
    path: 'Bundle.entry[3].resource.entry[3].resource.name[0]._text',
    reason: 'Patient.name.text has its text between its tags, not in the attribute value.',
  },
  {
    file: 'vaccination/vaccination--digimeds--seasonal-influenza--pharmacy.xml',
    rule: 'empty',
    path: 'Bundle.entry[3].resource.entry[3].resource.name[0]._text',
    reason: 'So the element itself is empty.',
  },
  {
    file: 'vaccination/vaccination--digimeds--seasonal-influenza--pharmacy.xml',
    rule: 'nhs-number',
    path: 'Bundle.entry[3].resource.entry[3].resource.identifier[0].value',
    reason: 'The NHS number is written with spaces.',
  },
];

/** After all of them were made, so that nothing in them lies in the future. */
const NOW = Date.parse('2026-12-01T12:00:00Z');

const files = publishedFiles('examples');
if (files.length > 0)
  describe('published messages', () => {
    for (const file of files)
      it(`${file} has no errors but its own`, () => {
        const value = readPublished(file);
        const errors = validate(value, knowledge(), { now: NOW })
          .findings.filter(({ severity }) => severity === 'error')
          .map(({ rule, pointer, message }) => ({ rule, path: fhirPath(value, pointer), message }));
        const problems = file.endsWith('.xml') ? readXml(textOfPublished(file), knowledge().registry).problems : [];
        const ofText = problems.map(({ rule, pointer, message }) => ({
          rule,
          path: fhirPath(value, pointer),
          message,
        }));
        const found = [...ofText, ...errors];
        const expected = DEFECTS.filter((defect) => `examples/${defect.file}` === file);
        const plain = (list: { rule: string; path: string }[]) =>
          list.map(({ rule, path }) => `${rule} ${path}`).sort();
        assert.deepEqual(plain(found), plain(expected), JSON.stringify(found, null, 1));
      });

    it('are all there that the table names', () => {
      for (const { file } of DEFECTS) assert.ok(files.includes(`examples/${file}`), file);
    });
  });
