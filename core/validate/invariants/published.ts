// What of the published constraints is not evaluated as published, and why.

/** Expressions that another stage judges, with places and words of its own. */
export const ELSEWHERE: ReadonlyMap<string, { rule: string; why: string }> = new Map([
  ['htmlchecks()', { rule: 'narrative', why: 'txt-1 and txt-2: the stage of narratives reads the XHTML itself' }],
  [
    "reference.startsWith('#').not() or (reference.substring(1).trace('url') in %resource.contained.id.trace('ids'))",
    {
      rule: 'reference-missing',
      why: 'ref-1: the stage of references follows every reference; and as published it fails where there is no reference',
    },
  ],
  [
    'entry.where(fullUrl).select(fullUrl&resource.meta.versionId).isDistinct()',
    { rule: 'full-url', why: 'bdl-7: the stage of references names both entries' },
  ],
  ['comparator.empty()', { rule: 'not-allowed', why: 'sqty-1: SimpleQuantity itself forbids comparator' }],
]);

/** Expressions that do not say what their own words say; what is evaluated instead. */
export const CORRECTED: ReadonlyMap<string, { instead: string; why: string }> = new Map([
  [
    'low.empty() or high.empty() or (low <= high)',
    {
      instead: 'low.empty() or high.empty() or iif(low > high, false, true)',
      why: 'rng-2: units that cannot be compared are not out of order',
    },
  ],
  [
    'lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn',
    {
      instead: 'iif(lastModified < authoredOn, false, true)',
      why: 'Task inv-1: a day and a moment of that day cannot be compared, which is no fault',
    },
  ],
  [
    "reasonCode.empty() or notGiven.empty() or notGiven = 'false'",
    {
      instead: 'reasonCode.empty() or notGiven.empty() or notGiven = false',
      why: 'mad-3: a boolean never equals the text "false"',
    },
  ],
  [
    "kind != 'root' or uniqueId.type = 'uuid'",
    {
      instead: "kind != 'root' or uniqueId.all(type != 'uuid')",
      why: 'nsd-1: asks for the opposite of its words',
    },
  ],
  [
    'value.empty() or code!=component.code',
    {
      instead: 'value.empty() or component.where(code = %context.code).empty()',
      why: 'obs-7: fails where there is no component, and passes where there is more than one',
    },
  ],
  [
    "valueSet.is(uri).not() or valueSet.as(uri).startsWith('http:') or valueSet.as(uri).startsWith('https') or valueSet.as(uri).startsWith('urn:')",
    {
      instead:
        "valueSet.as(uri).empty() or valueSet.as(uri).startsWith('http:') or valueSet.as(uri).startsWith('https') or valueSet.as(uri).startsWith('urn:')",
      why: 'eld-12: fails where there is no value set',
    },
  ],
  [
    'probability is decimal implies probability.as(decimal) <= 100',
    {
      instead: 'probability.as(decimal).empty() or probability.as(decimal) <= 100',
      why: 'ras-2: fails where there is no probability',
    },
  ],
  [
    '(concept.code | descendants().concept.code).isDistinct()',
    {
      instead: 'concept.code.combine(descendants().concept.code).isDistinct()',
      why: 'csd-1: never fails, since a union drops what stands twice',
    },
  ],
  [
    "abatement.empty() or (abatement as boolean).not()  or clinicalStatus='resolved' or clinicalStatus='remission' or clinicalStatus='inactive'",
    {
      instead:
        "abatement.empty() or (abatement as boolean).not() or clinicalStatus.empty() or clinicalStatus='resolved' or clinicalStatus='remission' or clinicalStatus='inactive'",
      why: 'con-4: where clinicalStatus is missing, it is con-3 that says so, or it may be',
    },
  ],
  [
    "sliceName.empty() or sliceName.matches('^[a-zA-Z0-9\\\\/\\\\-\\\\_]+$')",
    {
      instead: "sliceName.empty() or sliceName.matches('^[a-zA-Z0-9/_-]+$')",
      why: 'eld-16: escapes what a Unicode pattern may not escape',
    },
  ],
  [
    "searchType implies type = 'string'",
    { instead: "searchType.empty() or type = 'string'", why: 'opd-2: fails where there is no searchType' },
  ],
  [
    'substanceExposureRisk.exists() and code.empty()',
    {
      instead: '%resource.code.empty()',
      why: 'inv-1 of the extension allergyintolerance-substanceExposureRisk: names what does not stand inside the extension',
    },
  ],
  ...['rfr-1', 'cmr-1'].map((key) => {
    const [first, second] = key === 'rfr-1' ? ['Device', 'Practitioner'] : ['Practitioner', 'Device'];
    const either = `(agent.resolve() is ${first}) or (agent.resolve() is ${second}) or onBehalfOf.exists().not()`;
    return [
      either,
      {
        instead: `(agent.resolve().empty()) or ${either}`,
        why: `${key}: an agent that is not in the message may be of the right type`,
      },
    ] as const;
  }),
  [
    'onBehalfOf.exists() implies (member.resolve() is Practitioner)',
    {
      instead: 'onBehalfOf.empty() or member.resolve().empty() or (member.resolve() is Practitioner)',
      why: 'ctm-1: a member that is not in the message may be of the right type',
    },
  ],
]);
