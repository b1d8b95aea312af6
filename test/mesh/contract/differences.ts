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
  'content type': {
    real: 'comes out in small letters',
    ours: 'comes out as it was sent',
    why: 'A boundary in it may hold capitals, and MESH is said to pass it on.',
  },
  'slash in local id': {
    real: 'no message is found by it',
    ours: 'the message is found by it',
    why: 'The local id is one part of the path, encoded as such.',
  },
  'acknowledging between pages': {
    real: 'the next page begins again from the top',
    ours: 'the next page goes on where the last one ended',
    why: 'Whoever reads page by page sees every message once.',
  },
  'used token': {
    real: 'a token is good for any number of requests',
    ours: 'a token is good for one request',
    why: 'Real MESH refuses a token that was shown before.',
    strict: true,
  },
  clock: {
    real: 'a token of any time is good',
    ours: 'a token is good within two hours of its time',
    why: 'Real MESH refuses a token from a clock that is further off.',
    strict: true,
  },
  scheme: {
    real: 'a token is taken without NHSMESH before it',
    ours: 'a token without NHSMESH before it is refused',
    why: 'Real MESH asks for the scheme.',
    strict: true,
  },
  workflow: {
    real: 'anybody sends any workflow to anybody',
    ours: 'sender and recipient must be registered for the workflow',
    why: 'Real MESH answers with code 16 where the sender is not, with code 17 where the recipient is not.',
    strict: true,
  },
  'patient address': {
    real: 'a GPPROVIDER address is an unknown mailbox',
    ours: 'a GPPROVIDER address is taken, and a report follows when no practice can be found',
    why: 'Real MESH routes such messages by PDS, after it took them.',
    strict: true,
  },
  'missing part': {
    real: 'a message with a part missing is delivered and cannot be read',
    ours: 'the last part is refused while another is missing',
    why: 'Nobody is helped by a message that cannot be read.',
    strict: true,
  },
  'small parts': {
    real: 'parts of any size',
    ours: 'every part but the last has 5 MB or more',
    why: 'Real MESH asks for it.',
    strict: true,
  },
  'acknowledged message': {
    real: 'can be downloaded again',
    ours: 'is gone',
    why: 'Real MESH gives out nothing that was acknowledged.',
    strict: true,
  },
} satisfies Record<string, ContractDifference>;

export type Difference = keyof typeof DIFFERENCES;

/** Those of our sandbox as it starts without a switch, and those of the strict one. */
export function differencesOfOurs(strict: boolean): ReadonlySet<Difference> {
  const entries = Object.entries(DIFFERENCES) as [Difference, ContractDifference][];
  return new Set(entries.filter(([, difference]) => strict || !difference.strict).map(([name]) => name));
}
