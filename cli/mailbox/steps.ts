// The timeline of a sent message as lines for a terminal, and as data for scripts.
import { oneLine, type Received } from '../../exchange/received';
import { sentenceOfResponse } from '../../exchange/response-sentence';
import type { Exchange, Step } from '../../exchange/timeline';
import { shortly } from '../../exchange/when';
import type { Knowledge } from '../../core/knowledge';
import { mask } from '../../mesh/errors';
import { printable } from '../printable';
import type { Colour, Paint } from '../reporters/colours';

const MARKS: Readonly<Record<Step['state'], { mark: string; colours: Colour[] }>> = {
  done: { mark: '✓', colours: ['bold'] },
  failed: { mark: '✗', colours: ['bold', 'red'] },
  unclear: { mark: '?', colours: ['bold', 'yellow'] },
  overdue: { mark: '!', colours: ['bold', 'yellow'] },
  waiting: { mark: '…', colours: ['dim'] },
  'not asked': { mark: '–', colours: ['dim'] },
};

export interface Telling {
  knowledge: Knowledge;
  now: Date;
  paint: Paint;
  /** The answer of a step, where it is at hand. */
  find?: (meshId: string) => Received | undefined;
}

/** One step, and beneath it what an answer means. */
export function stepLines(step: Step, exchange: Exchange, { knowledge, now, paint, find }: Telling): string[] {
  const { mark, colours } = MARKS[step.state];
  const time = step.at ?? (step.state === 'waiting' || step.state === 'overdue' ? step.due : undefined);
  const when = time === undefined ? '' : shortly(time, now);
  // Of one that went today the time is enough.
  const width = shortly(exchange.at, now).length;
  const until = step.state === 'waiting' && when !== '' ? ` (until ${when})` : '';
  const shown = step.at ? when : '';
  const received = step.answer === undefined ? undefined : find?.(step.answer);
  const sentence = received && sentenceOfResponse(received, exchange, undefined, knowledge);
  const beneath = sentence ? [sentence.meaning, ...(step.state === 'done' ? [] : [sentence.next])] : [];
  return [
    `  ${paint(shown.padEnd(width), 'dim')}  ${paint(mark, ...colours)} ${safe(step.says)}${paint(until, 'dim')}`,
    ...beneath.filter((line) => line !== '').map((line) => `${' '.repeat(width + 6)}${paint(safe(line), 'dim')}`),
  ];
}

/** Text from outside stands on its line, and holds nothing of a patient. */
export function safe(text: string): string {
  return printable(mask(oneLine(text)));
}

/** What became of a send, for scripts. */
export function exchangeEntry(exchange: Exchange): Record<string, unknown> {
  const { attempt, at, meshId, state, headline, next, steps, answers } = exchange;
  return {
    id: attempt.id,
    file: attempt.document.name,
    kind: attempt.kind ?? null,
    meshId: meshId ?? null,
    messageId: attempt.messageId ?? null,
    from: attempt.from.mailbox,
    to: attempt.to,
    workflowId: attempt.workflowId,
    sentAt: at,
    bytes: attempt.bytes,
    sha256: attempt.digest,
    state,
    headline,
    next: next ?? null,
    steps: steps.map((step) => ({
      name: step.name,
      state: step.state,
      at: step.at ?? null,
      due: step.due ?? null,
      says: mask(step.says),
    })),
    answers: answers.map((one) => ({
      meshId: one.meshId,
      layer: one.layer ?? null,
      code: one.code ?? null,
      accepted: one.accepted ?? null,
      at: one.at,
    })),
  };
}
