// Plays the GP practice's system: judges what arrives with the toolkit's own core and answers as ITK3 2.10.0 asks.
import { randomUUID } from 'node:crypto';
import { formatOf, readDocument, readValue } from '../../core/document/read-document';
import type { Format, SourceDocument } from '../../core/document/source-document';
import { writeJson } from '../../core/document/write-json';
import { writeXml } from '../../core/document/write-xml';
import { readHandling } from '../../core/itk3/handling';
import { headerOf, type Message, readMessage } from '../../core/itk3/message';
import { layerOf } from '../../core/itk3/outcome';
import { identitiesOf, refusalOf } from '../../core/itk3/refusal';
import { type Answer, writeReply } from '../../core/itk3/reply';
import type { ResponseCode } from '../../core/itk3/response-codes';
import { isObject, list } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import { checkDocument } from '../../core/validate/check-document';
import { textOf } from '../content-text';
import type { GpSystem, ReceivedMessage, Reply } from './receiver-contract';
import type { Scenario, ScenarioAnswer } from './scenario';

export interface PracticeOptions {
  /** ODS code under which the practice answers. */
  odsCode: string;
  now?: () => Date;
  randomUUID?: () => string;
}

/** What a message writes before the name of a scenario in its SenderReference. */
const PREFIX = 'sandbox:';

/** A practice that remembers what it has accepted, so that it knows a duplicate when it sees one. */
export function createPractice(knowledge: Knowledge, options: PracticeOptions): GpSystem {
  const { odsCode } = options;
  const accepted = new Set<string>();
  const recipient = { odsCode, isKnown: (key: string) => accepted.has(key) };
  const fresh = () => ({ now: options.now?.() ?? new Date(), randomUUID: options.randomUUID ?? randomUUID });

  const repliesTo = (received: ReceivedMessage, message: Message | undefined, step: Step): Reply[] => {
    const { code, diagnostics, issueCode, times = 1, afterSeconds = 0, body } = step;
    const answers = body === 'stray' ? fresh().randomUUID() : undefined;
    const answer = { code, diagnostics, issueCode, answers };
    const value = writeReply(message, answer, { odsCode, mailbox: received.to }, knowledge, fresh());
    const format = formOf(received);
    const reply: Reply = {
      to: received.from,
      workflowId: workflowOf(received, knowledge),
      ...labelsOf(received, code),
      contentType: `application/fhir+${format}`,
      body: spoilt(value, body, (all) => written(all, format, knowledge)),
      ...(afterSeconds > 0 && { after: afterSeconds * 1000 }),
    };
    return Array.from({ length: times }, () => reply);
  };

  return {
    scenarios: knowledge.responseCodes.map((known) => scenarioOf(known, knowledge)),

    scenarioOf(body) {
      if (!body.includes(PREFIX)) return undefined;
      const message = readMessage(readValue(contentOf(body), knowledge.registry));
      const reference = message && readHandling(message, knowledge.envelope)?.senderReference?.trim();
      return reference?.startsWith(PREFIX) ? reference.slice(PREFIX.length).trim() : undefined;
    },

    receive(received, scenario, tell = () => undefined) {
      const document = readDocument(contentOf(received.body), knowledge.registry);
      const { message, findings } = checkDocument(document, knowledge);
      const isBroken = !received.isCut && document.problems.some(({ isWhole }) => !isWhole);
      const isReadable = !isBroken && message !== undefined && headerOf(message) !== undefined;
      // Whatever it is made of: two systems that answered each other's answers would never end.
      if ((message && isResponse(message, knowledge)) || (!isReadable && isAcknowledgement(received, knowledge))) {
        tell('not answered: it is an acknowledgement itself');
        return [];
      }
      if (scenario?.answers?.length === 0) {
        tell(`not answered: scenario ${scenario.name}`);
        return [];
      }
      if (!isReadable) {
        tell(`answered with ${UNREADABLE}`);
        return repliesTo(received, undefined, unreadable(document));
      }
      const played = scenario?.answers?.map((step) => ({
        diagnostics: `This sandbox was told to give this answer: it plays the scenario "${scenario.name}".`,
        ...step,
      }));
      const judged = () => (received.isCut ? TOO_LARGE : refusalOf(message, findings, recipient, knowledge));
      const refusal = played ? undefined : judged();
      const steps: readonly Step[] = played ?? (refusal ? [refusal] : ACCEPTED);
      if (steps.some(({ code }) => isPositive(code, knowledge))) {
        for (const { key } of identitiesOf(message)) accepted.add(key);
      }
      const { infrastructureAck, businessAck } = readHandling(message, knowledge.envelope) ?? {};
      // Where one of the flags cannot be read an error is always answered; otherwise what says no is obeyed.
      const isUnclear = infrastructureAck === undefined || businessAck === undefined;
      const isWanted = ({ code }: Step) =>
        layerOf(code) === 'business' ? businessAck !== false : isUnclear || infrastructureAck;
      const why = scenario?.answers ? ` (scenario ${scenario.name})` : '';
      const sent = steps.filter(isWanted);
      if (sent.length > 0) tell(`answered with ${sent.map(({ code }) => code).join(', ')}${why}`);
      for (const step of steps.filter((one) => !isWanted(one))) {
        tell(`not answered with ${step.code}${why}: the message asks for no ${layerOf(step.code)} acknowledgement`);
      }
      return sent.flatMap((step) => repliesTo(received, message, step));
    },
  };
}

