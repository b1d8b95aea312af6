import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from '../../core/document/json-document';
import type { ElementDefinition, Package } from '../../core/definitions/definition';
import { emptyPackage } from '../../core/definitions/read';
import { createRegistry } from '../../core/definitions/registry';
import type { Knowledge } from '../../core/knowledge';
import { checkDocument } from '../../core/validate/check-document';
import { type Check, makePlans, type Plan } from '../../core/validate/invariants/plan';
import { makeProfilePlans, type ProfilePlan } from '../../core/validate/invariants/profile-plan';
import { CORRECTED, ELSEWHERE } from '../../core/validate/invariants/published';
import { propertyNames } from '../../core/validate/shape';
import { validate } from '../../core/validate/validate';
import { documentBundle, handling } from '../faults/fault';
import { basePackages, knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { unmark } from '../marked';

/** The same definitions and what a package adds, with a library that is counted when it is asked for. */
function counting(...more: Package[]): { knowledge: Knowledge; asked: () => number } {
  let asked = 0;
  const fhirpath: Knowledge['fhirpath'] = () => {
    asked++;
    return knowledge().fhirpath();
  };
  const registry = createRegistry([...basePackages(), ...more]);
  return { knowledge: { ...knowledge(), registry, fhirpath }, asked: () => asked };
}

/** What the stage says of a text; the findings of other stages are their own tests' business. */
function expectBreaches(marked: string, ...expected: string[]): void {
  const { text, spans } = unmark(marked);
  const { findings } = checkDocument(readJson(text), knowledge());
  const own = findings.filter((f) => f.rule.startsWith('invariant'));
  assert.deepEqual(
    own.map((f) => f.message.split(': ')[0]),
    expected,
    own.map((f) => f.message).join('\n'),
  );
  assert.deepEqual(
    own.map((f) => text.slice(f.span.offset, f.span.offset + f.span.length)),
    spans.map((s) => text.slice(s.offset, s.offset + s.length)),
  );
  assert.deepEqual(
    own.map((f) => f.span.offset),
    spans.map((s) => s.offset),
  );
}

const observation = (rest: string): string =>
  `{ "resourceType": "Observation", "status": "final", "code": { "text": "Pulse" }, ${rest} }`;

describe('invariants', () => {
  describe('of bundles', () => {
    it('bdl-1: total', () => {
      expectBreaches('{ "resourceType": "Bundle", "type": "collection", ⟦"total"⟧: 3 }', 'bdl-1');
      expectBreaches('{ "resourceType": "Bundle", "type": "searchset", "total": 3 }');
    });
    it('bdl-2 to bdl-4: members of an entry', () => {
      const entry = (type: string, member: string) =>
        `{ "resourceType": "Bundle", "type": "${type}", "entry": [{ "resource": { "resourceType": "Basic", "code": { "text": "x" } }, ${member} }] }`;
      expectBreaches(entry('collection', '⟦"search"⟧: { "mode": "match" }'), 'bdl-2');
      expectBreaches(entry('searchset', '"search": { "mode": "match" }'));
      expectBreaches(entry('collection', '⟦"request"⟧: { "method": "GET", "url": "Basic/1" }'), 'bdl-3');
      expectBreaches(entry('batch', '"request": { "method": "GET", "url": "Basic/1" }'));
      expectBreaches(entry('batch', '⟦"response"⟧: { "status": "200" }'), 'bdl-4');
      expectBreaches(entry('batch-response', '"response": { "status": "200" }'));
    });
    it('bdl-5: an entry with nothing in it', () => {
      expectBreaches(
        '{ "resourceType": "Bundle", "type": "collection", "entry": [⟦{⟧ "fullUrl": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520" }] }',
        'bdl-5',
      );
    });
    it('bdl-8: the fullUrl of one version', () => {
      const entry = (fullUrl: string) =>
        `{ "resourceType": "Bundle", "type": "collection", "entry": [{ "fullUrl": ${fullUrl}, "resource": { "resourceType": "Basic", "code": { "text": "x" } } }] }`;
      expectBreaches(entry('⟦"http://example.invalid/Basic/1/_history/2"⟧'), 'bdl-8');
      expectBreaches(entry('"http://example.invalid/Basic/1"'));
    });
    it('bdl-9: the identifier of a document', () => {
      expectBreaches('⟦{⟧ "resourceType": "Bundle", "type": "document" }', 'bdl-9');
      expectBreaches('{ "resourceType": "Bundle", "type": "document", ⟦"identifier"⟧: { "value": "1" } }', 'bdl-9');
      expectBreaches(
        '{ "resourceType": "Bundle", "type": "document", "identifier": { "system": "urn:x", "value": "1" } }',
      );
      expectBreaches('{ "resourceType": "Bundle", "type": "message" }');
    });
  });

  describe('of contained resources', () => {
    const patient = (reference: string, contained: string) =>
      `{ "resourceType": "Patient", "managingOrganization": ${reference}, "contained": [${contained}] }`;
    const named = '"resourceType": "Organization", "id": "a", "name": "Quillbury"';

    it('dom-1 to dom-4', () => {
      expectBreaches(patient('{ "reference": "#a" }', `{ ${named} }`));
      expectBreaches(patient('{ "display": "Quillbury" }', `⟦{⟧ ${named} }`), 'dom-3');
      expectBreaches(patient('{ "reference": "#a" }', `{ ${named}, ⟦"text"⟧: { "status": "empty" } }`), 'dom-1');
      expectBreaches(
        patient('{ "reference": "#a" }', `{ ${named}, "meta": { ⟦"versionId"⟧: "1", "lastUpdated": "2026" } }`),
        'dom-4',
      );
      expectBreaches(
        patient(
          '{ "reference": "#a" }',
          `{ ${named}, "partOf": { "reference": "#b" }, ⟦"contained"⟧: [{ "resourceType": "Organization", "id": "b", "name": "Trust" }] }`,
        ),
        'dom-2',
      );
    });
    it('dom-3: what a picture in the narrative shows is referred to as well', () => {
      const patient = (src: string, mark: string) =>
        `{ "resourceType": "Patient", "text": { "status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><img src=\\"${src}\\" alt=\\"x\\"/></div>" }, "contained": [${mark} "resourceType": "Binary", "id": "pic", "contentType": "image/png", "content": "QUJD" }] }`;
      expectBreaches(patient('#pic', '{'));
      expectBreaches(patient('#other', '⟦{⟧'), 'dom-3');
    });
    it('dom-3: what a uri names is referred to as well', () => {
      expectBreaches(
        `{ "resourceType": "ConceptMap", "status": "draft", "sourceUri": "#a", "contained": [{ "resourceType": "ValueSet", "id": "a", "status": "draft", "expansion": { "timestamp": "2026-01-01" } }] }`,
      );
    });
  });

  describe('of data types', () => {
    const patient = (rest: string) => `{ "resourceType": "Patient", ${rest} }`;
    const period = (start: string, end: string) =>
      patient(`"name": [{ "period": { "start": ${start}, "end": ${end} } }]`);

    it('per-1: only what surely is the wrong way round', () => {
      expectBreaches(period('"2020-02-01"', '⟦"2020-01-31"⟧'), 'per-1');
      expectBreaches(period('"2020-02"', '⟦"2020-01-31"⟧'), 'per-1');
      expectBreaches(period('"2020-01-01T12:00:00+01:00"', '⟦"2020-01-01T10:59:59Z"⟧'), 'per-1');
      expectBreaches(period('"2020-01-03"', '⟦"2020-01-01T10:59:59Z"⟧'), 'per-1');
      expectBreaches(period('"2021"', '⟦"2020-01-01T10:59:59Z"⟧'), 'per-1');
      expectBreaches(period('"2020-01-03T00:00:00Z"', '⟦"2019-12"⟧'), 'per-1');
      expectBreaches(period('"2020-01-03T00:00:00Z"', '⟦"2018"⟧'), 'per-1');
      expectBreaches(period('"2020-01-01T10:00:00Z"', '"2020-01-01"'));
      expectBreaches(period('"2020-01-01"', '"2020-01-01T10:00:00Z"'));
      expectBreaches(period('"2020-01-31"', '"2020-01"'));
      expectBreaches(period('"2020-01-01T12:00:00+01:00"', '"2020-01-01T11:00:00Z"'));
      // It still is the first of January somewhere.
      expectBreaches(period('"2020-01-02"', '"2020-01-01T23:30:00Z"'));
    });
    it('per-1: what is no date is told elsewhere', () => {
      expectBreaches(period('"2020-13-01"', '"2019-01-01"'), ...[]);
      expectBreaches(period('5', '{}'));
      expectBreaches(period('"T"', '"T2"'));
    });
    it('ext-1: an extension is one thing or the other', () => {
      const extension = (rest: string) => patient(`"extension": [⟦{⟧ "url": "http://example.invalid/x"${rest} }]`);
      expectBreaches(extension(''), 'ext-1');
      expectBreaches(
        extension(', "valueString": "a", "extension": [{ "url": "http://example.invalid/y", "valueCode": "b" }]'),
        'ext-1',
      );
      const right = (rest: string) => extension(rest).replace(/[⟦⟧]/g, '');
      expectBreaches(right(', "valueBoolean": false'));
      expectBreaches(
        right(', "_valueString": { "extension": [{ "url": "http://example.invalid/y", "valueCode": "b" }] }'),
      );
      expectBreaches(right(', "extension": [{ "url": "http://example.invalid/y", "valueCode": "b" }]'));
    });
    it('ext-1: inside an extension of a primitive', () => {
      expectBreaches(patient('"_birthDate": { "extension": [⟦{⟧ "url": "http://example.invalid/x" }] }'), 'ext-1');
    });
    it('ele-1: an id alone', () => {
      expectBreaches(patient('"name": [⟦{⟧ "id": "a" }]'), 'ele-1');
      expectBreaches(patient('⟦"_birthDate"⟧: { "id": "a" }'), 'ele-1');
      expectBreaches(
        patient('"name": [{ "given": ["A", null], "_given": [{ "id": "a" }, ⟦{⟧ "id": "b" }] }]'),
        'ele-1',
      );
      expectBreaches(patient('"birthDate": "2020-01-01", "_birthDate": { "id": "a" }'));
      expectBreaches(patient('"id": "a"'));
    });
    it('ele-1: where STU3 asks for more, that has been said', () => {
      expectBreaches(patient('"link": [{ "id": "a" }]'));
    });
    it('rng-2: amounts that can be compared', () => {
      const range = (low: string, high: string) => observation(`⟦"valueRange"⟧: { "low": ${low}, "high": ${high} }`);
      const ucum = (value: number, code: string) =>
        `{ "value": ${value}, "system": "http://unitsofmeasure.org", "code": "${code}" }`;
      expectBreaches(range(ucum(500, 'mg'), ucum(0.1, 'g')), 'rng-2');
      const right = (low: string, high: string) => range(low, high).replace(/[⟦⟧]/g, '');
      expectBreaches(right(ucum(500, 'mg'), ucum(1, 'g')));
      expectBreaches(right(ucum(500, 'mg'), ucum(1, 'mL')));
      expectBreaches(right(ucum(500, 'no such unit'), ucum(1, 'mL')));
      expectBreaches(right(ucum(5, 'mg'), '{ "value": 1, "unit": "tablet" }'));
      expectBreaches(right('{ "value": 5, "unit": "tablet" }', '{ "value": 1, "unit": "pack" }'));
      const low = (low: string, high: string) => observation(`"valueRange": { ⟦"low"⟧: ${low}, "high": ${high} }`);
      expectBreaches(low('{ "value": 5, "unit": "tablet" }', '{ "value": 1, "unit": "tablet" }'), 'rng-2');
      expectBreaches(low(ucum(5, 'mg'), ucum(1, 'mg')), 'rng-2');
    });
    it('ras-1 and ras-2: a number by itself', () => {
      const risk = (prediction: string) =>
        `{ "resourceType": "RiskAssessment", "status": "final", "prediction": [${prediction}] }`;
      expectBreaches(risk('{ "outcome": { "text": "x" }, "probabilityDecimal": 40 }'));
      expectBreaches(risk('{ "outcome": { "text": "x" } }'));
      expectBreaches(risk('⟦{⟧ "outcome": { "text": "x" }, "probabilityDecimal": 140 }'), 'ras-2');
      expectBreaches(
        risk('{ "outcome": { "text": "x" }, ⟦"probabilityRange"⟧: { "low": { "value": 4, "unit": "of ten" } } }'),
        'ras-1',
      );
    });
  });

  describe('that say something else than they mean', () => {
    it('obs-7: a value beside components', () => {
      expectBreaches(observation('"valueString": "70"'));
      expectBreaches(
        observation('"valueString": "70", "component": [{ "code": { "text": "Rhythm" }, "valueString": "a" }]'),
      );
      expectBreaches(
        observation(
          '"valueString": "70", "component": [{ ⟦"code"⟧: { "text": "Pulse" } }, { "code": { "text": "x" } }]',
        ),
        'obs-7',
      );
    });
    it('mad-3: a reason why it was given', () => {
      const administration = (notGiven: boolean, mark = '{') =>
        `${mark} "resourceType": "MedicationAdministration", "status": "completed", "medicationCodeableConcept": { "text": "x" }, "subject": { "display": "x" }, "effectiveDateTime": "2026-01-01", "notGiven": ${notGiven}, "reasonCode": [{ "text": "x" }] }`;
      expectBreaches(administration(false));
      expectBreaches(administration(true, '⟦{⟧'), 'mad-3');
    });
    it('con-3 and con-4: one cause, one finding', () => {
      const condition = (rest: string) =>
        `{ "resourceType": "Condition", "subject": { "display": "x" }, "abatementDateTime": "2026-01-01"${rest} }`;
      expectBreaches(condition('').replace('{', '⟦{⟧'), 'con-3');
      expectBreaches(condition(', "clinicalStatus": ⟦"active"⟧'), 'con-4');
      expectBreaches(condition(', "clinicalStatus": "resolved"'));
      expectBreaches(condition(', "verificationStatus": "entered-in-error"'));
    });
    it('opd-2, eld-12, eld-16, csd-1, nsd-1: what others write is right', () => {
      expectBreaches(
        '{ "resourceType": "OperationDefinition", "name": "x", "status": "draft", "kind": "query", "code": "x", "system": true, "type": false, "instance": false, "parameter": [{ "name": "a", "use": "in", "min": 0, "max": "1", "type": "code" }] }',
      );
      const system = (code: string, mark = '{') =>
        `${mark} "resourceType": "CodeSystem", "status": "draft", "content": "complete", "concept": [{ "code": "a", "concept": [{ "code": "b" }] }, { "code": "${code}" }] }`;
      expectBreaches(system('c'));
      expectBreaches(system('b', '⟦{⟧'), 'csd-1');
      const naming = (type: string, mark = '{') =>
        `${mark} "resourceType": "NamingSystem", "name": "x", "status": "draft", "kind": "root", "date": "2026", "uniqueId": [{ "type": "${type}", "value": "x" }] }`;
      expectBreaches(naming('oid'));
      expectBreaches(naming('uuid', '⟦{⟧'), 'nsd-1');
      const binding = (rest: string) =>
        `{ "resourceType": "StructureDefinition", "url": "http://example.invalid/x", "name": "x", "status": "draft", "kind": "resource", "abstract": false, "type": "Patient", "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient", "derivation": "constraint", "differential": { "element": [{ "id": "Patient", "path": "Patient" }, { "id": "Patient.gender:a_b", "path": "Patient.gender", "sliceName": "a_b", "binding": ${rest} }] } }`;
      expectBreaches(binding('{ "strength": "example", "description": "any" }'));
      expectBreaches(
        binding('⟦{⟧ "strength": "example", "valueSetUri": "any" }').replace('"binding": ⟦{⟧', '⟦"binding"⟧: {'),
        'eld-12',
      );
    });
    it('inv-1 of the extension that tells a substance and its risk at once', () => {
      const allergy = (code: string, mark = '{') =>
        `{ "resourceType": "AllergyIntolerance", "verificationStatus": "unconfirmed", "clinicalStatus": "active", "patient": { "display": "x" }, ${code} "extension": [${mark} "url": "http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk", "extension": [{ "url": "substance", "valueCodeableConcept": { "text": "x" } }, { "url": "exposureRisk", "valueCodeableConcept": { "text": "x" } }] }] }`;
      expectBreaches(allergy(''));
      expectBreaches(allergy('"code": { "text": "x" },', '⟦{⟧'), 'inv-1');
    });
    it('rfr-1: who speaks for whom, where it can be told', () => {
      const referral = (reference: string, mark: string) =>
        `{ "resourceType": "ReferralRequest", "status": "active", "intent": "order", "subject": { "display": "x" }, "contained": [{ "resourceType": "Organization", "id": "o", "name": "x" }, { "resourceType": "Device", "id": "d" }], "replaces": [{ "reference": "#o" }, { "reference": "#d" }], ${mark}: { "agent": { "reference": "${reference}" }, "onBehalfOf": { "display": "x" } } }`;
      expectBreaches(referral('#o', '⟦"requester"⟧'), 'rfr-1');
      expectBreaches(referral('#d', '"requester"'));
      expectBreaches(referral('Practitioner/elsewhere', '"requester"'));
    });
    it('all are of constraints that there are', () => {
      const expressions = new Set(published().map(({ expression }) => expression));
      for (const expression of [...CORRECTED.keys(), ...ELSEWHERE.keys()])
        assert.ok(expressions.has(expression), expression);
    });
  });

  it('of severity warning are warnings', () => {
    const order =
      '{ "resourceType": "NutritionOrder", "status": "active", "patient": { "display": "x" }, "dateTime": "2026-01-01" }';
    const { findings } = validate(JSON.parse(order), knowledge());
    assert.deepEqual(
      findings.map((f) => `${f.severity} ${f.message}`),
      ['warning nor-1: Nutrition Order must contain either Oral Diet , Supplement, or Enteral Formula class.'],
    );
  });

  it('that a profile has told already are not told again', () => {
    const patient = JSON.parse(
      '{ "resourceType": "Patient", "meta": { "profile": ["https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1"] }, "name": [{ "use": "official", "family": "Sandbach" }], "contact": [{ "gender": "female" }] }',
    ) as unknown;
    assert.deepEqual(
      validate(patient, knowledge()).findings.map((f) => `${f.rule} ${f.pointer}`),
      ['required /contact/0'],
    );
  });

  it('of an extension, or of a document, that its profile has told already are not told again', () => {
    const example = (change: (message: Loose) => void) => {
      const message: Loose = JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8'));
      change(message);
      const { findings } = validate(message, knowledge());
      return findings.filter((f) => f.severity === 'error').map((f) => f.rule);
    };
    assert.deepEqual(
      example((m) => delete handling(m, 'SenderReference').valueString),
      ['required'],
    );
    assert.deepEqual(
      example((m) => (handling(m, 'SenderReference').extension = [{ url: 'urn:x:y', valueString: 'z' }])),
      ['invariant'],
    );
    assert.deepEqual(
      example((m) => delete documentBundle(m).identifier),
      ['required'],
    );
    assert.deepEqual(
      example((m) => (documentBundle(m).total = 3)),
      ['not-allowed'],
    );
  });

  it('are not told of what is missing while the text breaks off', () => {
    const broken = checkDocument(
      readJson('{ "resourceType": "Organization", "telecom": [{ "value": "1" }'),
      knowledge(),
    );
    assert.deepEqual(new Set(broken.findings.map((f) => f.rule)), new Set(['json-syntax']));
  });

  it('that come to nothing because something required is missing are not told besides', () => {
    const appointment = { resourceType: 'Appointment', participant: [{ status: 'accepted', type: [{ text: 'x' }] }] };
    assert.deepEqual(
      validate(appointment, knowledge()).findings.map((f) => f.rule),
      ['required'],
    );
  });

  it('that a slip of the pen has broken are not told besides', () => {
    const organization = { resourceType: 'Organization', nam: 'Quillbury' };
    assert.deepEqual(
      validate(organization, knowledge()).findings.map((f) => f.rule),
      ['unknown-property'],
    );
  });

  describe('of profiles', () => {
    const URL = 'http://example.invalid/StructureDefinition/strict-patient';
    const profile = (...elements: ElementDefinition[]): Package => ({
      ...emptyPackage(),
      definitions: [
        {
          url: URL,
          name: 'StrictPatient',
          type: 'Patient',
          kind: 'resource',
          base: 'http://hl7.org/fhir/StructureDefinition/Patient',
          derivation: 'constraint',
          elements,
        },
      ],
    });
    const constraint = (key: string, expression: string, severity: 'error' | 'warning' = 'error') => ({
      constraints: [{ key, severity, human: `${key} holds`, expression }],
    });
    const found = (value: object, ...packages: Package[]) =>
      validate({ resourceType: 'Patient', meta: { profile: [URL] }, ...value }, counting(...packages).knowledge)
        .findings.filter((f) => f.rule.startsWith('invariant'))
        .map((f) => `${f.severity} ${f.pointer} ${f.message}`);

    it('on the resource, on an element, on a primitive and in a slice', () => {
      const strict = profile(
        { id: 'Patient', ...constraint('sp-1', 'name.exists()') },
        { id: 'Patient.telecom', ...constraint('sp-2', 'value.exists()', 'warning') },
        { id: 'Patient.birthDate', ...constraint('sp-3', '$this > @1900-01-01') },
        {
          id: 'Patient.identifier',
          slicing: { discriminators: [{ type: 'value', path: 'system' }], rules: 'open' },
        },
        { id: 'Patient.identifier:local', max: '*' },
        { id: 'Patient.identifier:local.system', min: 1, fixed: 'http://example.invalid/local' },
        { id: 'Patient.identifier:local.value', ...constraint('sp-4', 'length() = 3') },
      );
      const wrong = {
        telecom: [{ system: 'phone' }, { system: 'phone', value: '01632 960000' }],
        birthDate: '1890-01-01',
        identifier: [
          { system: 'http://example.invalid/local', value: 'long' },
          { system: 'http://example.invalid/local', value: 'abc' },
          { system: 'http://example.invalid/other', value: 'long' },
        ],
      };
      assert.deepEqual(
        found(wrong, strict),
        [
          'error  sp-1: sp-1 holds.',
          'error /identifier/0/value sp-4: sp-4 holds.',
          'warning /telecom/0 sp-2: sp-2 holds.',
          'error /birthDate sp-3: sp-3 holds.',
        ].sort((a, b) => order(a) - order(b)),
      );
      assert.deepEqual(found({ name: [{ text: 'x' }], birthDate: '1990-01-01' }, strict), []);
    });
    // The order in which a tree has them: that of STU3.
    const order = (line: string): number => ['sp-1', 'sp-4', 'sp-2', 'sp-3'].findIndex((key) => line.includes(key));

    it('in an extension, by its url', () => {
      const EXTENSION = 'http://example.invalid/StructureDefinition/colour';
      const colour: Package = {
        ...emptyPackage(),
        definitions: [
          {
            url: EXTENSION,
            name: 'Colour',
            type: 'Extension',
            kind: 'complex-type',
            base: 'http://hl7.org/fhir/StructureDefinition/Extension',
            derivation: 'constraint',
            elements: [
              { id: 'Extension', ...constraint('col-1', "value != 'red'") },
              { id: 'Extension.url', fixed: EXTENSION },
            ],
          },
        ],
      };
      const extension = (value: string) => ({ extension: [{ url: EXTENSION, valueString: value }] });
      assert.deepEqual(found(extension('red'), profile(), colour), ['error /extension/0 col-1: col-1 holds.']);
      assert.deepEqual(found(extension('blue'), profile(), colour), []);
    });

    it('that repeat what the type says are asked once', () => {
      const repeated = profile(
        { id: 'Patient.contact', ...constraint('pat-1', 'name.exists() or telecom.exists()') },
        { id: 'Patient.name.period', ...constraint('per-1', 'start.empty() or end.empty() or (start <= end)') },
      );
      const value = { contact: [{ gender: 'male' }], name: [{ period: { start: '2020', end: '2019' } }] };
      assert.deepEqual(
        found(value, repeated)
          .map((line) => /\w+-\d/.exec(line)![0])
          .sort(),
        ['pat-1', 'per-1'],
      );
    });

    it('that cannot be run are told once a message, as information, without a word of the message', () => {
      const odd = profile(
        { id: 'Patient', ...constraint('odd-1', "conformsTo('http://example.invalid/x')") },
        { id: 'Patient.name', ...constraint('odd-2', "given.memberOf('http://example.invalid/x')") },
        { id: 'Patient.gender', ...constraint('odd-3', 'this is no (expression') },
        { id: 'Patient.birthDate', constraints: [{ key: 'odd-4', severity: 'error', human: 'Only in XPath.' }] },
        { id: 'Patient.telecom', ...constraint('odd-5', 'value.single().toInteger() + %nobody > 1') },
        { id: 'Patient.active', ...constraint('odd-6', 'today() = today()') },
      );
      const value = {
        active: true,
        name: [{ given: ['Sandbach'] }, { given: ['Sandbach'] }],
        gender: 'female',
        birthDate: '1990-01-01',
        telecom: [{ system: 'phone', value: '960999' }],
      };
      const told = found(value, odd);
      assert.deepEqual(
        told.map((line) => /^information {2}(odd-\d) is not checked/.exec(line)?.[1]),
        ['odd-1', 'odd-2', 'odd-5', 'odd-3', 'odd-4'],
        told.join('\n'),
      );
      assert.doesNotMatch(told.join(), /Sandbach|960999/);
    });

    it('that would take years are stopped, and told once a message as not checked', () => {
      const endless = profile(
        { id: 'Patient.name.given', ...constraint('slow-1', "matches('^(a+)+$')") },
        { id: 'Patient.gender', ...constraint('quick-1', "$this = 'male'") },
      );
      const given = [`${'a'.repeat(40)}!`, `${'a'.repeat(41)}!`];
      assert.deepEqual(
        found({ name: [{ given }], gender: 'female' }, endless).map((line) => line.slice(0, 76)),
        [
          'information  slow-1 is not checked, because its expression takes too long he',
          'error /gender quick-1: quick-1 holds.',
        ],
      );
    });

    it('without a library at hand are told as not run', () => {
      const strict = counting(profile({ id: 'Patient', ...constraint('sp-1', 'name.exists()') })).knowledge;
      const bare: Knowledge = {
        ...strict,
        fhirpath: () => {
          throw new Error('no such file');
        },
      };
      const { findings } = validate({ resourceType: 'Patient', meta: { profile: [URL] } }, bare);
      assert.deepEqual(
        findings.map((f) => f.rule),
        ['invariant-not-run'],
      );
    });
  });

  describe('and the library', () => {
    const examples = [
      path.resolve('examples/emergency-supply.json'),
      path.resolve('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json'),
    ].filter((file) => fs.existsSync(file));
    for (const file of examples)
      it(`not even loaded for ${path.basename(file)}`, () => {
        const { knowledge, asked } = counting();
        validate(JSON.parse(fs.readFileSync(file, 'utf8')), knowledge);
        assert.equal(asked(), 0);
      });

    it('stands in a file of its own', () => {
      const holdsIt = (name: string) => fs.readFileSync(`dist/${name}.js`, 'utf8').includes('FHIRPath.g4');
      assert.ok(holdsIt('fhirpath'));
      assert.ok(!holdsIt('toolkit'));
    });

    it('loaded where it is needed, and changing nothing in the message', () => {
      const { knowledge, asked } = counting();
      const system = frozen({
        resourceType: 'CodeSystem',
        status: 'draft',
        content: 'complete',
        concept: [{ code: 'a' }, { code: 'b', concept: [{ code: 'a' }] }],
      });
      const { findings } = validate(system, knowledge);
      assert.deepEqual(
        findings.map((f) => f.message.split(':')[0]),
        ['csd-1'],
      );
      assert.ok(asked() > 0);
    });

    it('compiles and runs every expression that there is', () => {
      const library = knowledge().fhirpath();
      const nothing = { resource: {}, root: {}, resolve: () => undefined };
      const reached = new Set<string | undefined>();
      for (const check of allChecks()) {
        reached.add(check.constraint.expression);
        assert.doesNotThrow(
          () => library.compile(check.base, check.expression!)({}, nothing),
          `${check.constraint.key}: ${check.expression}`,
        );
      }
      const missed = published().filter(({ expression }) => !reached.has(expression) && !ELSEWHERE.has(expression!));
      assert.deepEqual(missed, []);
    }).timeout(20_000);
  });

  it('are total: values of any kind break nothing', () => {
    const junk: unknown[] = [null, 0, '', 'x', true, [], [null], [[]], {}, { id: 1 }, [{ id: {} }], { reference: 5 }];
    const types = [
      'Bundle',
      'Patient',
      'Composition',
      'MedicationDispense',
      'Observation',
      'List',
      'Organization',
      'Task',
    ];
    for (const resourceType of types) {
      const names = propertyNames(knowledge().registry.type(resourceType)!, knowledge().registry);
      for (const value of junk) {
        const all = Object.fromEntries(names.flatMap((name) => [name, `_${name}`]).map((name) => [name, value]));
        assert.doesNotThrow(() => validate({ ...all, resourceType }, knowledge()));
      }
    }
    assert.doesNotThrow(() =>
      validate(JSON.parse('{ "resourceType": "Patient", "__proto__": { "id": "x" } }'), knowledge()),
    );
  }).timeout(20_000);

  it('of very many things the library is not asked without end, and that is told', () => {
    const entry = Array.from({ length: 12_000 }, () => ({
      resource: { resourceType: 'Appointment', status: 'booked', participant: [{ status: 'accepted' }] },
    }));
    const { findings } = validate({ resourceType: 'Bundle', type: 'collection', entry }, knowledge());
    const notRun = findings.filter((f) => f.rule === 'invariant-not-run');
    assert.deepEqual(
      notRun.map((f) => f.message),
      [
        'There is too much here to check it all: only the first 20000 constraints that take long are checked in one message.',
      ],
    );
  }).timeout(20_000);

  it('a code system with many codes is not compared code by code', () => {
    const concept = Array.from({ length: 50_000 }, (_, i) => ({ code: `c${i}` }));
    const system = { resourceType: 'CodeSystem', status: 'draft', content: 'complete', concept };
    assert.deepEqual(validate(system, knowledge()).findings, []);
    concept.push({ code: 'c7' });
    assert.equal(validate(system, knowledge()).findings.length, 1);
  }).timeout(20_000);

  it('many broken ones are told one by one', () => {
    const name = Array.from({ length: 20_000 }, () => ({ period: { start: '2020', end: '2019' } }));
    const contact = Array.from({ length: 5_000 }, () => ({ gender: 'male' }));
    const { findings } = validate({ resourceType: 'Patient', name, contact }, knowledge());
    assert.equal(findings.length, 25_000);
  }).timeout(20_000);
});

function published(): { key: string; expression?: string }[] {
  return basePackages().flatMap((p) => p.definitions.flatMap((d) => d.elements.flatMap((e) => e.constraints ?? [])));
}

/** Every check of every type and profile, each once. */
function allChecks(): Check[] {
  const { registry } = knowledge();
  const plans = makePlans(registry);
  const seen = new Set<Plan['inside']>();
  const checks = new Set<Check>();
  const visit = (plan: Plan): void => {
    plan.checks.forEach((check) => checks.add(check));
    if (seen.has(plan.inside)) return;
    seen.add(plan.inside);
    for (const inner of plan.inside().values()) visit(inner);
  };
  for (const name of [...registry.resourceTypes(), 'Element']) visit(plans.ofType(name)!);
  const ofProfile = makeProfilePlans(registry);
  const visitProfile = (plan: ProfilePlan | undefined): void => {
    plan?.checks.forEach((check) => checks.add(check));
    for (const inner of [...(plan?.inside.values() ?? []), ...(plan?.slices.values() ?? [])]) visitProfile(inner);
  };
  for (const url of [...registry.profileUrls(), ...registry.extensionUrls()]) visitProfile(ofProfile(url));
  return [...checks];
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner as object);
  return Object.freeze(value);
}
