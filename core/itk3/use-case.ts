// What a kind of message is, beyond what FHIR's own resources can say. The data stand in profiles/.

import type { Severity } from '../finding';
import type { Json } from '../json';
import type { AddressingRules, PracticeAddress, Workflow } from './addressing-rules';

/** The envelope that all ITK3 messages share (profiles/itk3/envelope.json). */
export interface Envelope {
  source: string;
  /** Code system of MessageHeader.event by which an ITK3 message is known. */
  eventSystem: string;
  /** Profiles by position: the outer bundle, its header, the document in focus. */
  messageBundle: string;
  header: string;
  documentBundle: string;
  /** Profile of the organisation in MessageHeader.sender. */
  headerOrganisation: string;
  /** Url of the message handling extension, and the code system of its recipient type. */
  handling: string;
  recipientTypes: string;
  odsSystem: string;
  /** Event code, definition, outcome profile and codes of an acknowledgement. */
  responseEvent: string;
  responseMessageDefinition: string;
  responseOutcome: string;
  responseCodes: string;
  /** What the other kinds of message announce, of which no more is known here. */
  events: EventUse[];
  /** How a practice is addressed by its patient. */
  practiceAddress: PracticeAddress;
  /** Said of a message without focus whose kind does not say it itself. */
  focus: Advice;
  /** Keys of the handling extension that are no more. */
  retiredKeys: { key: string; says: string; source: string }[];
  /** What stands in the url of a MessageDefinition of the retired form where there is a hyphen now. */
  retiredDefinition: { infix: string; says: string; source: string };
  /** A definition that describes payloads and is no message's own. */
  payloadDefinition: { url: string; says: string; source: string };
  /** The size beyond which receivers may answer with the code. */
  largestMessage: { bytes: number; code: string; source: string };
  response: ResponseRules;
  /** What a value of a key of the handling extension asks for. */
  handlingMeanings: { key: string; value: boolean | string; says: string }[];
  handlingMeaningsSource: string;
  /** What every message is made of around its payload. */
  resources: ResourceUse[];
}

/** What holds for every acknowledgement. */
export interface ResponseRules {
  handling: HandlingValue[];
  /** What one is made of by whoever writes it. */
  parts: ResourceUse[];
  /** The types of resources that an acknowledgement is made of. */
  resources: string[];
  resourcesSource: string;
  /** The code that says that a message could not be read. */
  unreadable: { code: string; source: string };
  /** Code systems of older drafts, known by a part of their url, and codes that were given up. */
  obsoleteCodes: {
    systems: { marks: string[]; says: string; source: string };
    codes: { code: string; says: string; source: string }[];
  };
  /** What the sender must do who receives a code; the first that fits. */
  duties: Duty[];
}

export interface Duty {
  /** Of these codes only. */
  codes?: string[];
  layer?: 'infrastructure' | 'business';
  /** `undelivered` is what MESH reports, `unclear` what no published code says. */
  outcome?: 'positive' | 'negative' | 'unclear' | 'undelivered';
  /** Where it is known that a business response was asked for, or was not. */
  awaits?: boolean;
  says: string;
  source: string;
}

/** Who gives out the identifiers of a system, or owns addresses that start alike (profiles/itk3/owners.json). */
export interface Owner {
  prefix: string;
  name: string;
  /** What the identifier is of, as the end of its name. */
  of?: string;
  owner: string;
  /** Address at which a `{value}` can be looked up. */
  lookUp?: string;
  /** The value that stands where there is none. */
  absent?: string;
  note?: string;
  source: string;
}

/** What a kind of message announces itself with. */
export interface EventUse {
  /** Code of MessageHeader.event. */
  event: string;
  messageDefinition?: string;
  /** Profile of the Composition, where that is of this kind only. */
  composition?: string;
  workflow?: Workflow;
  addressing?: AddressingRules;
  header?: HeaderRules;
}

/** What the guide of a kind of message asks of its header beyond the profile; what is left out is not asked. */
export interface HeaderRules {
  handling?: HandlingValue[];
  /** Said of a SenderReference that says nothing; the role is that of the resource whose fullUrl a sender gives there. */
  senderReference?: Advice & { role?: string };
  /** Said of a person as sender. */
  senderOrganisation?: Advice;
  /** Said of a sending organisation without ODS code. */
  senderOdsCode?: Advice;
  /** Said of a header that leads to no document. */
  focus?: Advice;
  /** Mistakes that the guide itself prints: they are forgiven, and explained. */
  slips?: Slip[];
}

/** The value that a key of the handling extension has in one kind of message. */
export interface HandlingValue {
  key: string;
  value: boolean | string;
  /** Of acknowledgements of this layer only. */
  layer?: 'infrastructure' | 'business';
  /** An error when left out. */
  severity?: Severity;
  says: string;
  source: string;
}

