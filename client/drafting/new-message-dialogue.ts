// What "New message…" asks, and in which order. Enter all the way gives a good message, and Enter once one made at once.
import type { Cast } from '../../core/draft/cast';
import {
  type KindOfMessage,
  kindsOfMessage,
  tellMedicine,
  tellOrganisation,
  tellPatient,
} from '../../core/draft/choices';
import { chooseCast } from '../../core/draft/choose-cast';
import { readWishes, whyNoOdsCode, type Wishes } from '../../core/draft/wishes';
import { isObject, text } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import { type Answer, type Ask, BACK, inSteps, type Item, type Question, type Step, type Where } from '../dialogue';

/** What the person wants: a message of a kind, or the answer to the one in front. */
export type Order = MessageOrder | 'acknowledgement';

export interface MessageOrder {
  kind: KindOfMessage;
  version?: string;
  cast: Cast;
  /** The ODS code of the sender, where it is one of the person's own. */
  sender?: string;
}

export interface Given {
  knowledge: Knowledge;
  now: Date;
  random: () => number;
  /** The ODS code of one's own that was used last. */
  sender?: string;
  /** The name of the message in front, when it can be acknowledged. */
  inFront?: string;
}

interface State extends MessageOrder {
  /** Something was chosen: who goes back means to choose again. */
  begun?: boolean;
  acknowledges?: boolean;
}

/**
 * What was said beforehand: a kind, or an object of `kind` and wishes. Undefined when no kind is named.
 * @returns or a sentence that says why there is no such message
 */
export function readOrder(said: unknown, { knowledge, now, random, sender }: Given): MessageOrder | string | undefined {
  const name = isObject(said) ? said.kind : said;
  if (typeof name !== 'string') return undefined;
  const kind = kindsOfMessage(knowledge).find((one) => one.kind === name);
  if (!kind) return `There is no kind of message "${name}".`;
  const granted = readWishes(wishesIn(said), kind, knowledge, { now, called: (wish) => `New message, ${wish}` });
  if (typeof granted === 'string') return granted;
  const cast = chooseCast(knowledge.invented, random, { ...granted.wanted, sender: granted.wanted.sender ?? sender });
  return { kind, version: granted.version ?? kind.versions[0], cast };
}

function wishesIn(said: unknown): Wishes {
  if (!isObject(said)) return {};
  const { version, sender, patient, pharmacy, practice, medicine } = said;
  return {
    version: text(version),
    sender: text(sender),
    patient: text(patient),
    pharmacy: text(pharmacy),
    practice: text(practice),
    medicine: [medicine].flat().filter((one) => typeof one === 'string'),
  };
}

/** Undefined when the person gives up. */
export async function orderMessage(ask: Ask, given: Given): Promise<Order | undefined> {
  const { knowledge, random, sender } = given;
  const kinds = kindsOfMessage(knowledge);
  const [kind] = kinds;
  if (!kind) return undefined;
  const start: State = { kind, cast: chooseCast(knowledge.invented, random), sender };
  const state = await inSteps(stepsOf(ask, given, kinds), start);
  if (!state) return undefined;
  if (state.acknowledges) return 'acknowledgement';
  const { version = state.kind.versions[0] } = state;
  return { kind: state.kind, version, cast: castOf(state), sender: state.sender };
}

/** The pharmacy is the sender, and known by the sender's code. */
function castOf({ cast, sender }: State): Cast {
  return sender === undefined ? cast : { ...cast, pharmacy: { ...cast.pharmacy, odsCode: sender } };
}

