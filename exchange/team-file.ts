// The file `.vscode/itk3.json` that a team shares: environments, mailboxes, policy and how messages are judged, without secrets. Pure: no editor.
// What is wrong in it is told and not used, the rest is; but what guards patients holds even where it is written wrong.
import path from 'node:path';
import { readJson } from '../core/document/json-document';
import { withoutComments } from '../core/document/comments';
import { join, parentOf, type Pointer, segmentsOf } from '../core/document/pointer';
import type { Span } from '../core/document/source-document';
import { isObject, list, object, text as textOf } from '../core/json';
import { shortened } from '../core/validate/wording';
import { environmentOf, ENVIRONMENTS } from '../mesh/environments';
import { keyOf, type Place, readEndpoint, readMailboxId } from './place';
import { readFormat, type TeamEnvironment } from './place-settings';
import { type CheckError, sentenceOfError } from './team-file-sentences';
import { NO_VALIDATION, type TeamValidation, validationIn } from './team-validation';

/** What happens to a message that may hurt a patient: a word is asked for, or it is not sent at all. */
export type Guard = 'confirm' | 'forbid';

export interface TeamPolicy {
  guards: { patients?: Guard; live?: Guard };
  /** In minutes. */
  overdue: Partial<Record<'collected' | 'infrastructure' | 'business', number>>;
}

export interface TeamFile extends TeamPolicy {
  environments: TeamEnvironment[];
  places: Place[];
  validation: TeamValidation;
  mistakes: Mistake[];
}

export interface Mistake {
  /** With the place in the file at its beginning. */
  sentence: string;
  span: Span;
  /** What it is about; none of a text that cannot be read. */
  pointer?: Pointer;
}

/** The schema of the file, compiled (dist/team-file.js). */
export interface Check {
  (value: unknown): boolean;
  errors?: CheckError[] | null;
}

export const NO_TEAM_FILE: TeamFile = {
  environments: [],
  places: [],
  guards: {},
  overdue: {},
  validation: NO_VALIDATION,
  mistakes: [],
};

/** @param folder the workspace folder, as a whole path; undefined where it is on no disk of this machine */
export function readTeamFile(text: string, check: Check, folder: string | undefined): TeamFile {
  // One that was just made.
  if (text.trim() === '') return NO_TEAM_FILE;
  const document = readJson(withoutComments(text));
  const { value } = document;
  const mistakes: Mistake[] = document.problems
    .slice(0, 1)
    .map(({ message, span }) => ({ sentence: `This is no JSON: ${message}`, span }));
  /** How much is wrong with it, and in it. */
  const wrong = new Map<Pointer, number>();
  const say = (pointer: Pointer, sentence: string, part: 'key' | 'value' = 'value'): void => {
    for (let at = pointer; ; at = parentOf(at)) {
      wrong.set(at, (wrong.get(at) ?? 0) + 1);
      if (at === '') break;
    }
    mistakes.push({ sentence: `${spoken(pointer)}${sentence}`, span: document.spanOf(pointer, part), pointer });
  };
  if (value !== undefined && !check(value))
    for (const told of (check.errors ?? []).flatMap((error) => sentenceOfError(error) ?? []))
      say(told.pointer, told.sentence, told.part);

  const wrongIn = (pointer: Pointer | undefined): number => (pointer === undefined ? 0 : (wrong.get(pointer) ?? 0));
  const isWrong = (pointer: Pointer, but?: Pointer): boolean => wrongIn(pointer) > wrongIn(but);
  const validation = validationIn(object(value).validate, {
    isWrong: (...names) => isWrong(join('/validate', ...names)),
    say: (names, sentence, part) => say(join('/validate', ...names), sentence, part),
    whole: (file) => wholePath(file, folder),
  });
  const file: TeamFile = { ...policyIn(value, isWrong), environments: [], places: [], validation, mistakes };
  for (const [i, entry] of list(object(value).environments).entries()) {
    const at = join('', 'environments', i);
    if (!isObject(entry)) continue;
    const environment = readEnvironment(entry, folder, (name, sentence) => {
      if (!isWrong(join(at, name))) say(join(at, name), sentence);
    });
    if (!environment) continue;
    // What it says of its address holds even where its mailboxes cannot be used.
    file.environments.push(environment);
    const mailboxes = join(at, 'mailboxes');
    if (isWrong(at, mailboxes)) continue;
    for (const [j, mailbox] of list(entry.mailboxes).entries()) {
      const where = join(mailboxes, j);
      const place = isWrong(where) || !isObject(mailbox) ? undefined : readMailbox(mailbox, environment);
      if (typeof place === 'string') say(join(where, 'mailbox'), place);
      else if (place) file.places.push(place);
    }
  }
  return file;
}

