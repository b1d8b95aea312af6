// What the stages before the rules may find. The rules beyond profiles say this of themselves, in core/rules/.
import type { Source } from '../finding';
import type { RuleInfo } from '../rules/rule';

const JSON_FORMAT: Source = { title: 'RFC 8259, the JSON format', url: 'https://www.rfc-editor.org/rfc/rfc8259' };
const XML: Source = { title: 'Extensible Markup Language (XML) 1.0', url: 'https://www.w3.org/TR/xml/' };
const FORMATS: Source = {
  title: 'FHIR STU3, formats of resources',
  url: 'http://hl7.org/fhir/STU3/formats.html#wire',
};
const FHIR_XML: Source = { title: 'FHIR STU3, XML format', url: 'http://hl7.org/fhir/STU3/xml.html' };
const TYPES: Source = { title: 'FHIR STU3, data types', url: 'http://hl7.org/fhir/STU3/datatypes.html' };
const RESOURCES: Source = { title: 'FHIR STU3, resource list', url: 'http://hl7.org/fhir/STU3/resourcelist.html' };
const PROFILING: Source = { title: 'FHIR STU3, profiling', url: 'http://hl7.org/fhir/STU3/profiling.html' };
const EXTENSIBILITY: Source = { title: 'FHIR STU3, extensibility', url: 'http://hl7.org/fhir/STU3/extensibility.html' };
const TERMINOLOGIES: Source = { title: 'FHIR STU3, terminologies', url: 'http://hl7.org/fhir/STU3/terminologies.html' };
const REFERENCES: Source = {
  title: 'FHIR STU3, references in bundles',
  url: 'http://hl7.org/fhir/STU3/bundle.html#references',
};
const NARRATIVES: Source = { title: 'FHIR STU3, narrative', url: 'http://hl7.org/fhir/STU3/narrative.html' };
const CONSTRAINTS: Source = {
  title: 'FHIR STU3, constraints',
  url: 'http://hl7.org/fhir/STU3/conformance-rules.html#constraints',
};

const SNOMED: Source = {
  title: 'SNOMED CT, identifiers (SCTID)',
  url: 'https://confluence.ihtsdotools.org/display/DOCRELFMT/6+SNOMED+CT+Identifiers',
};

const TERMINOLOGY_SERVICE: Source = {
  title: 'FHIR STU3, terminology service',
  url: 'http://hl7.org/fhir/STU3/terminology-service.html',
};

const error = (id: string, asks: string, source: Source): RuleInfo => ({ id, severity: 'error', asks, source });
/** A rule that says what is missing: it waits while the text breaks off. */
const absence = (info: RuleInfo): RuleInfo => ({ ...info, absence: true });
const warning = (id: string, asks: string, source: Source): RuleInfo => ({ id, severity: 'warning', asks, source });

const information = (id: string, asks: string, source: Source): RuleInfo => ({
  id,
  severity: 'information',
  asks,
  source,
});

const hint = (id: string, asks: string, source: Source): RuleInfo => ({ id, severity: 'hint', asks, source });

export const NARRATIVE = {
  'narrative-xml': absence(
    error(
      'narrative-xml',
      'A narrative is one well-formed <div> of XHTML, with no entities but those of XML.',
      NARRATIVES,
    ),
  ),
  'narrative-active': error(
    'narrative-active',
    'Nothing in a narrative runs, loads or asks for input: no script, form, frame or style that fetches.',
    NARRATIVES,
  ),
  'narrative-content': error(
    'narrative-content',
    'A narrative has only the basic elements and attributes of HTML 4.0 that STU3 names.',
    NARRATIVES,
  ),
  'narrative-link': warning(
    'narrative-link',
    'The pictures of a narrative are in its own resource, and links inside it lead somewhere.',
    NARRATIVES,
  ),
  'narrative-empty': absence(error('narrative-empty', 'A narrative has some text or a picture.', NARRATIVES)),
};

const TEXT_RULES: readonly RuleInfo[] = [
  error('json-syntax', 'The text is well-formed JSON.', JSON_FORMAT),
  error('duplicate-key', 'No object has the same name twice.', JSON_FORMAT),
  error('xml-syntax', 'The text is well-formed XML, without a DOCTYPE.', XML),
  error('xml-namespace', 'Elements are of the namespace of FHIR, and a narrative of that of XHTML.', FHIR_XML),
  error('xml-order', 'The elements of FHIR XML stand in the order in which STU3 lists them.', FHIR_XML),
  error('xml-attribute', 'An element has only the attributes id, value and url, where FHIR XML has them.', FHIR_XML),
  error('xml-text', 'Text stands in attributes and narratives, and nowhere between elements.', FHIR_XML),
  error('too-much', 'The text is no longer, and no deeper nested, than any message needs to be.', FORMATS),
  error('not-fhir', 'The text holds a FHIR resource.', FORMATS),
];