function stepsOf(ask: Ask, given: Given, kinds: readonly KindOfMessage[]): Step<State>[] {
  const { knowledge, now } = given;
  const { patients, pharmacies, medicines } = knowledge.invented;
  const one = picker(ask, shortcutsOf(given));
  return [
    {
      applies: () => kinds.length > 1,
      ask: (state, where) =>
        one({ ...where, placeholder: 'Which kind of message?' }, items(kinds, told), state, {
          chosen: state.kind,
          then: (kind) => ({ ...state, kind, version: undefined }),
        }),
    },
    {
      applies: ({ kind }) => kind.versions.length > 1,
      ask: (state, where) =>
        one({ ...where, placeholder: 'By which version of the guide?' }, versionItems(state.kind), state, {
          chosen: state.version ?? state.kind.versions[0]!,
          then: (version) => ({ ...state, version }),
        }),
    },
    {
      applies: ({ kind }) => kind.about.has('pharmacy'),
      ask: (state, where) =>
        one({ ...where, placeholder: 'Which pharmacy supplied it?' }, items(pharmacies, tellOrganisation), state, {
          chosen: state.cast.pharmacy,
          then: (pharmacy) => ({ ...state, cast: { ...state.cast, pharmacy } }),
        }),
    },
    {
      ask: async (state, where) => {
        const { odsCode, name } = state.cast.pharmacy;
        const placeholder = 'ODS code of the sender';
        const prompt = `ODS code of the sender. ${name} has ${odsCode}; a test environment may want your own.`;
        const code = await ask.text({ ...where, placeholder, prompt }, state.sender ?? odsCode, (typed) =>
          whyNoOdsCode(typed.trim().toUpperCase()),
        );
        if (code === undefined || code === BACK) return code;
        const sender = code.trim().toUpperCase();
        return { ...state, sender: sender === odsCode ? undefined : sender };
      },
    },
    {
      applies: ({ kind }) => kind.about.has('patient'),
      ask: (state, where) =>
        one(
          { ...where, placeholder: 'About whom? Search by name, age, NHS number…' },
          items(patients, (patient) => tellPatient(patient, now)),
          state,
          { chosen: state.cast.patient, then: (patient) => ({ ...state, cast: { ...state.cast, patient } }) },
        ),
    },
    {
      applies: ({ kind }) => kind.about.has('medicines'),
      ask: async (state, where) => {
        const question = { ...where, placeholder: 'Which medicines were supplied? Tick one or more' };
        const chosen = await ask.several(question, items(medicines, tellMedicine), state.cast.medicines);
        return Array.isArray(chosen) ? { ...state, cast: { ...state.cast, medicines: chosen } } : chosen;
      },
    },
  ];
}

type Shortcut = 'at once' | 'acknowledge';

function shortcutsOf({ inFront }: Given): Item<Shortcut>[] {
  const atOnce: Item<Shortcut> = {
    label: 'Make one at once',
    description: 'an invented patient, a pharmacy and a medicine are drawn',
    value: 'at once',
    icon: 'zap',
  };
  const acknowledge: Item<Shortcut> = {
    label: 'Acknowledgement of the message in front',
    description: inFront ?? '',
    value: 'acknowledge',
    icon: 'reply',
  };
  return inFront === undefined ? [atOnce] : [atOnce, acknowledge];
}

/** Asks for one of the items; in the first step the shortcuts stand above them, and are what Enter takes. */
function picker(ask: Ask, shortcuts: readonly Item<Shortcut>[]) {
  return async <T extends object | string>(
    question: Question,
    choices: readonly Item<T>[],
    state: State,
    { chosen, then }: { chosen: T; then: (value: T) => State },
  ): Promise<Answer<State | { done: State }>> => {
    const first = isFirst(question);
    const answer = await ask.one<T | Shortcut>(
      question,
      first ? [...shortcuts, ...choices] : choices,
      first && !state.begun ? 'at once' : chosen,
    );
    if (answer === undefined || answer === BACK) return answer;
    if (first && answer === 'at once') return { done: { ...state } };
    if (first && answer === 'acknowledge') return { done: { ...state, acknowledges: true } };
    return { ...then(answer as T), begun: true };
  };
}

function isFirst({ step }: Where): boolean {
  return step === 1;
}

function items<T>(values: readonly T[], tell: (value: T) => Omit<Item<T>, 'value'>): Item<T>[] {
  return values.map((value) => ({ ...tell(value), value }));
}

function told({ label, description, detail }: KindOfMessage): Omit<Item<KindOfMessage>, 'value'> {
  return { label, description, detail };
}

function versionItems({ detail, versions }: KindOfMessage): Item<string>[] {
  return versions.map((version, i) => ({
    label: version,
    description: i === 0 ? (detail ?? '') : 'an older version, whose sections or document type differ',
    value: version,
  }));
}
