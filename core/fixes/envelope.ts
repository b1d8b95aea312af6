// Fixes of what the rules find in the envelope: the header, whom it names as sender, what it announces.
import { join } from '../document/pointer';
import type { Change, Finding, Fix } from '../finding';
import { documentOf, inDocument } from '../itk3/document';
import { labelIn } from '../itk3/label';
import { entriesOf, headerOf, type Located, referenceIn, resolve } from '../itk3/message';
import { wholeOf } from '../itk3/references';
import { type Announced, isResponse, nameOf, readAnnounced } from '../itk3/message-kind';
import { isObject, list, text } from '../json';
import { resourceAround } from '../validate/locate';
import type { FixMaker, Fixing } from './fixing';
import { organisationsOf } from './organisations';
import { referralsTo, setFirst, uuidIn } from './wiring';

/** An id that agrees with the fullUrl, or a fresh one where that says none. */
export const missingId: FixMaker = ({ pointer, missing }, { message, fresh }) => {
  const at = resourceAround(pointer, message);
  if (!at || missing !== 'id' || at.resource.id !== undefined) return [];
  const known = uuidIn(at.fullUrl);
  const id = known ?? fresh.randomUUID();
  return [{ title: `Add the id ${id}`, sure: known !== undefined, ...setFirst(at, 'id', id) }];
};

/** The other way round: header and definition follow the document. */
const announceContent: FixMaker = (_, { message, knowledge }) => {
  const announced = readAnnounced(message, knowledge);
  const content = announced?.content;
  if (!announced || !content?.messageDefinition) return [];
  const { envelope, registry } = knowledge;
  const display = registry
    .codeSystem(envelope.eventSystem)
    ?.concepts.find(({ code }) => code === content.event)?.display;
  const event = { system: envelope.eventSystem, code: content.event, ...(display !== undefined && { display }) };
  const key = announced.keys.find(({ url }) => url === 'MessageDefinition');
  const changes: Change[] = [{ kind: 'set', pointer: join(announced.header.pointer, 'event'), value: event }];
  if (key?.name !== undefined)
    changes.push({
      kind: 'set',
      pointer: join(key.pointer, key.name, 'reference'),
      value: content.messageDefinition,
    });
  return [{ title: `Announce ${nameOf(content, knowledge)} in the header`, sure: false, kind: 'all', changes }];
};

const pointAtBundle: FixMaker = (_, { message }) => {
  const header = headerOf(message);
  const bundles = entriesOf(message, message.root).filter(({ type, fullUrl }) => type === 'Bundle' && fullUrl);
  // Of an only one the finding itself speaks.
  if (!header || bundles.length < 2) return [];
  return bundles.map((bundle) => ({
    title: `Point at ${labelIn(message, bundle)}`,
    sure: false,
    kind: 'set',
    pointer: join(header.pointer, 'focus'),
    value: [{ reference: bundle.fullUrl }],
  }));
};

/** The organisations of the document are those that may have sent it. */
const senderCode: FixMaker = ({ pointer }, { message, knowledge }) => {
  const header = headerOf(message);
  const reference = header && referenceIn(header.resource.sender);
  const sender = header && reference !== undefined ? resolve(message, header, reference) : undefined;
  if (!header || !sender || pointer.endsWith('/system')) return [];
  const { odsSystem, headerOrganisation } = knowledge.envelope;
  return organisationsOf(message).map(({ code, name }): Fix => {
    const identifier = { system: odsSystem, value: code };
    if (sender.type === 'Organization') {
      const there = list(sender.resource.identifier);
      const at = join(sender.pointer, 'identifier');
      const title = `Add the ODS code ${code}, as ${name} has it in the document`;
      return there.length > 0
        ? { title, sure: false, kind: 'insert', pointer: join(at, there.length), value: identifier }
        : { title, sure: false, kind: 'set', pointer: at, value: [identifier] };
    }
    const value = {
      resourceType: 'Organization',
      ...(sender.resource.id !== undefined && { id: sender.resource.id }),
      meta: { profile: [headerOrganisation] },
      identifier: [identifier],
    };
    const title = `Send as ${name}, ${code}, in place of the person`;
    return { title, sure: false, kind: 'set', pointer: sender.pointer, value };
  });
};

/** The urns of the contacts in the document, which the guide's example gives as reference. */
export function senderReferences({ message, knowledge }: Fixing): { value: string; located: Located }[] {
  const document = documentOf(message, knowledge);
  const encounters = document ? inDocument(message, document, 'Encounter') : [];
  return encounters.flatMap((located) => (located.fullUrl === undefined ? [] : [{ value: located.fullUrl, located }]));
}

const reference: FixMaker = (finding, fixing) => {
  const { message, knowledge } = fixing;
  const announced = readAnnounced(message, knowledge);
  if (!announced) return [];
  // None is allowed by ITK3 itself: whoever wrote it may mean it.
  const sure = finding.severity === 'error';
  const fixes = senderReferences(fixing).map(({ value, located }) =>
    changeTo(finding, value, `the ${labelIn(message, located)}`, sure),
  );
  return takesNone(announced, fixing) && sure ? [...fixes, changeTo(finding, 'None', 'no reference', false)] : fixes;
};

function takesNone(announced: Announced, { message, knowledge }: Fixing): boolean {
  if (isResponse(announced, knowledge) || !announced.kind?.header?.senderReference) return true;
  return documentOf(message, knowledge)?.sections.some(({ form }) => form?.until !== undefined) ?? false;
}

function changeTo({ pointer }: Finding, value: string, what: string, sure: boolean): Fix {
  return { title: `Change to ${value}, ${what}`, sure, kind: 'set', pointer, value };
}

/** The address of MESH itself ends in the mailbox. */
const endpoint: FixMaker = ({ pointer }, { message, fresh }) => {
  const source = headerOf(message)?.resource.source;
  const there = isObject(source) ? (text(source.endpoint) ?? '') : '';
  const mailbox =
    /^https?:\/\/[^?#]*\/messageexchange\/([A-Za-z0-9_-]{1,40})(?:\/|$)/.exec(there)?.[1] ?? fresh.mailbox;
  return mailbox === undefined
    ? []
    : [{ title: `Change to the mailbox ${mailbox}`, kind: 'set', pointer, value: mailbox }];
};

/** An acknowledgement is what has a response: the outcome goes with it, where nothing else leads to it. */
const strayResponse: FixMaker = ({ pointer }, { message }) => {
  const header = headerOf(message);
  const response = header?.resource.response;
  const details = isObject(response) ? referenceIn(response.details) : undefined;
  const outcome = header && details !== undefined ? resolve(message, header, details) : undefined;
  if (!header || response === undefined) return [];
  if (!outcome || !isAlone(outcome, message))
    return [{ title: 'Remove response', sure: false, kind: 'remove', pointer }];
  return [
    {
      title: `Remove response and the ${outcome.type} that it leads to`,
      sure: false,
      kind: 'all',
      changes: [
        { kind: 'remove', pointer },
        { kind: 'remove', pointer: wholeOf(outcome) },
      ],
    },
  ];
};

function isAlone(outcome: Located, message: Fixing['message']): boolean {
  return outcome.bundle !== undefined && outcome.container === undefined && referralsTo(outcome, message).length === 1;
}

export const ENVELOPE_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'header-id': [missingId],
  'composition-profile': [announceContent],
  'header-focus': [pointAtBundle],
  'header-sender': [senderCode],
  'sender-reference': [reference],
  'source-endpoint': [endpoint],
  'response-event': [strayResponse],
};
