// The library's functions over what was loaded: each does what the terminal's command of that name does, without the terminal.
import { randomUUID } from 'node:crypto';
import { converted } from '../core/document/convert';
import { formatted } from '../core/document/format';
import { readJson } from '../core/document/json-document';
import { fhirPath } from '../core/document/pointer';
import { readDocument } from '../core/document/read-document';
import { writeXml } from '../core/document/write-xml';
import { kindsOfMessage } from '../core/draft/choices';
import { chooseCast } from '../core/draft/choose-cast';
import { draftMessage } from '../core/draft/message';
import { seeded } from '../core/draft/seeded';
import { readWishes } from '../core/draft/wishes';
import { except } from '../core/exceptions/apply';
import { fixAll, type Judged } from '../core/fixes/fix-all';
import { readResponse } from '../core/itk3/response';
import type { Knowledge } from '../core/knowledge';
import { checkDocument, type PlacedFinding } from '../core/validate/check-document';
import { either } from '../core/validate/wording';
import type { Loaded } from '../profiles/load';
import type * as Api from './api';
import { ToolkitError } from './error';
import { findingsIn, placeIn } from './places';

export function toolkitOf({ knowledge, problems }: Loaded): Api.Toolkit {
  const { registry } = knowledge;
  return {
    problems,
    kinds: kindsOfMessage(knowledge).map(({ kind, label, versions }) => ({ name: kind, title: label, versions })),
    responseCodes: responseCodesOf(knowledge),
    read(text) {
      const { format, value } = readDocument(text, registry);
      return { format, value };
    },
    validate(text, options = {}) {
      const { document, excepted } = judged(text, knowledge, options);
      const told = findingsIn(document.text, document.value);
      const sidecar = readJson(options.exceptions ?? '');
      return {
        findings: excepted.findings.map(told),
        excepted: excepted.excepted.map((finding) => ({ ...told(finding), reason: finding.reason })),
        inExceptions: excepted.beside.map(findingsIn(sidecar.text, sidecar.value)),
      };
    },
    fix(text, options = {}) {
      const { now = new Date() } = options;
      const judge = (changed: string): Judged => {
        const { checked, excepted } = judged(changed, knowledge, { ...options, now });
        return { ...checked, findings: excepted.findings };
      };
      const fixed = fixAll(text, judge, { knowledge, fresh: { now, randomUUID, random: Math.random } });
      return { text: fixed.text, count: fixed.count };
    },
    format: (text) => formatted(text),
    convert(text, to) {
      const made = converted(text, to, registry);
      if ('problem' in made) throw new ToolkitError(made.problem, placeIn(text)(made.span));
      const { value } = readDocument(text, registry);
      const left = made.left.map(({ pointer, message }) => ({ pointer, path: fhirPath(value, pointer), message }));
      return { text: made.text, left, comments: made.asides };
    },
    newMessage: (kind, options = {}) => newMessage(kind, options, knowledge),
    readAcknowledgement(text) {
      const response = readResponse(readDocument(text, registry).value, knowledge);
      if (!response) return undefined;
      const { answers, senderReference, responder, timestamp, code, display, meaning, layer } = response;
      const { accepted, contradiction, diagnostics } = response;
      const said = { answers, senderReference, responder, timestamp, code, display, meaning, layer };
      return { ...said, accepted, contradiction, diagnostics };
    },
  };
}

function judged(text: string, knowledge: Knowledge, { exceptions, now = new Date(), severities }: Api.ValidateOptions) {
  const document = readDocument(text, knowledge.registry);
  const checked = checkDocument(document, knowledge, { now: now.getTime() });
  const excepted =
    exceptions === undefined
      ? { findings: checked.findings, excepted: [], beside: [] }
      : except(checked, document.value, readJson(exceptions));
  return { document, checked, excepted: { ...excepted, findings: excepted.findings.flatMap(weighed(severities)) } };
}

/** Exceptions come first: they know a finding by its rule, whatever it weighs. */
function weighed(severities: Api.ValidateOptions['severities'] = {}): (finding: PlacedFinding) => PlacedFinding[] {
  return (finding) => {
    const severity = Object.hasOwn(severities, finding.rule) ? severities[finding.rule]! : finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  };
}

function responseCodesOf({ envelope, registry, responseCodes }: Knowledge): Api.ResponseCode[] {
  const concepts = registry.codeSystem(envelope.responseCodes)?.concepts ?? [];
  return responseCodes.map(({ code, layer, outcome, responseCode }) => {
    const concept = concepts.find((one) => one.code === code);
    return { code, display: concept?.display, meaning: concept?.definition, layer, outcome, responseCode };
  });
}

function newMessage(name: string, options: Api.NewMessageOptions, knowledge: Knowledge): string {
  const { medicines, mailbox, format, seed, now = new Date(), ...wishes } = options;
  const kinds = kindsOfMessage(knowledge);
  const kind = kinds.find((one) => one.kind === name);
  if (!kind)
    throw new ToolkitError(`There is no kind of message "${name}": it may be ${either(kinds.map((one) => one.kind))}.`);
  const granted = readWishes({ ...wishes, ...(medicines && { medicine: medicines }) }, kind, knowledge, {
    now,
    called: (wish) => (wish === 'medicine' ? 'medicines' : wish),
  });
  if (typeof granted === 'string') throw new ToolkitError(granted);
  const { random, randomUUID: uuid } = seed === undefined ? { random: Math.random, randomUUID } : seeded(seed);
  const cast = chooseCast(knowledge.invented, random, granted.wanted);
  const fresh = { now, random, randomUUID: uuid, ...(mailbox !== undefined && { mailbox }) };
  const { version } = granted;
  const message = draftMessage(name, { knowledge, fresh, cast, ...(version !== undefined && { version }) });
  return format === 'xml' ? writeXml(message, knowledge.registry).text : `${JSON.stringify(message, null, 2)}\n`;
}