const SHAPE_RULES: readonly RuleInfo[] = [
  error('resource-type', 'Each resource is of a type that STU3 knows.', RESOURCES),
  error('unknown-property', 'An object has only the properties that STU3 gives its type.', FORMATS),
  error('kind', 'A list, object, text, number or boolean stands where STU3 asks for one.', FORMATS),
  absence(error('empty', 'No list, object or text is empty.', FORMATS)),
  error('primitive-form', 'A date, time, id, code, URI or number has the form of its type.', TYPES),
];

const PROFILE_RULES: readonly RuleInfo[] = [
  absence(error('required', 'What STU3 or a profile requires is there, as often as it is required.', PROFILING)),
  error('max', 'Nothing is there more often than STU3 or a profile allows.', PROFILING),
  error('not-allowed', 'What a profile forbids is not there.', PROFILING),
  error('choice', 'Of a choice such as value[x] only one form is there, and one that is allowed.', PROFILING),
  error('fixed-value', 'What a profile fixes, or gives a pattern for, has just that value.', PROFILING),
  error('max-length', 'A text is no longer than a profile allows.', PROFILING),
  error('slice-order', 'Where a profile puts slices in an order, the items stand in it.', PROFILING),
  error('slice-closed', 'Where a profile allows slices only, each item belongs to one.', PROFILING),
  error('extension', 'An extension is known, and stands where it is allowed.', EXTENSIBILITY),
  error('profile-type', 'A profile in meta.profile is for the type of the resource.', PROFILING),
  warning('unknown-profile', 'A profile in meta.profile is known here, so that it can be checked.', PROFILING),
];

const BUNDLE_RULES: readonly RuleInfo[] = [
  error('first-entry', 'A message starts with its MessageHeader, a document with its Composition.', REFERENCES),
  error('full-url', 'Each entry has a fullUrl of its own that agrees with the id of its resource.', REFERENCES),
  error('contained-id', 'Each contained resource has an id of its own.', {
    title: 'FHIR STU3, contained resources',
    url: 'http://hl7.org/fhir/STU3/references.html#contained',
  }),
  warning('unreachable', 'Each entry of a message or document can be reached from its first entry.', REFERENCES),
  absence(error('reference-missing', 'A reference leads to a resource that is there.', REFERENCES)),
  warning('reference-outside', 'A reference in a document leads to a resource of that document.', {
    title: 'ITK3 Message Distribution 2.10.0, sender requirements FHIR-PAY-02 and FHIR-CC-04',
  }),
  error('reference-type', 'A reference leads to a resource of a type that is allowed.', REFERENCES),
];

const CODE_RULES: readonly RuleInfo[] = [
  error(
    'code-unknown',
    'A code is one that its code system has, as far as that is at hand or the terminology server knows it.',
    TERMINOLOGIES,
  ),
  warning('code-inactive', 'A code is still in use, as far as the terminology server knows.', TERMINOLOGIES),
  warning('display', 'The display of a code is what its code system calls it.', TERMINOLOGIES),
  error('snomed-id', 'A SNOMED CT or dm+d code has the form and the check digit of a concept.', SNOMED),
  hint(
    'not-checked',
    'The code system of a code is at hand, or is known to the terminology server; otherwise only its form is checked.',
    TERMINOLOGIES,
  ),
  information(
    'terminology-server',
    'The terminology server answers, where the settings name one.',
    TERMINOLOGY_SERVICE,
  ),
  error('binding', 'A code is in the value set that is required for it.', TERMINOLOGIES),
  warning(
    'contradiction',
    'Where published sources contradict each other, the value satisfies both if that can be.',
    PROFILING,
  ),
];

const CONSTRAINT_RULES: readonly RuleInfo[] = [
  absence(
    error(
      'invariant',
      'What STU3 and profiles ask of several elements together, their constraints, is met.',
      CONSTRAINTS,
    ),
  ),
  information('invariant-not-run', 'Each constraint can be checked here.', CONSTRAINTS),
];

/** By stage, in the order of the stages, under the headings of the page of rules. */
export const RULES_BY_STAGE: Readonly<Record<string, readonly RuleInfo[]>> = {
  Text: TEXT_RULES,
  Shape: SHAPE_RULES,
  Profiles: PROFILE_RULES,
  'Bundles and references': BUNDLE_RULES,
  Codes: CODE_RULES,
  Constraints: CONSTRAINT_RULES,
  Narrative: Object.values(NARRATIVE),
};
