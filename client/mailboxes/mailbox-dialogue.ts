// The questions about a mailbox: where, which, its secrets and certificates. Pure: how they are asked is someone else's
// business (ask.ts), and so is what becomes of the answers (add-mailbox.ts).
import { isLive, readEndpoint, readMailboxId } from '../../exchange/place';
import type { TeamEnvironment } from '../../exchange/place-settings';
import { environmentOf } from '../../mesh/environments';
import { type Answer, type Ask, BACK, inSteps, type Item, type Step } from '../dialogue';
import { askFile, type ChooseFile, type FileName } from './ask-file';
import { isPkcs12 } from '../../exchange/certificates';
import { type EnvironmentChoice, environmentChoices } from './environment-choices';
import { type Answered, type Answers, NO_ANSWERS, type Target } from './mailbox-answers';

export interface DialogueGiven {
  /** Those of the team, which are offered first. */
  environments: readonly TeamEnvironment[];
  /** Whether there is a workspace whose settings could keep it. */
  hasWorkspace: boolean;
  chooseFile: ChooseFile;
}

/** Undefined when the person gives up. @param first the question to begin with */
export function askMailbox(
  ask: Ask,
  given: DialogueGiven,
  known: Answers = NO_ANSWERS,
  first?: Answered,
): Promise<Answers | undefined> {
  return inSteps(stepsOf(ask, given), known, first);
}

function stepsOf(ask: Ask, given: DialogueGiven): (Step<Answers> & { name: Answered })[] {
  const text = async (
    state: Answers,
    name: 'mailbox' | 'password' | 'sharedKey' | 'name',
    question: Parameters<Ask['text']>[0],
    problem: (text: string) => string | undefined,
    value = state[name],
  ): Promise<Answer<Answers>> => {
    const answer = await ask.text(question, value, problem);
    return typeof answer === 'string' ? { ...state, [name]: answer } : answer;
  };
  const isSecure = ({ endpoint }: Answers): boolean => endpoint?.protocol === 'https:';
  const file = (name: FileName, applies: (state: Answers) => boolean): Step<Answers> & { name: Answered } => ({
    name,
    applies,
    ask: async (state, where) => {
      const team = name === 'authorities' ? teamOf(state, given)?.authorities : undefined;
      return askFile(ask, state, name, where, { team, chooseFile: given.chooseFile });
    },
  });
  return [
    {
      name: 'environment',
      ask: async (state, where) => {
        const items = environmentItems(given.environments);
        const known = items.find(({ value }) => isChosen(value, state)) ?? items[0]!;
        const choice = await ask.one({ ...where, placeholder: 'Where is the mailbox?' }, items, known.value);
        if (choice === undefined || choice === BACK) return choice;
        if (!choice.endpoint || isLoopbackChoice(choice)) {
          const endpoint = state.other ? state.endpoint : choice.endpoint;
          return { ...state, endpoint, other: true };
        }
        return { ...state, endpoint: choice.endpoint, other: false };
      },
    },
    {
      name: 'endpoint',
      applies: ({ other }) => other === true,
      ask: async (state, where) => {
        const prompt = 'Address of the MESH server. Plain http is taken for a sandbox on this machine only.';
        const placeholder = 'https://msg.intspineservices.nhs.uk';
        const answer = await ask.text({ ...where, placeholder, prompt }, state.endpoint?.href ?? '', (address) => {
          const read = readEndpoint(address);
          return typeof read === 'string' ? read : undefined;
        });
        if (typeof answer !== 'string') return answer;
        const endpoint = readEndpoint(answer);
        return typeof endpoint === 'string' ? undefined : { ...state, endpoint };
      },
    },
    {
      name: 'mailbox',
      ask: async (state, where) => {
        const question = { ...where, placeholder: 'X26OT001', prompt: 'Mailbox id' };
        const answer = await text(state, 'mailbox', question, (id) =>
          readMailboxId(id) === undefined ? 'A mailbox id holds letters, digits, "_" and "-" only.' : undefined,
        );
        return isAnswers(answer) ? { ...answer, mailbox: readMailboxId(answer.mailbox) ?? '' } : answer;
      },
    },
    {
      name: 'password',
      ask: (state, where) =>
        text(
          state,
          'password',
          {
            ...where,
            placeholder: 'Password',
            prompt: `Password of mailbox ${state.mailbox}; kept in the secret storage of VS Code`,
            secret: true,
          },
          (value) => (value === '' ? 'The password cannot be empty.' : undefined),
        ),
    },
    {
      name: 'sharedKey',
      ask: (state, where) =>
        text(
          state,
          'sharedKey',
          {
            ...where,
            placeholder: 'Shared key',
            prompt: 'Shared key of the environment; kept in the secret storage too',
            secret: true,
          },
          (value) => (value === '' ? 'The shared key cannot be empty.' : undefined),
        ),
    },
    file('certificate', isSecure),
    file('key', (state) => isSecure(state) && state.certificate !== undefined && !isPkcs12(state.certificate)),
    file('authorities', isSecure),
    {
      name: 'name',
      ask: async (state, where) => {
        const question = { ...where, placeholder: state.mailbox, prompt: 'What do you call this mailbox?' };
        const suggested = state.name === '' ? suggestedName(state, given) : state.name;
        const answer = await text(state, 'name', question, () => undefined, suggested);
        return isAnswers(answer) ? { ...answer, name: answer.name.trim() || answer.mailbox } : answer;
      },
    },
    {
      name: 'target',
      applies: () => given.hasWorkspace,
      ask: async (state, where) => {
        const target = await ask.one({ ...where, placeholder: 'For which windows?' }, TARGETS, state.target);
        return typeof target === 'string' ? { ...state, target } : target;
      },
    },
  ];
}

