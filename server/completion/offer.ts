import type { Draft } from '../../core/draft/draft';
import type { Change } from '../../core/finding';

/** One thing to offer at a cursor, before it is put in the protocol's words. */
export interface Offer {
  /** Of a property its name, which is written before the draft. */
  label: string;
  kind: 'property' | 'value' | 'code' | 'reference' | 'type';
  /** What is written at the cursor; undefined for a property whose value is there already. */
  draft: Draft;
  /** What typing is compared with; the label unless told. */
  filter?: string;
  /** Shown beside the label: a display, a type. Label and detail together tell an offer from the others. */
  detail?: string | undefined;
  /** Markdown; asked for only when it is shown. */
  documentation?: () => string | undefined;
  /** What changes elsewhere in the message when it is accepted, worked out when it is looked at. */
  lead?: { fullUrl: string; change: (fullUrl: string) => Change | undefined };
  /** Likely enough to be chosen beforehand. */
  preselect?: boolean;
}
