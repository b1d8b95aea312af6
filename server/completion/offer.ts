import type { Stub } from './stub';

/** One thing to offer at a cursor, before it is put in the protocol's words. */
export interface Offer {
  label: string;
  kind: 'property' | 'value' | 'code' | 'reference' | 'type';
  /** What is written at the cursor, without commas. */
  stub: Stub;
  /** What typing is compared with; the label unless told. */
  filter?: string;
  /** Shown beside the label: a display, a type. */
  detail?: string;
  /** Markdown. */
  documentation?: string;
  /** Likely enough to be chosen beforehand. */
  preselect?: boolean;
}
