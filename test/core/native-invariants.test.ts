// The native form of a constraint gives the same verdict as its expression in the FHIRPath library, but where a table says why not.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CORRECTED } from '../../core/validate/invariants/published';
import { NATIVES } from '../../core/validate/invariants/natives';
import type { Json } from '../../core/json';
import { basePackages, knowledge } from '../knowledge';

/** Values of one type: its members, each left out at times unless it must be there, from small pools so that they meet. */
interface Sample {
  expression: string;
  /** Type or path. */
  base: string;
  members: Record<string, readonly unknown[]>;
  must?: readonly string[];
  /** The expression gives nothing for some valid values; the native form then holds. Why that is right. */
  emptyHolds?: string;
}

const UCUM = 'http://unitsofmeasure.org';
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
const reference = { reference: 'Organization/1' };
const extension = [{ url: 'http://example.invalid/x', valueString: 'y' }];
const companion = { extension };
/** Days, months and years, and moments that lie so far apart that no time zone matters. */
const DATES = ['2018', '2019', '2019-03', '2019-04', '2019-03-09', '2019-03-10'];
const MOMENTS = [
  '2019-03-09T10:00:00Z',
  '2019-03-09T10:00:00.500Z',
  '2019-03-09T11:30:00+01:00',
  '2019-03-09T10:30:00Z',
];
const FAR = ['2012-01-01T00:00:00Z', '2025-12-31T00:00:00Z'];
const PRECISION =
  'a day and a moment of that day, or a month and a day in it, cannot be compared: no fault of the message';

const organization = (more: object): Json => ({ resourceType: 'Organization', name: 'Quillbury', ...more });
const contained = [
  [organization({ id: 'a' })],
  [organization({ id: 'b' })],
  [organization({ id: 'a' }), organization({ id: 'b' })],
  [organization({ id: 'a', text })],
  [organization({ id: 'a' }), organization({ id: 'a', text })],
  [organization({ id: 'a', contained: [organization({ id: 'b' })] })],
  [organization({ id: 'a', meta: { versionId: '1' } }), organization({ id: 'b', meta: { profile: ['urn:x'] } })],
  [organization({ id: 'a', meta: { lastUpdated: '2019-03-09T10:00:00Z' } })],
  [organization({ id: 'a', partOf: { reference: '#b' } })],
  [organization({})],
];
const inPatient = {
  base: 'Patient',
  members: {
    resourceType: ['Patient'],
    contained,
    managingOrganization: [
      { reference: '#a' },
      { reference: '#b' },
      { reference: 'Organization/a' },
      { display: '#a' },
    ],
    generalPractitioner: [[{ reference: '#a' }], [{ reference: '#b' }, { reference: '#a' }]],
    text: [text],
  },
  must: ['resourceType'],
};
const basic = { resourceType: 'Basic', code: { text: 'x' } };
const inBundle = {
  base: 'Bundle',
  members: {
    resourceType: ['Bundle'],
    type: [
      'document',
      'message',
      'transaction',
      'batch',
      'batch-response',
      'transaction-response',
      'history',
      'searchset',
    ],
    total: [0, 3],
    identifier: [
      { system: 'urn:x' },
      { value: '1' },
      { system: 'urn:x', value: '1' },
      { _system: companion, value: '1' },
    ],
    entry: [
      [{ resource: basic }],
      [{ resource: basic, search: { mode: 'match' } }],
      [{ resource: basic }, { request: { method: 'GET', url: 'Basic/1' } }],
      [{ resource: basic, response: { status: '200' } }],
    ],
  },
  must: ['resourceType', 'type'],
};
const inRepeat = {
  base: 'Timing.repeat',
  members: {
    duration: [0, 1.5, -1],
    durationMax: [2],
    durationUnit: ['h'],
    period: [0, 1, -0.5],
    periodMax: [2],
    periodUnit: ['d'],
    count: [1],
    countMax: [3],
    offset: [0, 30],
    when: [['AC'], ['C'], ['CM'], ['CD'], ['CV'], ['HS']],
    timeOfDay: [['08:00:00']],
    _duration: [companion],
    _period: [companion],
    _durationUnit: [companion],
    _count: [companion],
  },
};
const quantity = (value: number, more: object = {}): Json => ({ value, ...more });
const milligrams = { system: UCUM, code: 'mg' };
const concept = { text: 'x' };
const inObservation = {
  base: 'Observation',
  members: {
    resourceType: ['Observation'],
    code: [concept, { coding: [{ system: 'urn:x', code: '1' }] }],
    dataAbsentReason: [concept],
    valueString: ['x'],
    valueQuantity: [quantity(0)],
    _valueDateTime: [companion],
    component: [[{ code: concept }], [{ code: { text: 'y' } }, { code: { coding: [{ code: '1', system: 'urn:x' }] } }]],
  },
  must: ['resourceType', 'code'],
};
const inImmunization = {
  base: 'Immunization',
  members: {
    resourceType: ['Immunization'],
    notGiven: [true, false],
    reaction: [[{ reported: true }]],
    explanation: [
      { reason: [concept] },
      { reasonNotGiven: [concept] },
      { reason: [concept], reasonNotGiven: [concept] },
    ],
  },
  must: ['resourceType', 'notGiven'],
};

