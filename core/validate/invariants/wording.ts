import type { Registry } from '../../definitions/registry';
import type { Source } from '../../finding';
import type { Check } from './plan';

/** A constraint's own words as one sentence: STU3 writes some in capitals, and some in two. */
export function inWords(human: string): string {
  const plain = human
    .replace(/\bSHALL\b/g, 'must')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.;]+$/, '')
    .replace(/\. ([A-Z])(?=[a-z])/g, (_, letter: string) => `; ${letter.toLowerCase()}`);
  return plain === '' ? 'it does not say in words what it asks.' : `${plain}.`;
}

/** Where a constraint comes from: the page of the STU3 type, or the profile. */
export function sourceOfCheck({ says, base }: Check, registry: Registry): Source {
  const definition = registry.definition(says);
  if (definition?.derivation === 'constraint')
    return { title: [definition.name, definition.version].filter(Boolean).join(' '), url: says };
  const type = base.split('.')[0]!;
  if (registry.isResource(type))
    return { title: `FHIR STU3 ${type}`, url: `http://hl7.org/fhir/STU3/${type.toLowerCase()}.html` };
  return { title: `FHIR STU3 ${type}`, url: `http://hl7.org/fhir/STU3/${PAGES[type] ?? `datatypes.html#${type}`}` };
}

/** Data types that do not stand on the page of data types. */
const PAGES: Record<string, string> = {
  Dosage: 'dosage.html',
  Element: 'element.html',
  ElementDefinition: 'elementdefinition.html',
  Extension: 'extensibility.html',
  Meta: 'resource.html#Meta',
  Narrative: 'narrative.html',
  Reference: 'references.html',
};
