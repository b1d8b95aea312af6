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

/** A part of the document that the guide names, with the row labels of its table. */
export interface SectionUse {
  name: string;
  title: string;
  code: Coded;
  conformance: 'mandatory' | 'required' | 'optional';
  /** Resource type that the section points at, if any. */
  entry: string | null;
  rows: string[];
  source: string;
  alternatives?: unknown[];
}

/** One kind of message (profiles/<kind>/use-case.json). */
export interface UseCase {
  messageKind: string;
  title: string;
  event: Coded;
  messageDefinition: string;
  /** Profile of the Composition that heads the document. */
  composition: string;
  workflow: { request: string; acknowledgement: string; source: string };
  sections: SectionUse[];
}

/** A whole message of a kind with {{…}} where something fresh belongs (profiles/<kind>/new-message.json). */
export interface Template {
  messageKind: string;
  source: string;
  message: unknown;
}
