// What real MESH does and NHS England's own sandbox does not: one switch each. All off by default, all on when strict.

export interface Strictness {
  /** A token is good for one request. */
  replay: boolean;
  /** A token's time is within two hours of the server's. */
  clock: boolean;
  /** The Authorization header starts with `NHSMESH `. */
  scheme: boolean;
  /** Sender and recipient are registered for the workflow (codes 16 and 17). */
  workflows: boolean;
  /** A request holds 100 MB at most; every part but the last more than 5 MB. */
  sizes: boolean;
  /** A message is complete when all its parts are there. */
  missingParts: boolean;
  /** What has been acknowledged is gone. */
  noDownloadAfterAcknowledge: boolean;
  /** After five days in an inbox a message is undeliverable, and its sender gets a report (code 14). */
  expiry: boolean;
  /** GPPROVIDER addresses are looked up; what is wrong with them comes later, as a report (EPL-150 to EPL-154). */
  routing: boolean;
  /** Tracking tells what went wrong, and calls no message a success that was not delivered. */
  tracking: boolean;
  /** An inactive mailbox neither sends nor receives. */
  inactive: boolean;
}

const SWITCHES: readonly (keyof Strictness)[] = [
  'replay',
  'clock',
  'scheme',
  'workflows',
  'sizes',
  'missingParts',
  'noDownloadAfterAcknowledge',
  'expiry',
  'routing',
  'tracking',
  'inactive',
];

export const strictness = (strict: boolean): Strictness =>
  Object.fromEntries(SWITCHES.map((name) => [name, strict])) as Record<keyof Strictness, boolean>;

/** The largest request that MESH takes (its API specification, since October 2024). */
export const MAXIMUM_REQUEST = 100_000_000;

/**
 * The least that a part must have which is not the last. Counted as it is sent. The specification only says "should";
 * the figure is the one that the object storage behind MESH demands of parts.
 */
export const MINIMUM_PART = 5 * 1024 * 1024;
