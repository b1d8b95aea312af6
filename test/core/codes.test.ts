import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addResource, emptyPackage } from '../../core/definitions/read';
import { createRegistry } from '../../core/definitions/registry';
import { createTerminology } from '../../core/definitions/terminology';
import { hasVerhoeffDigit, isExpression, whyNoConcept } from '../../core/nhs/snomed-id';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import { expectFindings } from '../marked';

const tagged = (coding: string): string => `{ "resourceType": "Patient", "meta": { "tag": [${coding}] } }`;

describe('codes by themselves', () => {
  it('are looked up where their code system is at hand', () => {
    const coding = (code: string): string =>
      tagged(`{ "system": "https://fhir.nhs.uk/STU3/CodeSystem/ITK-RecipientType-1", "code": ${code} }`);
    expectFindings(coding('"FA"'));
    expectFindings(coding('⟦"FAA"⟧'), 'code-unknown: did you mean "FA"?');
    expectFindings(coding('⟦"NOTHING"⟧'), 'code-unknown: has no code "NOTHING".');
  });
  it('have the display of their code system, whatever its case and spaces', () => {
    const shown = (display: string): string =>
      tagged(
        `{ "system": "https://fhir.nhs.uk/STU3/CodeSystem/ITK-RecipientType-1", "code": "FA", "display": ${display} }`,
      );
    expectFindings(shown('"for  Action"'));
    expectFindings(shown('⟦"For Acting"⟧'), 'display: FA is called "For Action"');
  });
  it('of SNOMED CT have the form of a concept', () => {
    const coding = (code: string): string => tagged(`{ "system": "http://snomed.info/sct", "code": ${code} }`);
    expectFindings(coding('"310080006"'));
    expectFindings(coding('"243796009:363698007=74281007"'));
    expectFindings(coding('⟦"310080007"⟧'), 'snomed-id: check digit');
    expectFindings(coding('⟦"31008"⟧'), 'snomed-id: it has 5 digits');
    expectFindings(coding('⟦"0310080006"⟧'), 'snomed-id: none starts with 0');
    expectFindings(coding('⟦"abc"⟧'), 'snomed-id: digits only');
  });
  it('that cannot be looked up are named once a code system, and handed on', () => {
    const sct = (code: string): object => ({ system: 'http://snomed.info/sct', code });
    const value = {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [sct('310080006'), sct('733481004'), { system: 'urn:x', code: 'y', display: 'z' }] },
      valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'd' },
    };
    const { findings, unverified } = validate(value, knowledge());
    assert.deepEqual(
      findings.map((f) => [f.rule, f.severity, f.message.split(' was ')[0]!.split(' were ')[0]]),
      [
        ['not-checked', 'hint', '2 codes of SNOMED CT'],
        ['not-checked', 'hint', 'One code of urn:x'],
        ['not-checked', 'hint', 'One code of UCUM'],
      ],
    );
    assert.deepEqual(
      unverified.map(({ pointer, code, display, binding }) => [pointer, code, display, binding?.strength]),
      [
        ['/code/coding/0', '310080006', undefined, 'example'],
        ['/code/coding/1', '733481004', undefined, 'example'],
        ['/code/coding/2', 'y', 'z', 'example'],
        ['/valueQuantity', 'd', undefined, undefined],
      ],
    );
  });
  it('of an extensible value set are asked for only in the systems that it lists', () => {
    const role = (coding: string): string =>
      `{ "resourceType": "Encounter", "status": "finished", "participant": [{ "type": [{ "coding": [${coding}] }] }] }`;
    expectFindings(role('{ "system": "http://hl7.org/fhir/v3/ParticipationType", "code": "PPRF" }'));
    expectFindings(role('{ "system": "urn:local", "code": "PHARMACIST" }'));
    expectFindings(
      role('{ "system": "http://hl7.org/fhir/v3/ParticipationType", "code": ⟦"CST"⟧ }'),
      'binding: Unless none of its codes fits',
    );
  });
});

