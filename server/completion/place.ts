// What the two ways of writing a message answer for themselves wherever completion is asked for.
import type { Registry } from '../../core/definitions/registry';
import type { Span } from '../../core/document/source-document';
import type { TextEdit } from '../../core/document/text-edits';
import type { Knowledge } from '../../core/knowledge';
import type { Client } from '../feature';
import type { Offer } from './offer';

export interface Place {
  replaced: Span;
  /** Where to ask again for the same, while more is typed. */
  anchor: number;
  /** Whether nothing is there yet that would say whose file this is. */
  isBlank: boolean;
  /** Whether a character was typed that asks for something elsewhere, but for nothing here. */
  isUnasked(trigger: string): boolean;
  offers(knowledge: Knowledge): Offer[];
  /** The letters typed so far, with which offers are compared. */
  typed: string;
  /** Writes what is inserted for an offer. */
  writer(client: Client): (offer: Offer) => Written;
  /** What an offer is compared with by the client: it begins as what is replaced does. */
  filterOf(offer: Offer): string;
  /** The text as if what is offered stood there, for what changes elsewhere with it. */
  wholeWith(offer: Offer): string;
}

export interface Written {
  text: string;
  /** What goes with it beside the cursor, such as a comma. */
  besides?: TextEdit[];
}

/** Undefined where nothing may stand. */
export type PlaceAt = (text: string, offset: number, registry: Registry) => Place | undefined;
