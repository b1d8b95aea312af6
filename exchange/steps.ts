// The steps of a message on its way, with what each of them says. ITK3 Message Distribution 2.10.0, acknowledgement
// patterns 1 to 4: a negative infrastructure answer ends the exchange; a business answer tells that the receiver has it.
import type { Knowledge } from '../core/knowledge';
import { meaningOf } from '../mesh/reports';
import { type Answer, answersByLayer, type Facts } from './facts';
import { titleOfCode } from './headline';
import type { Step, Times } from './timeline';

const INFRASTRUCTURE = 'infrastructure acknowledgement';
const BUSINESS = 'business acknowledgement';

export function stepsOf(facts: Facts, now: Date, times: Times, knowledge: Knowledge): Step[] {
  const { arrival } = facts;
  if (arrival !== 'yes') return departure(facts);
  const since = facts.arrivedAt ?? facts.at;
  const [infrastructure, business] = answersByLayer(facts);
  const answered = infrastructure ?? business;
  const pending = pendingOf(facts, now);
  const asks = facts.attempt.asks;
  const steps: Step[] = [
    { name: 'sent', state: 'done', at: facts.at, says: 'Sent' },
    {
      name: 'accepted',
      state: 'done',
      at: facts.arrivedAt,
      says: facts.meshId === undefined ? 'With MESH: it was answered' : 'Accepted by MESH',
    },
  ];
  const { undelivered } = facts;
  if (undelivered && !answered) {
    const says = `Not delivered${undelivered.code === '' ? '' : ` (${undelivered.code})`}. ${meaningOf(undelivered.code).replace(/^The message was not delivered\. /, '')}`;
    return [...steps, { name: 'undelivered', state: 'failed', at: undelivered.at, says, answer: undelivered.meshId }];
  }
  const collectedAt = facts.collectedAt ?? answered?.at;
  steps.push(
    collectedAt
      ? { name: 'collected', state: 'done', at: collectedAt, says: 'Collected by the recipient' }
      : pending('collected', since, times.collected, 'collection by the recipient', 'Not collected yet'),
  );
  const answer = (name: 'infrastructure' | 'business', given: Answer): Step => told(name, given, knowledge);
  if (infrastructure) steps.push(answer('infrastructure', infrastructure));
  else if (!asks.infrastructure)
    steps.push({ name: 'infrastructure', state: 'not asked', says: `No ${INFRASTRUCTURE} was asked for` });
  else if (business)
    steps.push({
      name: 'infrastructure',
      state: 'done',
      says: `No ${INFRASTRUCTURE} has come; the business one proves that the receiver has the message`,
    });
  else
    steps.push(pending('infrastructure', since, times.infrastructure, `an ${INFRASTRUCTURE}`, `No ${INFRASTRUCTURE}`));
  const from = infrastructure && infrastructure.at > since ? infrastructure.at : since;
  if (business) steps.push(answer('business', business));
  else if (infrastructure?.accepted === false)
    steps.push({ name: 'business', state: 'not asked', says: `No ${BUSINESS} follows a rejection` });
  else if (!asks.business) steps.push({ name: 'business', state: 'not asked', says: `No ${BUSINESS} was asked for` });
  else steps.push(pending('business', from, times.business, `a ${BUSINESS}`, `No ${BUSINESS}`));
  return steps;
}

function departure({ arrival, at, why = '', parts, meshId }: Facts): Step[] {
  if (arrival === 'departing') return [{ name: 'sent', state: 'waiting', says: 'On its way to MESH' }];
  if (arrival === 'no') return [{ name: 'sent', state: 'failed', at, says: `Not sent. ${why}`.trim() }];
  const has = parts ? ` MESH has ${parts.taken} of ${parts.of} parts for certain.` : '';
  const says = arrival === 'part' ? 'Sent in part only.' : 'Not known whether MESH has it.';
  return [
    { name: 'sent', state: 'done', at, says: 'Sending began' },
    {
      name: 'accepted',
      state: 'unclear',
      says: `${says}${has} ${why}${meshId === undefined ? '' : ` MESH calls it ${meshId}.`}`.replace(/ +/g, ' ').trim(),
    },
  ];
}

type Pending = (name: Step['name'], since: Date, wait: number, what: string, missing: string) => Step;

function pendingOf({ ended }: Facts, now: Date): Pending {
  return (name, since, wait, what, missing) => {
    if (ended) return { name, state: 'not asked', says: `${missing}: the sandbox has stopped` };
    const due = new Date(since.getTime() + wait);
    return due > now
      ? { name, state: 'waiting', due, says: `Waiting for ${what}` }
      : { name, state: 'overdue', due, says: `Overdue: ${missing.charAt(0).toLowerCase()}${missing.slice(1)}` };
  };
}

function told(name: 'infrastructure' | 'business', given: Answer, knowledge: Knowledge): Step {
  const { accepted, at, meshId, by } = given;
  const state = accepted === undefined ? 'unclear' : accepted ? 'done' : 'failed';
  const how = HOW[by];
  const layer = name === 'infrastructure' ? 'Infrastructure' : 'Business';
  const says = `${layer}: ${titleOfCode(given.code, knowledge)}${how}`;
  return { name, state, at, says, answer: meshId };
}

const HOW: Readonly<Record<Answer['by'], string>> = {
  identifier: '',
  reference: '. It names this message by the sender’s reference only',
  elimination: '. It names no message; no other one waited for a response from there',
};