type Step = ScenarioAnswer & Pick<Answer, 'issueCode'>;

const ACCEPTED: Step[] = [
  { code: '20013', diagnostics: 'Accepted for processing.' },
  { code: '30001', diagnostics: 'Filed. In this sandbox every patient is known.' },
];

/** Its header can be read all the same: it comes first. */
const TOO_LARGE: Step = {
  code: '20015',
  diagnostics: 'The message is larger than this receiver reads. ITK3 recommends 5 MB at most.',
};

const UNREADABLE = '10009';

/** The line alone: a sentence about the text may quote it, and with it the patient. */
function unreadable({ text, problems, format }: SourceDocument): Step {
  const broken = text.trim() === '' ? undefined : problems.find(({ isWhole }) => !isWhole);
  const line = text.slice(0, broken?.span.offset).split('\n').length;
  const where = broken ? ` Its ${format.toUpperCase()} is broken in line ${line}.` : '';
  return {
    code: UNREADABLE,
    diagnostics: `The message cannot be read as FHIR XML or JSON that begins with a MessageHeader.${where}`,
  };
}

/** In which form it is asked, and so answered; of what tells nothing of a form, the one that travels. */
function formOf({ body, contentType }: ReceivedMessage): Format {
  const text = contentOf(body);
  return /^\s*[[{]/.test(text) ? 'json' : formatOf(text) === 'xml' || !/json/i.test(contentType) ? 'xml' : 'json';
}

/** Of what is no text, the bytes as they are: nobody can read them, which is then told. */
function contentOf(body: Buffer): string {
  return textOf(body) ?? body.toString('latin1');
}

function written(value: Record<string, unknown>, format: Format, { registry }: Knowledge): Buffer {
  return Buffer.from(format === 'json' ? writeJson(value) : writeXml(value, registry).text);
}

/** A business answer comes after the message was accepted; any other stands alone. */
function scenarioOf({ code, layer, outcome }: ResponseCode, { registry, envelope }: Knowledge): Scenario {
  const concept = registry.codeSystem(envelope.responseCodes)?.concepts.find((known) => known.code === code);
  const answers = layer === 'business' ? [{ code: '20013' }, { code }] : [{ code }];
  const how = layer === 'business' ? '20013, then' : outcome === 'positive' ? 'only' : 'refused with';
  return { name: code, says: `The practice answers: ${how} ${code} ${concept?.display ?? ''}`.trim(), answers };
}

function isPositive(code: string, { responseCodes }: Knowledge): boolean {
  return responseCodes.some((known) => known.code === code && known.outcome === 'positive');
}

/** By its event, or because it says that it answers something. */
function isResponse(message: Message, { envelope }: Knowledge): boolean {
  const { event, response } = headerOf(message)?.resource ?? {};
  return isObject(response) || (isObject(event) && event.code === envelope.responseEvent);
}

function isAcknowledgement({ workflowId }: ReceivedMessage, { useCases }: Knowledge): boolean {
  return workflowId.endsWith('_ACK') || useCases.some(({ workflow }) => workflow.acknowledgement === workflowId);
}

function workflowOf(received: ReceivedMessage, knowledge: Knowledge): string {
  const useCase = knowledge.useCases.find(({ workflow }) => workflow.request === received.workflowId);
  if (useCase) return useCase.workflow.acknowledgement;
  return isAcknowledgement(received, knowledge) ? received.workflowId : `${received.workflowId}_ACK`;
}

/** ITK3 says nothing of them; NHS England's test workbench writes the local id so. The subject tells of no patient. */
function labelsOf({ localId }: ReceivedMessage, code: string): Pick<Reply, 'subject' | 'localId'> {
  const isBusiness = layerOf(code) === 'business';
  const own = localId === undefined ? undefined : `${isBusiness ? 'busAck' : 'infAck'}-${localId}`;
  const subject = `${isBusiness ? 'Business' : 'Infrastructure'} acknowledgement ${code}`;
  return { subject, ...(own !== undefined && own.length <= LONGEST_LOCAL_ID && { localId: own }) };
}

const LONGEST_LOCAL_ID = 300;

function spoilt(
  value: Record<string, unknown>,
  how: ScenarioAnswer['body'],
  write: (value: Record<string, unknown>) => Buffer,
): Buffer {
  if (how === 'no-response') {
    for (const entry of list(value.entry))
      if (isObject(entry) && isObject(entry.resource)) delete entry.resource.response;
  }
  const body = write(value);
  return how === 'no-json' ? body.subarray(0, body.length / 2) : body;
}
