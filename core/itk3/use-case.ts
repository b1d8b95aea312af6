// What a kind of message is, beyond what FHIR's own resources can say. The data stand in profiles/.

import type { Severity } from '../finding';

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
  'quantity' | 'days supply' | 'dose' | 'NHS number' | 'name' | 'birth date' | 'gender' | 'ODS code' | 'contact start';

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

/** One kind of message (profiles/<kind>/use-case.json). */
export interface UseCase {
  messageKind: string;
  title: string;
  guide: { title: string; version: string };
  event: Coded;
  messageDefinition: string;
  /** Profile of the Composition that heads the document. */
  composition: string;
  workflow: { request: string; acknowledgement: string; source: string };
  sections: SectionUse[];
  /** What the document says it is, in an extension and in its type. */
  careSetting?: { extension: string; code: Coded; source: string };
  documentType?: Versions & { code: Coded; alternatives?: (Versions & { code: Coded })[]; source: string };
  /** The extension that says how sure an NHS number is, the code that is asked for, and those that say there is none. */
  patient?: { verification: string; verified: Coded; absent: string[]; source: string };
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
  /** How many resources of a type a document may and must have. */
  entries?: { least: Record<string, number>; most: Record<string, number>; source: string };
}

/** A whole message of a kind with {{…}} where something fresh belongs (profiles/<kind>/new-message.json). */
export interface Template {
  messageKind: string;
  source: string;
  message: unknown;
}