const SAMPLES: readonly Sample[] = [
  { expression: 'contained.text.empty()', ...inPatient },
  { expression: 'contained.contained.empty()', ...inPatient },
  { expression: "contained.where(('#'+id in %resource.descendants().reference).not()).empty()", ...inPatient },
  { expression: 'contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()', ...inPatient },

  { expression: "total.empty() or (type = 'searchset') or (type = 'history')", ...inBundle },
  { expression: "entry.search.empty() or (type = 'searchset')", ...inBundle },
  { expression: "entry.request.empty() or type = 'batch' or type = 'transaction' or type = 'history'", ...inBundle },
  { expression: "entry.response.empty() or type = 'batch-response' or type = 'transaction-response'", ...inBundle },
  { expression: "type = 'document' implies (identifier.system.exists() and identifier.value.exists())", ...inBundle },
  {
    expression: 'resource.exists() or request.exists() or response.exists()',
    base: 'Bundle.entry',
    members: {
      resource: [basic],
      request: [{ method: 'GET' }],
      response: [{ status: '1' }],
      fullUrl: ['urn:x'],
      search: [{}],
    },
  },
  {
    expression: "fullUrl.contains('/_history/').not()",
    base: 'Bundle.entry',
    members: {
      fullUrl: ['http://x.invalid/Basic/1', 'http://x.invalid/Basic/1/_history/2', 'urn:_history'],
      resource: [basic],
    },
    emptyHolds: 'an entry without fullUrl names no version of anything',
  },

  {
    expression: 'extension.exists() != value.exists()',
    base: 'Extension',
    members: {
      url: ['http://example.invalid/x'],
      extension: [extension],
      valueString: ['x'],
      valueBoolean: [false],
      valueDecimal: [0],
      valueCodeableConcept: [concept],
      _valueDate: [companion],
      id: ['a'],
    },
    must: ['url'],
  },
  {
    expression: 'start.empty() or end.empty() or (start <= end)',
    base: 'Period',
    members: { start: [...DATES, ...FAR], end: [...DATES, ...FAR], _start: [companion], id: ['a'] },
    emptyHolds: PRECISION,
  },
  {
    expression: 'start.empty() or end.empty() or (start <= end)',
    base: 'Period',
    members: { start: MOMENTS, end: MOMENTS },
  },
  {
    expression: 'low.empty() or high.empty() or (low <= high)',
    base: 'Range',
    members: {
      low: [1, 2, 3].map((value) => quantity(value, milligrams)),
      high: [1, 2, 3].map((value) => quantity(value, milligrams)),
      extension: [extension],
    },
  },
  {
    expression: '(numerator.empty() xor denominator.exists()) and (numerator.exists() or extension.exists())',
    base: 'Ratio',
    members: { numerator: [quantity(1), quantity(0)], denominator: [quantity(2)], extension: [extension], id: ['a'] },
  },
  {
    expression: 'code.exists() implies ((system = %ucum) and value.exists())',
    base: 'Duration',
    // A code without a system is told by qty-3, of which a duration is asked as well.
    members: { code: ['d', 'h'], system: [UCUM, 'http://snomed.info/sct'], value: [0, 7], unit: ['day'] },
    must: ['system'],
  },
  {
    expression: 'code.empty() or system.exists()',
    base: 'Quantity',
    members: { code: ['mg'], system: [UCUM], value: [0, 5], unit: ['mg'], _code: [companion], _system: [companion] },
  },
  {
    expression: 'data.empty() or contentType.exists()',
    base: 'Attachment',
    members: {
      data: ['QUJD'],
      contentType: ['text/plain'],
      url: ['urn:x'],
      _data: [companion],
      _contentType: [companion],
    },
  },
  {
    expression: 'value.empty() or system.exists()',
    base: 'ContactPoint',
    members: { value: ['01632 960000'], system: ['phone'], use: ['work'], _value: [companion], _system: [companion] },
  },
  {
    expression: "where(use = 'home').empty()",
    base: 'Address',
    members: { use: ['home', 'work', 'temp'], city: ['Quillbury'], _use: [companion] },
  },
  {
    expression: "where(use = 'home').empty()",
    base: 'ContactPoint',
    members: { use: ['home', 'work', 'mobile'], system: ['phone'], value: ['1'] },
  },
  {
    expression: 'name.exists() or telecom.exists() or address.exists() or organization.exists()',
    base: 'Patient.contact',
    members: {
      name: [{ text: 'x' }],
      telecom: [[{ value: '1' }]],
      address: [{ city: 'x' }],
      organization: [reference],
      gender: ['female'],
      relationship: [[concept]],
    },
  },

  { expression: 'duration.empty() or durationUnit.exists()', ...inRepeat },
  { expression: 'period.empty() or periodUnit.exists()', ...inRepeat },
  // Told by an extension why there is no duration, there is none to be negative.
  { expression: 'duration.exists() implies duration >= 0', ...inRepeat, emptyHolds: 'a duration without a value' },
  { expression: 'period.exists() implies period >= 0', ...inRepeat, emptyHolds: 'a period without a value' },
  { expression: 'periodMax.empty() or period.exists()', ...inRepeat },
  { expression: 'durationMax.empty() or duration.exists()', ...inRepeat },
  { expression: 'countMax.empty() or count.exists()', ...inRepeat },
  {
    // The library can look up one item in a list, not several: those have cases of their own below.
    expression: "offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))",
    ...inRepeat,
  },
  { expression: 'timeOfDay.empty() or when.empty()', ...inRepeat },

  {
    expression: 'text.exists() or entry.exists() or section.exists()',
    base: 'Composition.section',
    members: { text: [text], entry: [[reference]], section: [[{ title: 'x' }]], title: ['x'], code: [concept] },
  },
  {
    expression: 'emptyReason.empty() or entry.empty()',
    base: 'Composition.section',
    members: { emptyReason: [concept], entry: [[reference]], title: ['x'] },
  },
  {
    expression: 'emptyReason.empty() or entry.empty()',
    base: 'List',
    members: { resourceType: ['List'], emptyReason: [concept], entry: [[{ item: reference }]] },
    must: ['resourceType'],
  },
  {
    expression: "mode = 'changes' or entry.deleted.empty()",
    base: 'List',
    members: {
      resourceType: ['List'],
      mode: ['changes', 'snapshot', 'working'],
      entry: [
        [{ item: reference }],
        [{ item: reference, deleted: true }],
        [{ item: reference }, { item: reference, deleted: false }],
        [{ item: reference, _deleted: companion }],
      ],
    },
    must: ['resourceType', 'mode'],
  },
  ...['AllergyIntolerance', 'Condition'].map((base) => ({
    expression: "verificationStatus='entered-in-error' or clinicalStatus.exists()",
    base,
    members: {
      resourceType: [base],
      verificationStatus: ['entered-in-error', 'confirmed', 'unconfirmed'],
      clinicalStatus: ['active', 'resolved'],
      _clinicalStatus: [companion],
      code: [concept],
    },
    must: ['resourceType'],
  })),
  {
    expression: "verificationStatus!='entered-in-error' or clinicalStatus.empty()",
    base: 'AllergyIntolerance',
    members: {
      resourceType: ['AllergyIntolerance'],
      verificationStatus: ['entered-in-error', 'confirmed'],
      clinicalStatus: ['active', 'resolved'],
      _clinicalStatus: [companion],
    },
    must: ['resourceType', 'verificationStatus'],
  },
  {
    expression: 'dataAbsentReason.empty() or value.empty()',
    ...inObservation,
  },
  { expression: 'value.empty() or code!=component.code', ...inObservation },
  {
    expression: 'low.exists() or high.exists() or text.exists()',
    base: 'Observation.referenceRange',
    members: { low: [quantity(1)], high: [quantity(2)], text: ['x'], type: [concept], _text: [companion] },
  },
  {
    expression: 'summary.exists() or assessment.exists()',
    base: 'Condition.stage',
    members: { summary: [concept], assessment: [[reference]], id: ['a'] },
  },
  {
    expression: 'code.exists() or detail.exists()',
    base: 'Condition.evidence',
    members: { code: [[concept]], detail: [[reference]], id: ['a'] },
  },
  {
    expression:
      "abatement.empty() or (abatement as boolean).not()  or clinicalStatus='resolved' or clinicalStatus='remission' or clinicalStatus='inactive'",
    base: 'Condition',
    members: {
      resourceType: ['Condition'],
      clinicalStatus: ['active', 'recurrence', 'inactive', 'remission', 'resolved'],
      abatementDateTime: ['2019'],
      abatementString: ['long ago'],
    },
    must: ['resourceType'],
  },
  {
    expression:
      "abatement.empty() or (abatement as boolean).not()  or clinicalStatus='resolved' or clinicalStatus='remission' or clinicalStatus='inactive'",
    base: 'Condition',
    members: { resourceType: ['Condition'], clinicalStatus: ['active', 'resolved'], abatementBoolean: [true, false] },
    must: ['resourceType'],
  },
  {
    expression: 'notDoneReason.empty() or notDone = true',
    base: 'Procedure',
    members: { resourceType: ['Procedure'], notDone: [true, false], notDoneReason: [concept] },
    must: ['resourceType'],
  },
  {
    expression: 'notDone or notDoneReason.exists().not()',
    base: 'Communication',
    members: { resourceType: ['Communication'], notDone: [true, false], notDoneReason: [concept] },
    must: ['resourceType'],
  },
  {
    expression: "reasonNotTaken.exists().not() or (taken = 'n')",
    base: 'MedicationStatement',
    members: { resourceType: ['MedicationStatement'], taken: ['y', 'n', 'unk'], reasonNotTaken: [[concept]] },
    must: ['resourceType', 'taken'],
  },
  {
    expression: '(notGiven = true).not() or (reaction.empty() and explanation.reason.empty())',
    ...inImmunization,
  },
  { expression: '(notGiven = true) or explanation.reasonNotGiven.empty()', ...inImmunization },
  {
    expression: '(identifier.count() + name.count()) > 0',
    base: 'Organization',
    members: {
      resourceType: ['Organization'],
      identifier: [[{ value: '1' }], [{ value: '1' }, { value: '2' }]],
      name: ['x'],
      _name: [companion],
      alias: [['x']],
    },
    must: ['resourceType'],
  },
  {
    expression: 'whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared',
    base: 'MedicationDispense',
    members: {
      resourceType: ['MedicationDispense'],
      whenPrepared: [...DATES, ...FAR],
      whenHandedOver: [...DATES, ...FAR],
      _whenPrepared: [companion],
    },
    must: ['resourceType'],
    emptyHolds: PRECISION,
  },
  {
    expression: 'whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared',
    base: 'MedicationDispense',
    members: { resourceType: ['MedicationDispense'], whenPrepared: MOMENTS, whenHandedOver: MOMENTS },
    must: ['resourceType'],
  },
];