function readEnvironment(
  entry: Record<string, unknown>,
  folder: string | undefined,
  say: (name: string, sentence: string) => void,
): TeamEnvironment | undefined {
  const known = ENVIRONMENTS.find(({ id }) => id === entry.kind);
  const address = textOf(entry.endpoint) ?? known?.endpoint;
  const endpoint = address === undefined ? undefined : readEndpoint(address);
  if (endpoint === undefined || typeof endpoint === 'string') {
    // The schema told of the most; what only a closer look sees is told here.
    if (endpoint !== undefined) say('endpoint', endpoint);
    return undefined;
  }
  const lives = environmentOf(endpoint)?.live === true;
  if (lives && entry.kind !== undefined && entry.kind !== 'live')
    say('kind', `${endpoint.host} is live MESH, so its kind is "live".`);
  const live = lives || entry.kind === 'live';
  const name = textOf(entry.name)?.trim() || endpoint.host;
  const format = readFormat(entry.format);
  const authorities = wholePath(textOf(entry.authorities), folder);
  if (authorities === false) say('authorities', 'A relative path needs a workspace folder on this machine’s disk.');
  return {
    // Nothing that is live is listed as if it were not.
    name: live && !/\blive\b/i.test(name) ? `LIVE: ${name}` : name,
    endpoint,
    ...(live && { live }),
    ...(typeof authorities === 'string' && { authorities }),
    ...(format && { format }),
  };
}

/** Or a sentence that says why it is none. */
function readMailbox(entry: Record<string, unknown>, environment: TeamEnvironment): Place | string {
  const mailbox = readMailboxId(textOf(entry.mailbox) ?? '');
  if (mailbox === undefined) return 'This is the address of a patient’s practice, not the id of a mailbox.';
  const { endpoint, authorities, live, format } = environment;
  const [certificate, key] = [textOf(entry.certificate), textOf(entry.key)];
  const named = (certificate ?? key ?? authorities) !== undefined;
  return {
    name: textOf(entry.name)?.trim() || mailbox,
    endpoint,
    mailbox,
    environment: environment.name,
    ...(live && { live }),
    ...(format && { format }),
    ...(named && { certificates: { certificate, key, authorities } }),
  };
}

/** False where a relative one is relative to nothing. One that starts with `~/` stays as it is. */
function wholePath(file: string | undefined, folder: string | undefined): string | undefined | false {
  if (file === undefined || /^~[\\/]/.test(file) || path.isAbsolute(file)) return file;
  return folder === undefined ? false : path.resolve(folder, file);
}

function policyIn(value: unknown, isWrong: (pointer: Pointer) => boolean): TeamPolicy {
  const { guards, overdue } = object(value);
  const guard = (name: 'patients' | 'live'): TeamPolicy['guards'] => {
    const given = object(guards)[name];
    if (given === undefined) return {};
    // Somebody wanted a guard: which one is told to be unreadable, and until then it is the strict one.
    return { [name]: given === 'confirm' ? 'confirm' : 'forbid' };
  };
  const times = Object.entries(object(overdue)).filter(([name]) => !isWrong(join('', 'overdue', name)));
  return { guards: { ...guard('patients'), ...guard('live') }, overdue: Object.fromEntries(times) };
}

/** The strictest guards of all files; of the times those that are found first. */
export function joinedPolicy(files: readonly TeamPolicy[]): TeamPolicy {
  const strictest = (name: 'patients' | 'live'): TeamPolicy['guards'] => {
    const given = files.flatMap(({ guards }) => guards[name] ?? []);
    return given.length === 0 ? {} : { [name]: given.includes('forbid') ? 'forbid' : 'confirm' };
  };
  return {
    guards: { ...strictest('patients'), ...strictest('live') },
    overdue: Object.assign({}, ...files.map(({ overdue }) => overdue).reverse()) as TeamPolicy['overdue'],
  };
}

/** Where in the file a mailbox stands, so that it can be shown; undefined when it is not in it. */
export function spanOfPlace(text: string, place: Place): Span | undefined {
  const document = readJson(withoutComments(text));
  for (const [i, entry] of list(object(document.value).environments).entries()) {
    const environment = isObject(entry) ? readEnvironment(entry, undefined, () => undefined) : undefined;
    if (!environment) continue;
    for (const [j, mailbox] of list(object(entry).mailboxes).entries()) {
      const found = isObject(mailbox) ? readMailbox(mailbox, environment) : undefined;
      if (typeof found === 'object' && keyOf(found) === keyOf(place))
        return document.spanOf(join('', 'environments', i, 'mailboxes', j), 'value');
    }
  }
  return undefined;
}

/** `environments[0].mailboxes[1].mailbox: `, as people write it; of the whole file nothing. */
function spoken(pointer: Pointer): string {
  const words = segmentsOf(pointer).map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${shortened(step)}`));
  return words.length === 0 ? '' : `${words.join('').slice(1)}: `;
}
