// A very small PDS: who is registered where, for a sandbox that was told of nobody else. All invented.
import type { SandboxMailbox } from './accounts';

/** One registration. Somebody who stands here twice is registered in two places. */
export interface Registered {
  nhsNumber: string;
  /** yyyyMMdd */
  birthDate: string;
  surname: string;
  /** The practice's mailbox id. */
  mailbox: string;
}

/** Nobody's mailbox: a practice that MESH does not reach. */
const NO_MAILBOX = 'X26NOWHERE';

/** The last two are there for what can go wrong: registered in two places, and where there is no mailbox. */
export function defaultPeople(accounts: readonly SandboxMailbox[]): Registered[] {
  const first = accounts.find(({ answered }) => answered) ?? accounts.at(-1);
  const second = accounts.find((account) => account !== first);
  const practice = first?.mailbox ?? NO_MAILBOX;
  const twice = { nhsNumber: '9997000455', birthDate: '19630229', surname: 'Twicefold' };
  return [
    { nhsNumber: '9997000013', birthDate: '19700101', surname: 'Testperson', mailbox: practice },
    { nhsNumber: '9997000129', birthDate: '19520614', surname: 'Sampleby', mailbox: practice },
    { nhsNumber: '9997000234', birthDate: '20011231', surname: "O'Invented", mailbox: practice },
    { nhsNumber: '9997000560', birthDate: '19880809', surname: 'Made Upp', mailbox: practice },
    { ...twice, mailbox: practice },
    { ...twice, mailbox: second?.mailbox ?? NO_MAILBOX },
    { nhsNumber: '9997000676', birthDate: '19450508', surname: 'Nowhereson', mailbox: NO_MAILBOX },
  ];
}
