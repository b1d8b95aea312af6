// What the lines of the journal about one message come to. Lines may be doubled, and those of several windows be mixed.
import type { Attempt, Entry, EntryOf } from './journal';

export interface Answer {
  meshId: string;
  by: EntryOf<'answered'>['by'];
  layer: 'infrastructure' | 'business' | undefined;
  code?: string;
  accepted: boolean | undefined;
  /** When it was given, as far as that can be true: after the message left, and before it was read. */
  at: Date;
}

export interface Facts {
  attempt: Attempt;
  at: Date;
  by?: number;
  passing: boolean;
  /** Whether MESH has the message. `part`: a part of it, which is delivered to nobody. */
  arrival: 'departing' | 'no' | 'unclear' | 'part' | 'yes';
  /** Why it is not there, or not known to be there. */
  why?: string;
  meshId?: string;
  /** When MESH took it, or when that became known. */
  arrivedAt?: Date;
  parts?: { taken: number; of: number };
  /** MESH's own last word on where it is. */
  tracked?: { at: Date; status: string; code?: string };
  collectedAt?: Date;
  /** Each once, in the order in which they became known. */
  answers: Answer[];
  undelivered?: { at: Date; code: string; /** Of the report, if one came. */ meshId?: string };
  ended?: Date;
}

/** Undefined when the first line is lost. */
export function factsOf(entries: readonly Entry[]): Facts | undefined {
  const begun = entries.find((entry) => entry.what === 'departing');
  if (!begun) return undefined;
  const { attempt, by, passing = false } = begun;
  const facts: Facts = { attempt, at: new Date(begun.at), by, passing, arrival: 'departing', answers: [] };
  for (const entry of entries) take(facts, entry);
  return facts;
}

function take(facts: Facts, entry: Entry): void {
  const at = new Date(entry.at);
  switch (entry.what) {
    case 'departing':
      return;
    case 'begun':
      facts.meshId ??= entry.meshId;
      if (entry.taken !== undefined && entry.of !== undefined) facts.parts = { taken: entry.taken, of: entry.of };
      return;
    case 'accepted': {
      arrive(facts, at, entry.meshId);
      return;
    }
    case 'refused': {
      doubt(facts, facts.parts ? 'part' : 'no', entry.why);
      return;
    }
    case 'lost': {
      doubt(facts, 'unclear', entry.why);
      return;
    }
    case 'asked':
      if (entry.arrived) {
        arrive(facts, at, entry.meshId);
        return;
      }
      {
        doubt(
          facts,
          entry.arrived === false ? 'no' : 'unclear',
          entry.arrived === false ? 'MESH was asked: it does not have it.' : (entry.why ?? facts.why),
        );
        return;
      }
    case 'tracked': {
      track(facts, entry, at);
      return;
    }
    case 'answered': {
      answer(facts, entry, at);
      return;
    }
    case 'undelivered':
      arrive(facts, at);
      facts.undelivered = { at: facts.undelivered?.at ?? at, code: entry.code, meshId: entry.meshId };
      return;
    case 'ended':
      facts.ended ??= at;
  }
}

function arrive(facts: Facts, at: Date, meshId?: string): void {
  if (facts.arrival !== 'yes') facts.arrivedAt = at;
  facts.arrival = 'yes';
  facts.why = undefined;
  facts.meshId = meshId ?? facts.meshId;
}

/** What has arrived is never in doubt again. */
function doubt(facts: Facts, arrival: Facts['arrival'], why: string | undefined): void {
  if (facts.arrival === 'yes') return;
  facts.arrival = arrival;
  facts.why = why;
}

function track(facts: Facts, { status, code }: EntryOf<'tracked'>, at: Date): void {
  facts.tracked = { at, status, ...(code !== undefined && { code }) };
  if (status === 'uploading') {
    doubt(facts, 'part', 'MESH does not have the whole of it.');
    return;
  }
  if (!['accepted', 'acknowledged', 'undeliverable', 'error'].includes(status)) return;
  arrive(facts, at);
  if (status === 'acknowledged') facts.collectedAt ??= at;
  if (status === 'undeliverable' || status === 'error') facts.undelivered ??= { at, code: code ?? '' };
}

function answer(facts: Facts, { meshId, by, layer, code, accepted, timestamp }: EntryOf<'answered'>, at: Date): void {
  // Before it arrived the message cannot have been answered, whatever the clock of who answers says.
  const earliest = facts.arrivedAt ?? facts.at;
  const said = timestamp === undefined ? at : new Date(timestamp);
  const given = said >= earliest && said <= at ? said : at;
  arrive(facts, given);
  if (facts.answers.some((known) => known.meshId === meshId)) return;
  facts.answers.push({ meshId, by, layer, accepted, at: given, ...(code !== undefined && { code }) });
}

/** The last word of each layer, and a refusal before all: doubled answers say nothing new. */
export function answersByLayer({ answers, attempt }: Pick<Facts, 'answers' | 'attempt'>): [Answer?, Answer?] {
  const of = (layer: Answer['layer']): Answer | undefined => {
    const all = answers.filter((answer) => (answer.layer ?? unnamed) === layer);
    return all.find(({ accepted }) => accepted === false) ?? all[0];
  };
  // An answer without a code belongs where one is missing.
  const has = answers.some(({ layer }) => layer === 'infrastructure');
  const unnamed = has && attempt.asks.business ? 'business' : 'infrastructure';
  return [of('infrastructure'), of('business')];
}
