// To whom a message goes. Pure: how it is shown is someone else's business (ask.ts).
import type { Addressed } from '../../core/itk3/addressing';
import { isOdsCode } from '../../core/nhs/ods-code';
import { maskAddress } from '../../mesh/errors';
import { type Answer, type Ask, BACK, inSteps, type Item, type Step, type Where } from '../dialogue';
import { readRecipient } from '../../exchange/place';

export interface Recipient {
  to: string;
  /** The address was made from the message, and is made anew when the message goes again. */
  byMessage?: true;
}

/** Who may receive, as MESH's own directory has it. */
export interface Listed {
  mailbox: string;
  name?: string;
}

export interface RecipientGiven {
  addressed: Addressed;
  /** A mailbox id that is likely, shown where one is typed. */
  example: string;
  /** Asks MESH for the mailboxes of an organisation that take messages of a workflow. Undefined when the person gives up. */
  lookup: (odsCode: string, workflowId: string) => Promise<readonly Listed[] | NotFound | undefined>;
}

/** MESH could not be asked. */
export interface NotFound {
  /** As a sentence. */
  failure: string;
  /** Forgets the password, so that the next look asks for it, where that may be what is wrong. */
  forget?: () => Promise<void>;
}

type Way = 'message' | 'mailbox' | 'directory';

type After = 'password' | 'again' | 'type';

interface State {
  way: Way;
  odsCode: string;
  to?: string;
}

/** Undefined when the person gives up. */
export async function chooseRecipient(ask: Ask, given: RecipientGiven): Promise<Recipient | undefined> {
  const { addressed } = given;
  const way = addressed.to === undefined ? 'mailbox' : 'message';
  const state = await inSteps(stepsOf(ask, given), { way, odsCode: '' });
  if (!state) return undefined;
  if (state.way === 'message') return addressed.to === undefined ? undefined : { to: addressed.to, byMessage: true };
  return state.to === undefined ? undefined : { to: state.to };
}

function stepsOf(ask: Ask, given: RecipientGiven): Step<State>[] {
  const { addressed, example, lookup } = given;
  const { workflowId } = addressed;
  const typeMailbox = async (state: State, where: Where): Promise<Answer<State>> => {
    // What the message lacks is told where the other way begins.
    const why = addressed.whyNot === undefined ? '' : ` ${addressed.whyNot}`;
    const question = { ...where, placeholder: example, prompt: `To which mailbox?${why}` };
    const text = await ask.text(question, state.to ?? '', recipientProblem);
    return typeof text === 'string' ? { ...state, to: readRecipient(text) } : text;
  };
  /** The directory is a convenience: where it fails, the mailbox can still be typed. */
  const afterFailure = async (state: State, where: Where, { failure, forget }: NotFound): Promise<Answer<State>> => {
    const items: Item<After>[] = [
      ...(forget ? [{ label: 'Enter the password again', description: '', value: 'password' as const }] : []),
      { label: 'Look again', description: '', value: 'again' },
      { label: 'Type the id of the mailbox…', description: '', value: 'type' },
    ];
    const [first, ...others] = items as [Item<After>, ...Item<After>[]];
    const told = [{ ...first, detail: failure }, ...others];
    const placeholder = `The mailboxes of ${state.odsCode} could not be looked up`;
    const after = await ask.one({ ...where, placeholder }, told, first.value);
    if (after === 'type') return typeMailbox(state, where);
    if (after !== 'again' && after !== 'password') return after;
    if (after === 'password') await forget?.();
    return find(state, where);
  };
  const find = async (state: State, where: Where): Promise<Answer<State>> => {
    const found = await lookup(state.odsCode, workflowId ?? '');
    if (!found) return undefined;
    if ('failure' in found) return afterFailure(state, where, found);
    const items = found.map(({ mailbox, name = '' }): Item<string> => ({
      label: mailbox,
      description: name,
      value: mailbox,
    }));
    const [first] = items;
    if (!first) {
      const placeholder = `No mailbox of ${state.odsCode} takes ${workflowId ?? ''}`;
      const other: Item<typeof BACK> = { label: 'Another ODS code…', description: '', value: BACK };
      return ask.one({ ...where, placeholder }, [other], BACK);
    }
    const placeholder = `Which mailbox of ${state.odsCode}?`;
    const to = await ask.one({ ...where, placeholder }, items, first.value);
    return typeof to === 'string' ? { ...state, to } : to;
  };
  return [
    {
      ask: async (state, where) => {
        const way = await ask.one({ ...where, placeholder: 'To whom?' }, waysOf(addressed), state.way);
        return typeof way === 'string' ? { ...state, way } : way;
      },
    },
    {
      applies: ({ way }) => way === 'mailbox',
      ask: typeMailbox,
    },
    {
      applies: ({ way }) => way === 'directory',
      ask: async (state, where) => {
        const prompt = `ODS code of the practice. MESH says which of its mailboxes take ${workflowId ?? ''}.`;
        const text = await ask.text({ ...where, placeholder: 'A81001', prompt }, state.odsCode, odsProblem);
        return typeof text === 'string' ? { ...state, odsCode: text.trim().toUpperCase() } : text;
      },
    },
    {
      applies: ({ way }) => way === 'directory',
      ask: find,
    },
  ];
}

function waysOf({ to, workflowId }: Addressed): Item<Way>[] {
  const made: Item<Way>[] =
    to === undefined
      ? []
      : isByPatient(to)
        ? [
            {
              label: 'To the patient’s practice (GP routing)',
              description: maskAddress(to),
              detail: 'MESH finds the practice by NHS number, date of birth and family name of the message’s patient',
              value: 'message',
            },
          ]
        : [
            {
              label: `Back to ${to}`,
              description: 'where the message that is answered came from',
              value: 'message',
            },
          ];
  const typed: Item<Way> = { label: 'To a mailbox whose id you give…', description: '', value: 'mailbox' };
  const listed: Item<Way> = {
    label: 'Find the mailbox of a practice by ODS code…',
    description: workflowId ?? '',
    value: 'directory',
  };
  return [...made, typed, ...(workflowId === undefined ? [] : [listed])];
}

/** For a sandbox that, as NHS England's own, finds no patient's practice: what the message gives is of no use there. */
export function unrouted(addressed: Addressed): Addressed {
  if (addressed.to === undefined || !isByPatient(addressed.to)) return addressed;
  const whyNot = 'The sandbox finds a patient’s practice only when it is strict: turn on itk3.sandbox.strict.';
  return { ...addressed, to: undefined, whyNot };
}

export function isByPatient(to: string): boolean {
  return /^GPPROVIDER/i.test(to);
}

/** A wrong number or date may be meant, to see what MESH says of it: the summary before the send tells. */
function recipientProblem(text: string): string | undefined {
  if (readRecipient(text) !== undefined) return undefined;
  return /^\s*GPPROVIDER/i.test(text)
    ? 'A practice is addressed as GPPROVIDER_<NHS number>_<yyyyMMdd>_<surname>.'
    : 'A mailbox id holds letters, digits, "_" and "-" only.';
}

function odsProblem(text: string): string | undefined {
  return isOdsCode(text.trim().toUpperCase()) ? undefined : 'An ODS code has three to nine letters and digits.';
}
