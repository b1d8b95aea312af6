// The synthetic set: numbers that are valid and nobody's, names that nobody could take for a real person's.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { InventedAddress } from '../../core/draft/cast';
import { isNhsNumber, isTestNumber } from '../../core/nhs/nhs-number';
import { isOdsCode } from '../../core/nhs/ods-code';
import { REGISTERS } from '../../core/nhs/professional-number';
import { whyNoConcept } from '../../core/nhs/snomed-id';
import { knowledge } from '../knowledge';
import { publishedFiles, textOfPublished } from '../published';

const { patients, pharmacies, practices, pharmacists, doctors, medicines } = knowledge().invented;
const organisations = [...pharmacies, ...practices];
const people = [...patients, ...pharmacists, ...doctors];

/** One of these stands in the name of everyone and everything in the set. */
const PLAINLY_INVENTED =
  /test|exampl|sampl|specimen|placeholder|placebo|dummy|mock|demo|fake|fict|pretend|imagin|invent|made-?up|make-believe|nonesuch|nobody|nowhere/i;

/** Ofcom's numbers for drama, which are given to nobody. */
const DRAMA = /^(01632 960\d{3}|07700 900\d{3}|0113 496 0\d{3})$/;

const unique = (values: readonly string[]): void => assert.deepEqual([...new Set(values)], values);
const invented = (address: InventedAddress): void => {
  assert.match(address.postalCode, /^ZZ99 3[A-Z]Z$/);
  assert.ok(address.line.length > 0 && address.line.every((line) => line.trim() === line && line !== ''));
  assert.notEqual(address.city, '');
};

describe('the synthetic set', () => {
  it('has enough of everything to choose from', () => {
    assert.ok(patients.length >= 24);
    for (const list of [pharmacies, practices, pharmacists, doctors]) assert.ok(list.length >= 6);
    assert.ok(medicines.length >= 4);
  });

  it('gives everyone an NHS number of the test range with its check digit, each once', () => {
    for (const { nhsNumber } of patients) assert.ok(isTestNumber(nhsNumber) && isNhsNumber(nhsNumber), nhsNumber);
    unique(patients.map(({ nhsNumber }) => nhsNumber));
  });

  it('has names that nobody could take for real, each once', () => {
    for (const { family } of people) assert.match(family, PLAINLY_INVENTED);
    for (const { name } of organisations) assert.match(name, PLAINLY_INVENTED);
    unique(people.map(({ given, family }) => [...given, family].join(' ')));
    unique(organisations.map(({ name }) => name));
  });

  it('has addresses without a place and telephones without an owner', () => {
    for (const { address, phone } of [...patients, ...organisations]) {
      invented(address);
      assert.match(phone, DRAMA);
    }
  });

  it('has the cases that systems stumble over', () => {
    assert.deepEqual([...new Set(patients.map(({ gender }) => gender))].sort(), ['female', 'male', 'other', 'unknown']);
    const families = patients.map(({ family }) => family);
    assert.ok(families.some((name) => name.includes("'")));
    assert.ok(families.some((name) => /[^\x20-\x7e]/.test(name)));
    assert.ok(families.some((name) => name.length > 30));
    assert.ok(patients.some(({ given }) => given.length >= 3));
    assert.ok(patients.some(({ birthDate }) => birthDate.endsWith('02-29')));
    assert.ok(patients.some(({ birthDate }) => birthDate < '1928'));
    assert.ok(patients.some(({ birthDate }) => birthDate > '2025'));
  });

  it('has birth dates that are days', () => {
    for (const { birthDate } of patients) assert.equal(new Date(birthDate).toISOString().slice(0, 10), birthDate);
  });

  it('has ODS codes of the right form, each once', () => {
    for (const { odsCode } of organisations) assert.ok(isOdsCode(odsCode), odsCode);
    for (const { odsCode } of pharmacies) assert.match(odsCode, /^FZZ\d\d$/);
    for (const { odsCode } of practices) assert.match(odsCode, /^ZZZ\d\d$/);
    unique(organisations.map(({ odsCode }) => odsCode));
  });

  it('has numbers of registers of the right form that are plainly invented, each once', () => {
    for (const list of [pharmacists, doctors]) {
      for (const { identifier } of list) {
        const register = REGISTERS.find(({ system }) => system === identifier.system);
        assert.ok(register?.form.test(identifier.value), identifier.value);
        assert.match(identifier.value, /^9{6}\d$/);
      }
      unique(list.map(({ identifier }) => identifier.value));
    }
  });

  it('has medicines whose codes can be codes, with amounts that belong together', () => {
    for (const { code, unitCode, dose, quantity, unit, days, display } of medicines) {
      assert.equal(whyNoConcept(code), undefined);
      if (unitCode !== undefined) assert.equal(whyNoConcept(unitCode), undefined);
      assert.ok(Number.isInteger(quantity) && quantity > 0 && Number.isInteger(days) && days > 0);
      assert.ok(display !== '' && dose !== '' && /^[a-z]+[^s]$/.test(unit), display);
    }
    unique(medicines.map(({ code }) => code));
  });

  it('holds what the example is about', () => {
    const example = fs.readFileSync('examples/emergency-supply.json', 'utf8');
    for (const value of [patients[0]!.nhsNumber, pharmacies[0]!.odsCode, practices[0]!.odsCode, medicines[0]!.code])
      assert.ok(example.includes(`"${value}"`), value);
  });

  it('has nobody and nothing of the published examples but the medicines', () => {
    const published = publishedFiles('examples').map(textOfPublished).join('\n');
    const theirs = (value: string): boolean => published.includes(`"${value}"`);
    for (const { nhsNumber, address } of patients)
      for (const value of [nhsNumber, address.postalCode, ...address.line]) assert.ok(!theirs(value), value);
    for (const { given, family } of people) assert.ok(!(theirs(family) && given.some(theirs)), family);
    for (const { identifier } of [...pharmacists, ...doctors]) assert.ok(!theirs(identifier.value), identifier.value);
    for (const { odsCode, name } of organisations) assert.ok(!theirs(odsCode) && !theirs(name), name);
  });
});
