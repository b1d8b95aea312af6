// What those who script the toolkit may lean on. It stands alone, without a type of the house: what changes inside changes
// nothing here, and what changes here is told in the changelog.

/** FHIR JSON, or FHIR XML, which is what travels. */
export type Format = 'json' | 'xml';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A stretch of a text. */
export interface Place {
  /** Lines and columns from 1; columns in UTF-16 code units, as `String.prototype.length` counts. */
  line: number;
  column: number;
  /** The place behind the last character. */
  endLine: number;
  endColumn: number;
  /** From 0, in UTF-16 code units of the whole text: `text.slice(offset, offset + length)`. */
  offset: number;
  length: number;
}

/** One thing to say about a text. */
export interface Finding {
  /** Kebab-case name; RULES.md lists them all. */
  rule: string;
  severity: Severity;
  /** One sentence: what is wrong and what would be right. It may quote the message. */
  message: string;
  /** JSON Pointer (RFC 6901) into the FHIR JSON form of the message, also where the text is XML. */
  pointer: string;
  /** The same place as FHIR writes it: `Bundle.entry[0].resource.id`. */
  path: string;
  place: Place;
  /** The standard that it rests on. */
  source?: { title: string; url?: string };
  /** Other places that have to do with it. */
  related: readonly { message: string; place: Place }[];
}

export interface Judgement {
  /** In the order of the text. An empty list, or one without errors, is a message that may be sent. */
  findings: readonly Finding[];
  /** What the exceptions let pass, and why. */
  excepted: readonly (Finding & { reason: string })[];
  /** What is wrong with the exceptions themselves; places are in their own text. */
  inExceptions: readonly Finding[];
}

export interface ValidateOptions {
  /** The text of the file that stands beside a message, `message.json.itk3`. */
  exceptions?: string;
  /** What is later lies in the future. Now, where it does not say. */
  now?: Date;
  /** Other severities for some rules; `off` says nothing of them. */
  severities?: Readonly<Record<string, Severity | 'off'>>;
}

export interface Converted {
  text: string;
  /** What the other form cannot say, so that it is not in the text. */
  left: readonly { pointer: string; path: string; message: string }[];
  /** How many comments were left out: JSON has none. */
  comments: number;
}

export interface Fixed {
  /** The text, changed only where something was mended. */
  text: string;
  /** How many fixes it took. */
  count: number;
}

export interface KindOfMessage {
  /** As `newMessage` takes it. */
  name: string;
  title: string;
  /** Versions of its guide that differ, newest first. */
  versions: readonly string[];
}

export interface NewMessageOptions {
  /** The newest version of the guide, where it does not say. */
  version?: string;
  /** By any words of theirs, from the synthetic set: a name, a number, a code. Drawn, where it does not say. */
  patient?: string;
  pharmacy?: string;
  practice?: string;
  medicines?: readonly string[];
  /** ODS code of the pharmacy, where it is to be one of your own. */
  sender?: string;
  /** The MESH mailbox that will send it. */
  mailbox?: string;
  /** Two spaces a level; FHIR JSON, where it does not say. */
  format?: Format;
  /** The same word draws the same people and identifiers each time: with `now`, the same message to the letter. */
  seed?: string;
  now?: Date;
}

/** What an ITK3 acknowledgement says. What it does not say is undefined. */
export interface Acknowledgement {
  /** MessageHeader.id of the message that is answered. */
  answers: string | undefined;
  /** The sender's own reference, echoed. */
  senderReference: string | undefined;
  /** ODS code of the organisation that answers. */
  responder: string | undefined;
  timestamp: string | undefined;
  /** The ITK3 response code, such as `20013`. */
  code: string | undefined;
  display: string | undefined;
  /** What the code means, in a sentence or two. */
  meaning: string | undefined;
  layer: 'infrastructure' | 'business' | undefined;
  /** Undefined where the answer does not say, or contradicts itself. */
  accepted: boolean | undefined;
  /** What in the answer contradicts what, as a sentence. */
  contradiction: string | undefined;
  /** Free text of the responder. */
  diagnostics: string | undefined;
}

/** One of the codes that an acknowledgement may have. */
export interface ResponseCode {
  code: string;
  display: string | undefined;
  meaning: string | undefined;
  layer: 'infrastructure' | 'business';
  outcome: 'positive' | 'negative';
  /** MessageHeader.response.code that goes with it. */
  responseCode: 'ok' | 'transient-error' | 'fatal-error';
}

export interface LoadOptions {
  /**
   * Profiles, value sets, code systems and message definitions of your own: folders, .tgz FHIR packages and files. Later
   * ones win, and all of them win over what is built in. Relative to the folder the process runs in.
   */
  profiles?: readonly string[];
}

/** All that the toolkit knows, and what can be asked of it. Nothing here touches the disk, the network or the clock but for `now`. */
export interface Toolkit {
  /** One sentence for each thing in `profiles` that could not be read or used; the rest works. */
  readonly problems: readonly string[];
  readonly kinds: readonly KindOfMessage[];
  readonly responseCodes: readonly ResponseCode[];

  /** The message as FHIR JSON, as far as the text could be read; undefined where nothing could. Never throws. */
  read(text: string): { format: Format; value: unknown };
  /** Says what is wrong with a message, FHIR JSON or FHIR XML. Broken text gives findings: never throws. */
  validate(text: string, options?: ValidateOptions): Judgement;
  /** Mends what can be mended without asking a person, as an editor does on save. Never throws. */
  fix(text: string, options?: ValidateOptions): Fixed;
  /** Lays a message out anew, every value as it was written. A text that is broken comes back as it is. */
  format(text: string): string;
  /**
   * The message in the other form; a text that is in that form already comes back as it is.
   * @throws {ToolkitError} where the text is too broken for it, with the place
   */
  convert(text: string, to: Format): Converted;
  /**
   * A new, valid message about an invented patient.
   * @throws {ToolkitError} where there is no such kind, version, person, place or medicine
   */
  newMessage(kind: string, options?: NewMessageOptions): string;
  /** Undefined where the text is no acknowledgement. Never throws. */
  readAcknowledgement(text: string): Acknowledgement | undefined;
}
