import type { Pointer } from '../document/pointer';
import type { Finding, Severity, Source } from '../finding';
import type { Message } from '../itk3/message';
import type { Knowledge } from '../knowledge';

/** What a person is told about a rule before it has found anything. */
export interface RuleInfo {
  id: string;
  /** Its own, unless the finding or a setting says otherwise. */
  severity: Severity;
  /** One sentence: what it asks of a message. */
  asks: string;
  source: Source;
  /** Says what is missing, which cannot be told while the text breaks off. */
  absence?: true;
}

/** What a rule is told. */
export interface Judged {
  message: Message;
  knowledge: Knowledge;
  /** Milliseconds since 1970; undefined when nobody has said what time it is. */
  now?: number;
  /** Of the text, in UTF-8; undefined when there is none. */
  bytes?: number;
}

/** What a rule says of a spot; its id, severity and source are the rule's own unless it says otherwise. */
export type Say = (pointer: Pointer, message: string, more?: Partial<Finding>) => void;

/** One thing that ITK3, a guide or the NHS asks for beyond profiles. */
export interface Rule extends RuleInfo {
  check(judged: Judged, say: Say): void;
}