/** What is said where something is not as a source asks. */
export interface Advice {
  severity: Severity;
  says: string;
  source: string;
}

export interface Slip {
  at: 'event' | 'messageDefinition' | 'composition';
  value: string;
  says: string;
  source: string;
}

/** A code that one published source asks for and another forbids: accepted, explained on hover. */
export interface Contradiction {
  valueSet: string;
  system: string;
  code: string;
  says: string;
  /** Reported where an author has a choice; left out where every valid message has the code. */
  severity?: Severity;
  source: string;
}

export interface Coded {
  system: string;
  code: string;
  display: string;
}

/** Versions of the guides that know a code: all of them, unless it came with one or left after one. */
export interface Versions {
  since?: string;
  until?: string;
}

/** What a row of a section's text may say that a resource says too. */
export type Fact =
  | 'quantity'
  | 'days supply'
  | 'dose'
  | 'medicine'
  | 'NHS number'
  | 'name'
  | 'birth date'
  | 'gender'
  | 'address'
  | 'telephone'
  | 'contacts'
  | 'ODS code'
  | 'organisation'
  | 'GP name'
  | 'contact start'
  | 'provider'
  | 'clinician'
  | 'agent'
  | 'reaction'
  | 'allergy type'
  | 'severity'
  | 'certainty'
  | 'date recorded';

/** A part of the document that the guide names, with the row labels of its table. */
export interface SectionUse extends Versions {
  name: string;
  title: string;
  code: Coded;
  conformance: 'mandatory' | 'required' | 'optional';
  /** Resource type that the section points at, if any. */
  entry: string | null;
  /** Slice of the profile, if it has one for the section. */
  slice: string | null;
  /** The profile fixes no title. */
  freeTitle?: boolean;
  /** The guide asks for text and expects no entry. */
  textOnly?: boolean;
  rows: string[];
  /** Resources of the document that the text names, each in a row with one of these labels. */
  items?: { type: string; rows: string[] };
  /** Labels of the rows that say what a resource says too. */
  facts?: Partial<Record<Fact, string[]>>;
  /** What a new message says in rows that no resource fills. */
  examples?: Record<string, string>;
  source: string;
  /** The same part in other versions of the guides. */
  alternatives?: SectionAlternative[];
}

export interface SectionAlternative extends Versions {
  title: string;
  code: Coded;
  slice: string | null;
  source: string;
}

/** A code that stands in the guide or its examples, at an element that may have many. Of a quantity, its unit. */
export interface KnownCode extends Coded {
  /** Path of the element: `AllergyIntolerance.code`. */
  at: string;
  says?: string;
  source: string;
}

/** One of the resources that a message is made of, in the order in which a message has them. */
export interface ResourceUse {
  /** What it is to the message, such as `pharmacy`. */
  role: string;
  type: string;
  profile: string;
  title: string;
  /** How many a message has; any number where the most is not said. */
  min: number;
  max?: number;
  /** One for each medicine. */
  each?: 'medicines';
  /** Not asked for, and yet in most messages. */
  usual?: boolean;
  /** The references that lead to it, such as `encounter.participant.individual`: by role, then by property. */
  ledToBy: string[];
  /** What the guide asks of it and its example shows: FHIR JSON with {{…}} for what each message has of its own. */
  values: Json;
}

/** One kind of message (profiles/<kind>/use-case.json). */
export interface UseCase {
  messageKind: string;
  title: string;
  guide: { title: string; version: string };
  event: Coded;
  messageDefinition: string;
  /** Profile of the Composition that heads the document. */
  composition: string;
  workflow: Workflow;
  addressing?: AddressingRules;
  header?: HeaderRules;
  sections: SectionUse[];
  /** What the document is made of. */
  resources: ResourceUse[];
  /** What the document says it is, in an extension and in its type. */
  careSetting?: { extension: string; code: Coded; source: string };
  documentType?: Versions & { code: Coded; alternatives?: (Versions & { code: Coded })[]; source: string };
  /** The extension that says how sure an NHS number is, the code that is asked for, and those that say there is none. */
  patient?: { verification: string; verified: Coded; absent: string[]; source: string };
  /** Statuses of allergies that are not sent. */
  allergy?: { refused: string[]; source: string };
  dispense?: {
    status: string;
    /** Extension of the quantity. */
    quantityText: string;
    daysSupply: { unit: string; system: string; code: string };
    source: string;
  };
  /** Systems of the numbers by which an author is known. */
  practitioner?: { registers: string[]; source: string };
  attachments?: { contentTypes: string[]; source: string };
  /** Codes worth knowing where a profile leaves them open. */
  codes?: KnownCode[];
  /** How many resources of a type a document may and must have. */
  entries?: { least: Record<string, number>; most: Record<string, number>; source: string };
}