describe('SNOMED CT identifiers', () => {
  it('are known by their check digit', () => {
    for (const id of ['310080006', '1218611000000102', '886921000000105', '37417211000001103', '22298006'])
      assert.equal(whyNoConcept(id), undefined, id);
  });
  it('tell what they identify', () => {
    assert.match(whyNoConcept('754786014') ?? '', /description/);
    assert.match(whyNoConcept('1209001019') ?? '', /description/);
  });
  it('change their check digit with each digit and with each swap of neighbours', () => {
    const known = fc.constantFrom('310080006', '1218611000000102', '37417211000001103');
    fc.assert(
      fc.property(known, fc.nat(), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
        const i = at % id.length;
        const other = id.slice(0, i) + String((Number(id[i]) + by) % 10) + id.slice(i + 1);
        assert.equal(hasVerhoeffDigit(other), false, other);
        const j = at % (id.length - 1);
        const swapped = id.slice(0, j) + id[j + 1]! + id[j]! + id.slice(j + 2);
        assert.equal(hasVerhoeffDigit(swapped), id[j] === id[j + 1], swapped);
      }),
    );
  });
  it('are not asked of expressions', () => {
    assert.equal(isExpression('243796009:363698007=74281007'), true);
    assert.equal(isExpression('310080006'), false);
  });
});

describe('value sets', () => {
  const system = 'urn:colours';
  const concept = (code: string, warm: boolean, ...inside: object[]): object => ({
    code,
    property: [{ code: 'warm', valueBoolean: warm }],
    concept: inside,
  });
  const codeSystem = {
    resourceType: 'CodeSystem',
    url: system,
    content: 'complete',
    concept: [
      concept('red', true, concept('crimson', true)),
      concept('blue', false, concept('navy', false)),
      concept('grey', false),
    ],
  };
  const codesOf = (...valueSets: object[]): string[] | undefined => {
    const own = emptyPackage();
    addResource(own, codeSystem);
    valueSets.forEach((valueSet, i) =>
      addResource(own, { resourceType: 'ValueSet', url: `urn:set:${i}`, ...valueSet }),
    );
    const expansion = createTerminology(createRegistry([own])).expand('urn:set:0');
    return expansion && !expansion.open && expansion.unlisted.size === 0
      ? [...expansion.codes.values()].flatMap((codes) => [...codes.keys()])
      : undefined;
  };
  const filter = (property: string, op: string, value: string): object => ({
    compose: { include: [{ system, filter: [{ property, op, value }] }] },
  });

  it('hold what their filters keep', () => {
    assert.deepEqual(codesOf(filter('concept', 'is-a', 'red')), ['red', 'crimson']);
    assert.deepEqual(codesOf(filter('concept', 'descendent-of', 'red')), ['crimson']);
    assert.deepEqual(codesOf(filter('concept', 'is-not-a', 'red')), ['blue', 'navy', 'grey']);
    assert.deepEqual(codesOf(filter('warm', '=', 'true')), ['red', 'crimson']);
    assert.deepEqual(codesOf(filter('code', 'in', 'red, grey')), ['red', 'grey']);
    assert.deepEqual(codesOf(filter('code', 'not-in', 'red,grey')), ['crimson', 'blue', 'navy']);
    assert.deepEqual(codesOf(filter('parent', 'exists', 'false')), ['red', 'blue', 'grey']);
  });
  it('are left open by filters that cannot be computed here', () => {
    assert.equal(codesOf(filter('constraint', '=', '<< red')), undefined);
    assert.equal(codesOf(filter('concept', 'generalizes', 'navy')), undefined);
  });
  it('hold what all the value sets of one include hold', () => {
    const both = { compose: { include: [{ valueSet: ['urn:set:1', 'urn:set:2'] }] } };
    assert.deepEqual(codesOf(both, filter('code', 'in', 'red,grey'), filter('code', 'in', 'grey,blue')), ['grey']);
    const narrowed = { compose: { include: [{ system, valueSet: ['urn:set:1'] }] } };
    assert.deepEqual(codesOf(narrowed, filter('warm', '=', 'false')), ['blue', 'navy', 'grey']);
  });
  it('do not hold what they exclude', () => {
    const without = { compose: { include: [{ system }], exclude: [{ valueSet: ['urn:set:1'] }] } };
    assert.deepEqual(codesOf(without, filter('warm', '=', 'true')), ['blue', 'navy', 'grey']);
  });
  it('are open where one that they include is not at hand', () => {
    assert.equal(codesOf({ compose: { include: [{ valueSet: ['urn:nowhere'] }] } }), undefined);
  });
});
