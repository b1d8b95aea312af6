// Which scenario plays: for all messages, or for the one message that names it.
import { MeshError } from '../errors';
import { beginningOf, LARGEST_READ } from './content';
import type { Mailboxes } from './mailboxes';
import type { GpSystem } from './receiver-contract';
import type { Scenario } from './scenario';
import { findScenario, noSuchScenario, SCENARIOS } from './scenarios';

export interface Playing {
  /** The sandbox's own, those of the user, and one for each answer of the receiver. */
  readonly scenarios: readonly Scenario[];
  /** The name of the one that plays for all messages. */
  readonly name: string | undefined;
  /** Undefined or an empty name: all is well again. Throws a MeshError when there is no such scenario. */
  play(name: string | undefined): void;
  /** Rises whenever a scenario is chosen, be it the same. */
  readonly turn: number;
  /** The one that plays for whatever names none itself. */
  readonly current: Scenario | undefined;
  /** The one that the content asks for; undefined when it asks for none. */
  namedIn(body: Buffer): Scenario | undefined;
  of(body: Buffer): Scenario | undefined;
}

/** Throws a MeshError when a scenario asks for a code that the receiver does not know, or the first one is not there. */
export function createPlaying(
  { scenario, scenarios: own = [] }: { scenario?: string; scenarios?: readonly Scenario[] },
  receiver: Pick<GpSystem, 'scenarios' | 'scenarioOf'> | undefined,
): Playing {
  const codes = receiver?.scenarios ?? [];
  for (const { name, answers = [] } of codes.length > 0 ? own : []) {
    const unknown = answers.find(({ code }) => !findScenario(code, codes));
    if (unknown) throw refused(`Scenario "${name}": there is no response code ${unknown.code}.`);
  }
  const scenarios = [...SCENARIOS, ...own, ...codes];
  let current: Scenario | undefined;
  let turn = 0;
  const playing: Playing = {
    scenarios,
    get name() {
      return current?.name;
    },
    get turn() {
      return turn;
    },
    get current() {
      return current;
    },
    play(name = '') {
      const found = findScenario(name, scenarios);
      if (!found && name.trim() !== '') throw refused(noSuchScenario(name, scenarios));
      current = found;
      turn++;
    },
    namedIn(body) {
      const name = receiver?.scenarioOf(body);
      if (name === undefined) return undefined;
      return findScenario(name, scenarios) ?? unknownScenario(noSuchScenario(name, scenarios));
    },
    of: (body) => playing.namedIn(body) ?? current,
  };
  playing.play(scenario);
  return playing;
}

/** Reads from a stored message which scenario it asks for itself: once, as its content does not change. */
export function createNameReader(playing: Playing, mailboxes: Mailboxes) {
  const names = new Map<string, Scenario | undefined>();
  return async (messageId: string): Promise<Scenario | undefined> => {
    const message = mailboxes.message(messageId);
    if (!message?.parts.has(1)) return undefined;
    if (names.has(message.id)) return names.get(message.id);
    // The first part has the name, if there is one.
    const { content } = await beginningOf({ ...message, of: 1 }, mailboxes, LARGEST_READ);
    const scenario = playing.namedIn(content);
    names.set(message.id, scenario);
    return scenario;
  };
}

/** Who writes a name that does not exist into a message looks for the answer, so the answer says it. */
const unknownScenario = (diagnostics: string): Scenario => ({
  name: 'unknown',
  says: diagnostics,
  answers: [{ code: '10007', diagnostics }],
});

const refused = (sentence: string) => new MeshError('invalid-request', sentence);