/** Those that only say whether the library need be asked, and what makes them ask. */
const ASKING: Record<string, Json> = {
  '(agent.resolve().empty()) or (agent.resolve() is Device) or (agent.resolve() is Practitioner) or onBehalfOf.exists().not()':
    { agent: reference, onBehalfOf: reference },
};

/** Natives that cannot be held against their expression, and why. Their cases stand in invariants.test.ts. */
const INCOMPARABLE: Record<string, string> = {
  'hasValue() | (children().count() > id.count())':
    'ele-1: as published, a union of two truths that gives two values for most of what is right',
};

function values({ members, must = [] }: Sample): fc.Arbitrary<Json> {
  const arbitraries = Object.entries(members).map(([name, pool]) => {
    const value = fc.constantFrom(...pool).map((v): [string, unknown][] => [[name, v]]);
    return must.includes(name) ? value : fc.option(value, { freq: 2, nil: [] });
  });
  return fc.tuple(...arbitraries).map((entries): Json => Object.fromEntries(entries.flat()));
}

describe('native invariants', () => {
  for (const [i, sample] of SAMPLES.entries())
    it(`${i + 1} ${sample.base}: ${sample.expression}`, () => {
      const { expression, base, emptyHolds } = sample;
      const native = NATIVES.get(expression)!;
      const run = knowledge()
        .fhirpath()
        .compile(base, CORRECTED.get(expression)?.instead ?? expression);
      const seen = new Set<boolean>();
      fc.assert(
        fc.property(values(sample), (value) => {
          const result = run(value, { resource: value, root: value, resolve: () => undefined });
          const isBroken = !(result.length === 1 && result[0] === true);
          const isEmpty = result.length === 0;
          const breaches = native(value);
          assert.notEqual(breaches, 'ask');
          assert.equal(breaches.length > 0, isBroken && !(isEmpty && emptyHolds), JSON.stringify(result));
          seen.add(breaches.length > 0);
        }),
        { numRuns: 500 },
      );
      assert.equal(seen.size, 2, 'the samples show only one verdict');
    });

  it('each have samples, and are of constraints that STU3 has', () => {
    const sampled = [...SAMPLES.map((s) => s.expression), ...Object.keys(INCOMPARABLE), ...Object.keys(ASKING)];
    assert.deepEqual(new Set(sampled), new Set(NATIVES.keys()));
    const constraints = basePackages().flatMap((p) =>
      p.definitions.flatMap((d) => d.elements.flatMap((e) => e.constraints ?? [])),
    );
    const published = new Set(constraints.map((c) => c.expression));
    assert.deepEqual(
      sampled.filter((expression) => !published.has(expression)),
      [],
    );
  });

  it('ask the library only where they must', () => {
    for (const [expression, value] of Object.entries(ASKING)) {
      assert.equal(NATIVES.get(expression)!(value), 'ask');
      assert.deepEqual(NATIVES.get(expression)!({}), []);
    }
    const range = NATIVES.get('low.empty() or high.empty() or (low <= high)')!;
    const grams = { value: 1, system: UCUM, code: 'g' };
    assert.equal(range({ low: quantity(1, milligrams), high: grams }), 'ask');
    assert.deepEqual(range({ low: quantity(9, { unit: 'tablet' }), high: grams }), []);
  });

  it('of times of day know several', () => {
    const native = NATIVES.get("offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))")!;
    assert.deepEqual(native({ offset: 30, when: ['AC', 'PC'] }), []);
    assert.equal(native({ offset: 30, when: ['AC', 'C', 'CV'] }).length, 2);
  });
});
