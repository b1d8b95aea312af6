// What the toolkit keeps of FHIR's conformance resources: trimmed, but in FHIR's words.

export interface TypeReference {
  code: string;
  /** Profiles that the value itself must meet (extensions, nested resources). */
  profiles?: string[];
  /** Profiles or types of which a reference must name an instance. */
  targets?: string[];
}

export type BindingStrength = 'required' | 'extensible' | 'preferred' | 'example';

export interface Binding {
  strength: BindingStrength;
  valueSet: string;
}

export interface Slicing {
  discriminators: { type: string; path: string }[];
  rules: 'open' | 'closed' | 'openAtEnd';
  ordered?: boolean;
}

export interface Constraint {
  key: string;
  severity: 'error' | 'warning';
  human: string;
  expression?: string;
}

/** One row of a StructureDefinition. Absent members say nothing (in a differential) or have FHIR's default. */
export interface ElementDefinition {
  /** Such as `Composition.section:gpPractice.code`. */
  id: string;
  short?: string;
  definition?: string;
  min?: number;
  max?: string;
  types?: TypeReference[];
  binding?: Binding;
  fixed?: unknown;
  pattern?: unknown;
  contentReference?: string;
  /** Of a text, in characters. */
  maxLength?: number;
  slicing?: Slicing;
  mustSupport?: boolean;
  constraints?: Constraint[];
}

export interface Definition {
  url: string;
  name: string;
  title?: string;
  version?: string;
  /** The FHIR type that is defined or constrained. */
  type: string;
  kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  abstract?: boolean;
  base?: string;
  derivation?: 'specialization' | 'constraint';
  /** Of an extension: the types or elements at which it may stand, such as `Patient`, `HumanName.family`, `Element`. */
  contexts?: string[];
  /** Of an extension: it changes the meaning of what it stands in, so it must stand in modifierExtension. */
  isModifier?: boolean;
  /** All elements of a type; of a profile only what it says beyond its base. */
  elements: ElementDefinition[];
}

export interface Concept {
  code: string;
  display?: string;
  definition?: string;
  /** The code above this one in the hierarchy. */
  parent?: string;
  /** What else the code system says of it, by the property's code. */
  properties?: Record<string, string>;
}

export interface CodeSystem {
  url: string;
  name?: string;
  version?: string;
  /** False when the resource lists only some of its codes, or none (SNOMED CT). */
  complete: boolean;
  concepts: Concept[];
}

export interface Filter {
  property: string;
  op: string;
  value: string;
}

export interface ValueSetPart {
  system?: string;
  concepts?: { code: string; display?: string }[];
  filters?: Filter[];
  valueSets?: string[];
}

export interface ValueSet {
  url: string;
  name?: string;
  title?: string;
  include: ValueSetPart[];
  exclude?: ValueSetPart[];
}

/** A kind of message: which event announces it, and which profiles it is made of. */
export interface MessageDefinition {
  url: string;
  title?: string;
  event: { system: string; code: string; display?: string };
  /** Profile of the resource that carries the whole message. */
  focus?: { type: string; profile?: string };
  /** Profiles that the message may be made of. */
  assets: string[];
  responses: string[];
}

/** A package of knowledge: base STU3, the NHS profiles, or a user's own. Later packages win over earlier ones. */
export interface Package {
  definitions: Definition[];
  codeSystems: CodeSystem[];
  valueSets: ValueSet[];
  messageDefinitions: MessageDefinition[];
}
