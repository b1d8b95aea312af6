import type { Pointer } from '../document/pointer';
import type { Finding, Severity, Source } from '../finding';
import type { Message } from '../itk3/message';
import type { Knowledge } from '../knowledge';

/** What a rule says of a spot; its id, severity and source are the rule's own unless it says otherwise. */
export type Say = (pointer: Pointer, message: string, more?: Partial<Finding>) => void;

/** One thing that ITK3, a guide or the NHS asks for beyond profiles. */
export interface Rule {
  id: string;
  severity: Severity;
  source: Source;
  check(message: Message, say: Say, knowledge: Knowledge): void;
}
