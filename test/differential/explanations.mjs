// Why the two validators say different things, where they do. One that nobody needs any more is itself reported.

/** What Java says of whatever refers to a resource with a fault: no finding of its own. */
export const KNOCK_ON = new Set(['Reference_REF_CantMatchChoice']);

/** What Java does not find: by the name of a fault, or for all that a rule of ours finds. */
export const ONLY_OURS = [
  { fault: /^text: a tab inside a text/, because: "Java's JSON reader takes control characters inside a text" },
  { fault: /^text: the type of a resource twice/, because: 'Java tells of every name that stands twice but this one' },
  {
    fault: /^shape: an empty list of texts/,
    because: 'Java lets an empty list of primitives pass, not one of objects',
  },
  { fault: /^shape: an abstract type/, because: 'Java takes DomainResource for a type that a resource may have' },
  {
    fault: /^invariants: ele-1/,
    because: 'Java lets an element with an id and nothing else pass',
  },
  {
    rule: 'narrative-xml',
    because: "Java's reader of XHTML is forgiving: quotes left out, and what stands around the div",
  },
  { fault: /^narrative: CDATA/, because: 'Java takes CDATA in a narrative' },
  { rule: 'narrative-content', because: 'Java allows in a narrative what STU3 and later versions do not agree on' },
  { rule: 'narrative-active', because: 'Java does not look into a style' },
  { rule: 'narrative-link', because: 'Java lets a picture come from anywhere' },
  { rule: 'slice-order', because: 'Java does not hold items to openAtEnd where the slicing is not ordered' },
  { rule: 'snomed-id', because: 'Java leaves SNOMED CT to a terminology server, and here is none' },
  { rule: 'full-url', because: 'STU3 says it of every fullUrl; Java reads it as R4 does, which leaves urn:uuid out' },
  { rule: 'unknown-profile', because: 'the profiles that Java was given are of more kinds of message than ours' },
];

/** Faults that Java finds at another place, or by another thing that is wrong because of them. */
export const ELSEWHERE = [
  {
    fault: /^authors: a fullUrl (without urn:uuid:|that is relative)/,
    because: 'Java tells of a wrong fullUrl at each reference to the entry, we once, at the fullUrl',
  },
  { rule: 'json-syntax', because: 'Java names the line at which its reader stopped, not the place in the message' },
  { rule: 'too-much', because: 'Java has no such limit; it tells of what it finds in there' },
  {
    fault: /^invariants: dom-/,
    because: 'Java names the resource whose constraint it is, we the property that breaks it',
  },
  { rule: 'profile-type', because: 'Java applies the profile of the other type and forbids every element' },
];

/** What Java alone holds against a whole message, by its own name of the remark and a part of its words. */
export const ONLY_JAVA = [
  {
    id: 'Reference_REF_CantMatchChoice',
    because: 'a knock-on in Java: the resource referred to has a remark of its own, such as the slices of Patient.name',
  },
  {
    id: 'Validation_VAL_Profile_MatchMultiple',
    message: /official, other/,
    because:
      'Patient.name is sliced by a fixed code and by a binding that holds the same code: for us the fixed one wins',
  },
  {
    id: 'Terminology_TX_ValueSet_NotFound_CS',
    because: 'the published Composition profile binds section.code to the url of a code system: no fault of a message',
  },
  {
    id: 'Reference_REF_CantResolve',
    message: /fhir\.nhs\.uk\/(STU3\/)?MessageDefinition/,
    because: 'the MessageDefinition in the handling extension is a name to compare, which no one fetches',
  },
  {
    id: /^(UNABLE_TO_INFER_CODESYSTEM|Unable_to_resolve_system__value_set_has_include_with_unknown_system|Terminology_TX_NoValid_16)$/,
    message: /mimetypes/,
    because: 'MIME types are no code system that Java could expand without a terminology server',
  },
  {
    id: 'Type_Specific_Checks_DT_URL_Resolve',
    message: /terminology\.hl7\.org/,
    because: 'a code system of R4 in a message of STU3: of unknown systems we say that they are not checked',
  },
];

/** @returns the explanations that explained nothing in this run */
export function unused() {
  return [...ONLY_OURS, ...ELSEWHERE, ...ONLY_JAVA].filter((e) => !e.used).map((e) => e.because);
}
