import assert from 'node:assert/strict';
import fs from 'node:fs';
import { chooseCast, isInvented, strangeIn } from '../../core/draft/choose-cast';
import { draftMessage } from '../../core/draft/message';
import { seeded } from '../../core/draft/seeded';
import { readMessage } from '../../core/itk3/message';
import { synthesise } from '../../core/refactor/synthesise';
import { knowledge } from '../knowledge';
import { publishedFiles, readPublished } from '../published';

const { invented } = knowledge();
const [patient] = invented.patients;
assert.ok(patient);

describe('chooseCast', () => {
  it('draws one of each, and the same from the same draws', () => {
    const draws = (): (() => number) => {
      let last = 0;
      return () => (last = (last + 0.37) % 1);
    };
    const cast = chooseCast(invented, draws());
    assert.deepEqual(chooseCast(invented, draws()), cast);
    assert.ok(invented.pharmacies.includes(cast.pharmacy) && invented.practices.includes(cast.practice));
    assert.ok(invented.pharmacists.includes(cast.pharmacist) && invented.doctors.includes(cast.doctor));
    assert.equal(cast.medicines.length, 1);
  });

  it('takes whom and what is wanted, and draws the rest as before', () => {
    const child = invented.patients.find(({ birthDate }) => birthDate > '2019');
    assert.ok(child);
    const drawn = chooseCast(invented, () => 0.3);
    const wanted = chooseCast(invented, () => 0.3, { patient: child, pharmacy: undefined });
    assert.deepEqual(wanted, { ...drawn, patient: child });
  });

  it('gives the pharmacy the code of the sender', () => {
    const { pharmacy } = chooseCast(invented, () => 0.3);
    assert.deepEqual(chooseCast(invented, () => 0.3, { sender: 'X26' }).pharmacy, { ...pharmacy, odsCode: 'X26' });
  });

  it('draws adults, since the doses are theirs', () => {
    for (let n = 0; n < 1; n += 0.01)
      assert.ok(chooseCast(invented, () => n).patient.birthDate < '2008', chooseCast(invented, () => n).patient.family);
  });
});

describe('isInvented', () => {
  const name = { use: 'official', family: patient.family, given: patient.given, prefix: [patient.prefix] };
  const address = { use: 'home', ...patient.address };
  const other = invented.patients[1]!;
  const CASES: [what: string, resource: unknown, answer: boolean][] = [
    ['a patient of the set', { name: [name], address: [address] }, true],
    ['one in capitals', { name: [{ ...name, family: 'TESTWELL' }], address: [address] }, true],
    ['one whose texts say the same', { name: [{ ...name, text: 'Mr Marmaduke Testwell' }], address: [address] }, true],
    ['another family name', { name: [{ ...name, family: 'Smith' }], address: [address] }, false],
    ['another given name', { name: [{ ...name, given: ['William'] }], address: [address] }, false],
    ['a second name', { name: [name, { family: 'Smith' }], address: [address] }, false],
    ['a name that is a text beside', { name: [{ ...name, text: 'William Smith' }], address: [address] }, false],
    ['another address', { name: [name], address: [{ ...address, postalCode: 'LS1 4AP' }] }, false],
    ['a second address', { name: [name], address: [address, { line: ['1 High Street'] }] }, false],
    ['a district', { name: [name], address: [{ ...address, district: 'West Yorkshire' }] }, false],
    ['the address of another of the set', { name: [name], address: [other.address] }, false],
    ['no address', { name: [name] }, false],
    ['no name', { address: [address] }, false],
    ['none', undefined, false],
    ['a list', [], false],
    ['names that are none', { name: [null, 1], address: [{ line: {} }] }, false],
  ];
  for (const [what, resource, answer] of CASES)
    it(`says ${answer ? 'yes' : 'no'} to ${what}`, () => assert.equal(isInvented(resource, invented), answer));

  const patientsIn = (value: unknown): unknown[] => {
    const message = readMessage(value);
    assert.ok(message);
    return message.resources.filter(({ type }) => type === 'Patient').map(({ resource }) => resource);
  };

  it('says yes to the patient of the example and of every new message', () => {
    const example = JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8')) as unknown;
    const fresh = { now: new Date('2026-11-20T09:30:00Z'), ...seeded('invented') };
    const made = Array.from({ length: 20 }, () => draftMessage('emergency-supply', { knowledge: knowledge(), fresh }));
    for (const message of [example, ...made])
      assert.deepEqual(
        patientsIn(message).map((one) => isInvented(one, invented)),
        [true],
      );
  });

  for (const file of publishedFiles('examples/emergency-supply').filter((name) => name.endsWith('.json')))
    it(`says no to the patient of ${file}, and yes when invented people were put in`, () => {
      const published = readPublished(file);
      const message = readMessage(published);
      assert.ok(message);
      const synthetic = synthesise(message, invented, seeded('put in').random);
      for (const [value, answer] of [
        [published, false],
        [synthetic, true],
      ] as const)
        assert.deepEqual(
          patientsIn(value).map((one) => isInvented(one, invented)),
          [answer],
        );
    });
});

describe('strangeIn', () => {
  const name = { use: 'official', family: patient.family, given: patient.given, prefix: [patient.prefix] };
  const address = { use: 'home', ...patient.address };
  const other = invented.patients[1]!;
  const CASES: [what: string, person: Record<string, unknown>, answer: ReturnType<typeof strangeIn>][] = [
    ['a patient of the set', { name: [name], address: [address] }, undefined],
    ['a contact of the set, whose name and address are no lists', { name, address }, undefined],
    ['somebody of whom nothing is said', { gender: 'male' }, undefined],
    ['a name of the set without address', { name: [name] }, undefined],
    ['an address of the set without name', { address: [address] }, undefined],
    ['another family name', { name: [{ ...name, family: 'Smith' }], address: [address] }, 'name'],
    ['a second name', { name: [name, { family: 'Smith' }] }, 'name'],
    ['a name that is no name', { name: 'William Smith' }, 'name'],
    ['another address', { name: [name], address: [{ ...address, postalCode: 'LS1 4AP' }] }, 'address'],
    ['an address that is a text', { name: [name], address: [{ text: '1 High Street' }] }, 'address'],
    ['the address of another of the set', { name: [name], address: [other.address] }, 'both'],
  ];
  for (const [what, person, answer] of CASES)
    it(`says ${answer ?? 'nothing'} of ${what}`, () => assert.equal(strangeIn(person, invented), answer));
});
