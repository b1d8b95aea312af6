// What a draft is made with: everything that the middle of the house does not have of its own.
import type { Pointer } from '../document/pointer';
import type { Located, Message } from '../itk3/message';
import type { Knowledge } from '../knowledge';
import type { Fresh } from '../fresh';
import type { Cast } from './cast';

export interface Drafting {
  knowledge: Knowledge;
  /** Now, and fresh identifiers. */
  fresh: Fresh;
  /** Whom and what it is about, where it is to be about someone: else their places are holes with examples. */
  cast?: Cast;
  /** The message into which the draft goes, so that references lead to what is there. */
  message?: Message;
  /** The resource of that message in which it will stand. */
  from?: Located;
  /** Where in that resource, from the resource on: then what the guide asks there is in the draft. */
  at?: Pointer;
  /** Of the guide; without it, that of the message, else the newest. */
  version?: string;
}