const TARGETS: readonly Item<Target>[] = [
  { label: 'For all of them', description: 'in your own settings', value: 'user' },
  {
    label: 'For this workspace',
    description: 'in its settings',
    detail: 'Others see it who share the folder. Its password and shared key stay with you.',
    value: 'workspace',
  },
];

function isAnswers(answer: Answer<Answers>): answer is Answers {
  return answer !== undefined && answer !== BACK;
}

/** Without an address of its own where one is typed. */
interface Chosen {
  endpoint?: URL;
}

function environmentItems(team: readonly TeamEnvironment[]): Item<Chosen>[] {
  const ours = team.map(({ name, endpoint, live }): Item<Chosen> => ({
    label: name,
    description: endpoint.host,
    detail: live ? 'LIVE: messages there are about real people. From the team’s file' : 'From the team’s file',
    value: { endpoint },
  }));
  const known = environmentChoices().map((choice: EnvironmentChoice): Item<Chosen> => ({
    label: choice.label,
    description: choice.description ?? '',
    detail: choice.detail,
    value: choice.environment ? { endpoint: new URL(choice.environment.endpoint) } : {},
  }));
  return [...ours, ...known];
}

function isChosen({ endpoint }: Chosen, { endpoint: known, other }: Answers): boolean {
  if (!known) return false;
  return other === true ? endpoint === undefined : endpoint?.href === known.href;
}

/** The sandbox of another window has a port of its own. */
function isLoopbackChoice({ endpoint }: Chosen): boolean {
  return endpoint !== undefined && environmentOf(endpoint)?.network === 'this machine';
}

function teamOf({ endpoint }: Answers, { environments }: DialogueGiven): TeamEnvironment | undefined {
  return environments.find((one) => one.endpoint.href === endpoint?.href);
}

function suggestedName(state: Answers, given: DialogueGiven): string {
  const { endpoint, mailbox } = state;
  if (!endpoint) return mailbox;
  const where = teamOf(state, given)?.name ?? environmentOf(endpoint)?.name ?? endpoint.hostname;
  return `${mailbox} at ${isLive(endpoint) ? 'LIVE' : where}`;
}
