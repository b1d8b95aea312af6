// Where our sandbox does not answer as NHS England's (mesh-sandbox 1.0.137) does, seen through the client. Each has a
// case in the contract suite that holds both behaviours.

export interface ContractDifference {
  real: string;
  ours: string;
  why: string;
  /** Only with the strict switch. */
  strict?: true;
}

export const DIFFERENCES = {
  'message id': {
    real: '32 hexadecimal digits',
    ours: 'yyyyMMddHHmmssSSSSSS_XXXXXX',
    why: 'Real MESH gives ids of this form, and people read the time in them.',
  },
} satisfies Record<string, ContractDifference>;

export type Difference = keyof typeof DIFFERENCES;

/** Those of our sandbox as it starts without a switch, and those of the strict one. */
export function differencesOfOurs(strict: boolean): ReadonlySet<Difference> {
  const entries = Object.entries(DIFFERENCES) as [Difference, ContractDifference][];
  return new Set(entries.filter(([, difference]) => strict || !difference.strict).map(([name]) => name));
}
