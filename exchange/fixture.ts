// A message as a file to test with. Pure.
import { formatOf, readDocument } from '../core/document/read-document';
import { editsOf } from '../core/document/edits';
import { applyTextEdits } from '../core/document/text-edits';
import type { SourceDocument } from '../core/document/source-document';
import { laidOut } from '../core/document/format';
import { fhirPath, type Pointer } from '../core/document/pointer';
import { readAnnounced } from '../core/itk3/message-kind';
import { readMessage } from '../core/itk3/message';
import { readResponse } from '../core/itk3/response';
import type { Knowledge } from '../core/knowledge';
import { leftoversOf } from '../core/refactor/leftovers';
import { synthesise, whyNotSynthesised } from '../core/refactor/synthesise';
import { isAllRead } from './all-read';
import { strangersIn } from './real-patients';
import { withoutComments } from './without-comments';

/** Somebody has to read there whether it tells of a person. */
export interface NeedsLook {
  pointer: Pointer;
  /** In FHIR's own notation. */
  path: string;
  why: 'said' | 'attached';
}

export interface Fixture {
  text: string;
  needsLook: NeedsLook[];
}

/** The message with invented people in the place of its own; a sentence where that cannot be done. */
export function inventedFixture(text: string, knowledge: Knowledge, random: () => number): Fixture | string {
  const { invented } = knowledge;
  const { registry } = knowledge;
  const source = readDocument(text, registry);
  const before = readMessage(source.value);
  // What is not in its value cannot be replaced: whoever is named there would stay.
  if (!isAllRead(source)) return tellUnread(source);
  if (!before) return 'It is no FHIR message, so nobody in it can be replaced.';
  const reason = whyNotSynthesised(before);
  if (reason !== undefined) return reason;
  const pretty = laidOut(withoutComments(text));
  const changed = applyTextEdits(
    pretty,
    editsOf(
      pretty,
      (value) => {
        const message = readMessage(value);
        return message ? synthesise(message, invented, random) : value;
      },
      registry,
    ),
  );
  const after = readDocument(changed, registry);
  const { value } = after;
  // What cannot be written where it stands must not pass for invented.
  const [still] = strangersIn(changed, after, invented);
  if (still !== undefined) return `Somebody in it could not be replaced. ${still}`;
  const needsLook = leftoversOf(before, value, invented).map(({ pointer, why }) => ({
    pointer,
    path: fhirPath(value, pointer),
    why,
  }));
  return { text: changed, needsLook };
}

function tellUnread({ problems, format, text }: SourceDocument): string {
  if (format === 'json' || problems.some(({ isWhole }) => !isWhole))
    return `Its ${format.toUpperCase()} is broken, so nobody in it can be replaced.`;
  const odd = problems.find((one) => !isAllRead({ problems: [one] }));
  const line = text.slice(0, odd?.span.offset).split('\n').length;
  return `Line ${line} holds what is no FHIR and could name somebody, who would stay. ${odd?.message ?? ''}`.trim();
}

/** What the file may be called: nothing in it comes from the message but what the standards publish. */
export function fixtureName(text: string, knowledge: Knowledge): string {
  const ending = formatOf(text);
  const { value } = readDocument(text, knowledge.registry);
  const message = readMessage(value);
  if (!message) return /^\s*[<[{]/.test(text) ? `message.${ending}` : 'message.txt';
  const answer = readResponse(value, knowledge);
  if (answer) {
    const known = knowledge.responseCodes.some(({ code }) => code === answer.code);
    return `acknowledgement${known && answer.code !== undefined ? `-${answer.code}` : ''}.${ending}`;
  }
  const event = readAnnounced(message, knowledge)?.kind?.event;
  const useCase = knowledge.useCases.find((one) => one.event.code === event);
  return `${useCase?.messageKind ?? event?.toLowerCase() ?? 'message'}.${ending}`;
}
