// What stands on the outside of a message over MESH, made from the message itself. It holds patient data where a guide
// asks for it: whoever shows it, masks it.
import type { Knowledge } from '../knowledge';
import { object, text } from '../json';
import { isOdsCode } from '../nhs/ods-code';
import { isUuid } from '../uuid';
import { identifiersOf } from './identifiers';
import { subjectOf } from './mesh-subject';
import { entriesOf, focusOf, headerOf, type Located, type Message, referenceIn, resolve } from './message';
import { type Announced, isResponse, readAnnounced } from './message-kind';
import { practiceAddressOf } from './practice-address';
import type { EventUse } from './use-case';

export interface Addressed {
  /** Of a request the address of the patient's practice, of an acknowledgement the mailbox of who is answered. */
  to?: string;
  /** Why the message gives none, and what can be done, as sentences. */
  whyNot?: string;
  /** Undefined where nothing published names one. */
  workflowId?: string;
  subject?: string;
  /** The ODS code of who sends, where a guide asks for that; else of this send alone, so that MESH can be asked for it. */
  localId: string;
  /** Like that of no other send; it tells nothing of the message. Without an ending, which tells the form that travels. */
  fileName: string;
  notes: Note[];
}

/** What a person should know of it before it goes. Without patient data. */
export interface Note {
  on: 'to' | 'workflowId' | 'subject' | 'localId';
  says: string;
  source?: string;
}

/** The message that an acknowledgement answers, as far as it is known. */
export interface Answered {
  message?: Message;
  /** The mailbox it came from and the workflow it came under. */
  from?: string;
  workflowId?: string;
}

export interface AddressingOptions {
  randomUUID: () => string;
  /** Of an acknowledgement. */
  answered?: Answered;
}

export function addressOf(message: Message, knowledge: Knowledge, options: AddressingOptions): Addressed {
  const announced = readAnnounced(message, knowledge);
  const own = options.randomUUID();
  if (announced && isResponse(announced, knowledge))
    return { ...addressReply(options.answered, knowledge), localId: own, fileName: own, notes: [] };
  const { localId = own, ...request } = addressRequest(message, announced, knowledge);
  return { ...request, localId, fileName: own };
}

type Request = Omit<Addressed, 'fileName' | 'localId'> & Partial<Pick<Addressed, 'localId'>>;

function addressRequest(message: Message, announced: Announced | undefined, knowledge: Knowledge): Request {
  const { workflow, addressing } = announced?.kind ?? {};
  const { practiceAddress, odsSystem } = knowledge.envelope;
  const senderOds = senderOdsOf(message, odsSystem);
  const composition = compositionOf(message);
  const patient = subjectOfDocument(message, composition);
  const notes: Note[] = [];
  const note = (on: Note['on'], says: string | undefined, source?: string): void => {
    if (says !== undefined) notes.push({ on, says, ...(source !== undefined && { source }) });
  };
  note('workflowId', workflow?.note, workflow?.source);
  const { says, ...address } = routed(announced?.kind, patient, knowledge);
  note('to', says);
  const asked = addressing?.routing;
  if (address.to !== undefined && asked && workflow && !practiceAddress.workflows.includes(workflow.request))
    note(
      'to',
      `MESH's own list of workflows that go by the patient does not name ${workflow.request}, although the guide asks for it. If MESH refuses it, a report says so later; a mailbox id can be given instead.`,
      `${practiceAddress.source}; ${asked.source}`,
    );
  const rules = addressing?.subject;
  const subject = rules && subjectOf({ message, composition, patient, senderOds, odsSystem }, rules);
  if (rules && subject) {
    note('subject', rules.note, rules.source);
    for (const says of subject.says) note('subject', says);
  }
  const asks = addressing?.localId;
  if (senderOds !== undefined) note('localId', asks?.note, asks?.source);
  else if (asks)
    note('localId', 'The guide wants the sender’s ODS code here, and the message gives none.', asks.source);
  return {
    ...address,
    ...(workflow && { workflowId: workflow.request }),
    ...(subject && subject.text !== '' && { subject: subject.text }),
    ...(asks && senderOds !== undefined && { localId: senderOds }),
    notes,
  };
}

interface Routed extends Pick<Addressed, 'to' | 'whyNot'> {
  /** What is odd about the address. */
  says?: string;
}

const INSTEAD = 'A mailbox id can be given instead.';

function routed(kind: EventUse | undefined, patient: Located | undefined, { envelope }: Knowledge): Routed {
  const { practiceAddress } = envelope;
  if (!kind?.addressing?.routing && !practiceAddress.workflows.includes(kind?.workflow?.request ?? ''))
    return { whyNot: `Nothing published says that such a message may be addressed by its patient. ${INSTEAD}` };
  if (!patient)
    return { whyNot: `The subject of the message's document leads to no Patient, so there is no address. ${INSTEAD}` };
  const address = practiceAddressOf(patient.resource, practiceAddress);
  return 'to' in address ? address : { whyNot: `The Patient ${address.lacks}. ${INSTEAD}` };
}

/** An acknowledgement goes back to where the message came from, whoever that says it is. */
function addressReply(answered: Answered = {}, knowledge: Knowledge): Pick<Addressed, 'to' | 'whyNot' | 'workflowId'> {
  const { message, from } = answered;
  const endpoint = message && text(object(headerOf(message)?.resource.source).endpoint);
  const to = [from, endpoint].find((mailbox) => mailbox !== undefined && isMailboxId(mailbox));
  const kind = message && readAnnounced(message, knowledge)?.kind;
  const workflowId = answered.workflowId ?? kind?.workflow?.request;
  return {
    ...(to === undefined
      ? { whyNot: 'The mailbox that the answered message came from is not known here: give its id.' }
      : { to: to.toUpperCase() }),
    ...(workflowId !== undefined && { workflowId: acknowledgementOf(workflowId, knowledge) }),
  };
}

/** The workflow that answers one; an acknowledgement is itself answered under its own. */
export function acknowledgementOf(workflowId: string, { useCases, envelope }: Knowledge): string {
  const workflows = [...useCases, ...envelope.events].flatMap(({ workflow }) => workflow ?? []);
  const known = workflows.find(({ request }) => request === workflowId)?.acknowledgement;
  return known ?? (workflowId.endsWith('_ACK') ? workflowId : `${workflowId}_ACK`);
}

/** The ODS code of the organisation that sends, where the header leads to one. */
function senderOdsOf(message: Message, odsSystem: string): string | undefined {
  const header = headerOf(message);
  const reference = referenceIn(header?.resource.sender);
  const sender = header && reference !== undefined ? resolve(message, header, reference) : undefined;
  const codes = sender ? identifiersOf(sender, [odsSystem]) : [];
  return codes.map(({ identifier }) => text(identifier.value) ?? '').find(isOdsCode);
}

function compositionOf(message: Message): Located | undefined {
  const document = focusOf(message);
  const [first] = document ? entriesOf(message, document) : [];
  return first?.type === 'Composition' ? first : undefined;
}

function subjectOfDocument(message: Message, composition: Located | undefined): Located | undefined {
  const reference = referenceIn(composition?.resource.subject);
  const found = composition && reference !== undefined ? resolve(message, composition, reference) : undefined;
  return found?.type === 'Patient' ? found : undefined;
}

function isMailboxId(mailbox: string): boolean {
  return /^[A-Z0-9_-]{1,100}$/i.test(mailbox) && !/^GPPROVIDER/i.test(mailbox) && !isUuid(mailbox);
}
