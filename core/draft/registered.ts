// What a MESH server for tests knows of the invented people and of the workflows of messages: the sandbox is told, since it
// reads nothing itself.
import { surnameInAddress } from '../itk3/practice-address';
import type { Knowledge } from '../knowledge';

export interface RegisteredPerson {
  nhsNumber: string;
  /** yyyyMMdd */
  birthDate: string;
  /** As an address has it. */
  surname: string;
  /** Of the person's practice. */
  mailbox: string;
}

/** The patients of the synthetic set, all with one practice. */
export function registeredPeople({ invented }: Knowledge, mailbox: string): RegisteredPerson[] {
  return invented.patients.map(({ nhsNumber, birthDate, family }) => ({
    nhsNumber,
    birthDate: birthDate.replaceAll('-', ''),
    surname: surnameInAddress(family) ?? family,
    mailbox,
  }));
}

export interface RegisteredWorkflow {
  id: string;
  /** Mailbox ids. */
  senders: string[];
  receivers: string[];
}

/** Whoever is not answered may send every kind of message to whoever is, and gets its acknowledgements. */
export function registeredWorkflows(
  { useCases, envelope }: Knowledge,
  mailboxes: readonly { mailbox: string; answered: boolean }[],
): RegisteredWorkflow[] {
  const ids = (answered: boolean) => mailboxes.filter((one) => one.answered === answered).map(({ mailbox }) => mailbox);
  const [senders, receivers] = [ids(false), ids(true)];
  const workflows = [...useCases, ...envelope.events].flatMap(({ workflow }) => (workflow ? [workflow] : []));
  return workflows.flatMap(({ request, acknowledgement }) => [
    { id: request, senders, receivers },
    { id: acknowledgement, senders: receivers, receivers: senders },
  ]);
}
