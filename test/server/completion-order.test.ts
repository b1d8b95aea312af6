// What stands first is what one wants: of names, those that people write before those that hardly anyone does.
import assert from 'node:assert/strict';
import { completing, patient } from './completing';

describe('the order of what is offered', () => {
  const { complete } = completing();

  const CASES: [what: string, marked: string, first: string[]][] = [
    ['an entry', '{ "resourceType": "Bundle", "type": "message", "entry": [{ | }] }', ['fullUrl', 'resource']],
    ['a bundle', '{ "resourceType": "Bundle", "type": "message", | }', ['meta', 'identifier', 'entry']],
    ['a patient', patient('|'), ['name', 'identifier', 'telecom', 'gender', 'birthDate', 'address']],
    ['a name', patient('"name": [{ | }]'), ['use', 'family', 'given']],
    ['a file', '{ "resourceType": "|" }', ['Bundle']],
  ];
  for (const [what, marked, first] of CASES)
    it(what, async () => assert.deepEqual((await complete(marked)).labels.slice(0, first.length), first));
});
