// How an exchange stands, in a few words, and what its sender must do.
import type { Knowledge } from '../core/knowledge';
import { answersByLayer, type Facts } from './facts';
import type { ExchangeState, Step } from './timeline';

/** `30001 Patient known here`: without the explanation in brackets that some published displays end in. */
export function titleOfCode(code: string | undefined, { registry, envelope }: Knowledge): string {
  if (code === undefined) return 'a response without a code';
  const display = registry.codeSystem(envelope.responseCodes)?.concepts.find((one) => one.code === code)?.display;
  return [code, display?.replace(/\.?\s*\([^()]*\)$|\.$/, '')].filter(Boolean).join(' ');
}

export function headlineOf(state: ExchangeState, facts: Facts, steps: readonly Step[], knowledge: Knowledge): string {
  const { arrival, undelivered } = facts;
  const codes = (accepted: boolean | undefined): string =>
    answersByLayer(facts)
      .filter((answer) => answer !== undefined)
      .filter((answer) => answer.accepted === accepted)
      .map(({ code }) => titleOfCode(code, knowledge))
      .at(-1) ?? '';
  const missing = steps.filter((step) => step.state === 'overdue').map(({ name }) => WHAT[name]);
  switch (state) {
    case 'departing':
      return 'On its way to MESH';
    case 'refused':
      return 'Not sent';
    case 'unclear':
      return arrival === 'part'
        ? 'Sent in part only'
        : arrival === 'yes'
          ? `Unclear: ${codes(undefined)}`
          : 'Not known whether it was sent';
    case 'undelivered':
      return ['Not delivered', undelivered?.code].filter(Boolean).join(': ');
    case 'rejected':
      return `Rejected: ${codes(false)}`;
    case 'overdue':
      return `Overdue: no ${missing.at(-1)}`;
    case 'waiting': {
      const open = steps.filter((step) => step.state === 'waiting').map(({ name }) => WHAT[name]);
      const first = codes(true);
      return `${first === '' ? 'Waiting' : `${first}, waiting`} for the ${open.at(-1)}`;
    }
    case 'ended':
      return `${codes(true) || 'Not answered'}: the sandbox has stopped`;
    case 'accepted': {
      const said = codes(true);
      return said === '' ? 'Collected; no acknowledgement was asked for' : `Accepted: ${said}`;
    }
  }
}

const WHAT: Readonly<Record<Step['name'], string>> = {
  sent: 'send',
  accepted: 'answer of MESH',
  collected: 'collection by the recipient',
  infrastructure: 'infrastructure acknowledgement',
  business: 'business acknowledgement',
  undelivered: 'delivery',
};

/** ITK3 asks of who sends: tell a person when an acknowledgement is missing or the document was not handled. */
export function nextOf(state: ExchangeState, facts: Facts, steps: readonly Step[]): string | undefined {
  switch (state) {
    case 'departing':
    case 'waiting':
    case 'accepted':
    case 'ended':
      return undefined;
    case 'refused':
      return 'Send it again when you want: nothing of it is with MESH.';
    case 'unclear':
      if (facts.arrival === 'yes') return 'Read the response: it does not say whether the message was accepted.';
      return facts.arrival === 'part'
        ? 'Send it again if you want it to arrive: a part is delivered to nobody.'
        : 'Ask MESH whether it arrived before you send it again. An acknowledgement of it proves that it did.';
    case 'undelivered':
      return 'Mend the address, or ask the recipient, then send it again: nobody has it.';
    case 'rejected':
      return 'Read why, then correct it and send it again with fresh identifiers, or have a person follow it up: no further acknowledgement follows.';
    case 'overdue':
      return steps.some(({ name, state: is }) => is === 'overdue' && name !== 'collected')
        ? 'Tell a person who can follow it up: nobody has said that the document was taken in (ITK3 and GP Connect ask that of the sender).'
        : 'Ask the recipient, who has not collected it: MESH gives it up after five days.';
  }
}
