// The mailbox that the options name.
import path from 'node:path';
import { type Policies, strictest } from '../../exchange/guards';
import { timesOf } from '../../exchange/journal-habits';
import { environmentName, keyOf, type Place, readEndpoint, readMailboxId } from '../../exchange/place';
import { mergePlaces } from '../../exchange/place-settings';
import type { Times } from '../../exchange/timeline';
import { ENVIRONMENTS, isLoopback } from '../../mesh/environments';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { DEFAULT_PORT } from '../../mesh/sandbox/sandbox';
import { suggestion } from '../command';
import { CommandError } from '../exit';
import { mailboxesOf } from '../sandbox';
import type { Terminal } from '../terminal';
import { MAILBOX_OPTIONS, type MailboxValues } from './options';
import { findTeam, type Team } from './team';

export interface Chosen {
  place: Place;
  policies: Policies;
  times: Times;
  /** The options that name it again. */
  again: string;
}

/** @param command whose help tells more */
export function chooseMailbox(values: MailboxValues, command: string, terminal: Terminal): Chosen {
  const team = findTeam(values['team-file'], terminal);
  const place = placed(placeNamed(values, team, command), values, team, terminal);
  return { place, ...policyOf(team), again: againOf(values, place) };
}

/** True where the options say anything of a mailbox. */
export function namesMailbox({ mailbox, sandbox, environment, endpoint }: MailboxValues): boolean {
  return [mailbox, sandbox, environment, endpoint].some((one) => one !== undefined);
}

export function policyOf(team: Team): Pick<Chosen, 'policies' | 'times'> {
  const where = `the team's file ${team.path ?? ''}`.trim();
  const rule = (guard: keyof Policies) => strictest([{ value: team.guards[guard], where }]);
  return { policies: { patients: rule('patients'), live: rule('live') }, times: timesOf(team.overdue) };
}

function placeNamed(values: MailboxValues, team: Team, command: string): Place {
  const { mailbox, sandbox, environment, endpoint } = values;
  const ways = [sandbox, environment, endpoint].filter((one) => one !== undefined);
  if (ways.length > 1)
    throw new CommandError('A mailbox is at one place: give one of --sandbox, --environment and --endpoint.');
  if (sandbox !== undefined) return sandboxAt(sandbox, mailbox);
  if (environment !== undefined) {
    const known = ENVIRONMENTS.find(({ id }) => id === environment.toLowerCase());
    if (known) return placeAt(new URL(known.endpoint), mailbox);
    const ids = ENVIRONMENTS.map(({ id }) => id);
    throw new CommandError(
      `There is no environment "${environment}": ${suggestion(environment, ids, '', `${command} --help`)}`,
    );
  }
  if (endpoint !== undefined) {
    const url = readEndpoint(endpoint);
    // The address may hold a password: it is not repeated.
    if (typeof url === 'string') throw new CommandError(`--endpoint cannot be used. ${url}.`.replace(/\.\.$/, '.'));
    return placeAt(url, mailbox);
  }
  return inTeam(mailbox, team);
}

function placeAt(endpoint: URL, mailbox: string | undefined): Place {
  const id = mailbox === undefined ? undefined : readMailboxId(mailbox);
  if (id === undefined)
    throw new CommandError(
      'With --environment or --endpoint, --mailbox is the id of the mailbox: give it, as --mailbox X26ABC.',
    );
  return { name: id, endpoint, mailbox: id, environment: environmentName(endpoint) };
}

function sandboxAt(where: string, mailbox: string | undefined): Place {
  const url = /^\d{1,5}$/.test(where) ? `http://127.0.0.1:${where}/` : where;
  const endpoint = URL.canParse(url) && Number(new URL(url).port || '80') > 0 ? new URL(url) : undefined;
  if (!endpoint || !isLoopback(endpoint) || endpoint.username !== '' || endpoint.password !== '')
    throw new CommandError(
      '--sandbox takes the port or the address of a sandbox on this machine: --sandbox 8700. For a server elsewhere there is --endpoint.',
    );
  const { sender } = mailboxesOf();
  const id = mailbox === undefined ? sender.mailbox : readMailboxId(mailbox);
  if (id === undefined) throw new CommandError(`"${mailbox}" is no mailbox of the sandbox: ${sender.mailbox} is one.`);
  const account = DEFAULT_MAILBOXES.find((one) => one.mailbox === id);
  const { password, sharedKey } = account ?? sender;
  return {
    name: account?.name ?? id,
    endpoint,
    mailbox: id,
    environment: environmentName(endpoint),
    // No real MESH takes the public password: who takes it is a sandbox.
    sandbox: { mailbox: id, password, sharedKey },
    apart: true,
  };
}

function inTeam(mailbox: string | undefined, { path: file, places }: Team): Place {
  const names = places.map(({ name }) => name);
  const ways = 'give --sandbox, or --mailbox with --environment or --endpoint (see itk3 send --help).';
  if (places.length === 0)
    throw new CommandError(
      `No mailbox is known: ${file ? `${file} names none` : 'there is no team’s file here'}; ${ways}`,
    );
  if (mailbox === undefined) {
    const [only] = places;
    if (only && places.length === 1) return only;
    throw new CommandError(`Which mailbox? ${file} has ${quoted(names)}: give --mailbox NAME.`);
  }
  const id = readMailboxId(mailbox);
  const byName = places.filter(({ name }) => name === mailbox);
  const found = byName.length > 0 ? byName : places.filter((one) => one.mailbox === id);
  const [place] = found;
  if (!place)
    throw new CommandError(
      `${file} has no mailbox "${mailbox}": ${suggestion(mailbox, names, '', 'itk3 send --help')}`,
    );
  if (found.length > 1)
    throw new CommandError(
      `"${mailbox}" is several mailboxes in ${file} (${quoted(found.map(({ name, environment }) => `${name} of ${environment}`))}): give each a name of its own there.`,
    );
  return place;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** What the team says of its address, and the files that the options name. */
function placed(place: Place, values: MailboxValues, { environments }: Team, { cwd }: Terminal): Place {
  const whole = (file: string | undefined): string | undefined => {
    if (file === undefined) return undefined;
    return /^~[\\/]/.test(file) ? file : path.resolve(cwd, file);
  };
  const own = {
    certificate: whole(values.certificate),
    key: whole(values.key),
    authorities: whole(values.authorities),
  };
  const pair = own.certificate === undefined && own.key === undefined ? (place.certificates ?? {}) : own;
  const authorities = own.authorities ?? place.certificates?.authorities;
  const { certificate, key } = pair;
  const named = (certificate ?? key ?? authorities) !== undefined;
  const given = { ...place, ...(named && { certificates: { certificate, key, authorities } }) };
  const [merged] = mergePlaces([{ source: 'team', places: [given] }], place.sandbox ? [] : environments);
  if (!merged) throw new TypeError(`No place is left of ${keyOf(place)}`);
  return merged;
}

function againOf(values: MailboxValues, { sandbox, mailbox, name }: Place): string {
  const options: MailboxValues = {
    ...values,
    ...(!sandbox && values.mailbox === undefined && { mailbox: name || mailbox }),
  };
  return (Object.keys(MAILBOX_OPTIONS) as (keyof MailboxValues)[])
    .flatMap((option) => {
      const value = options[option];
      if (value === undefined) return [];
      return option === 'sandbox' && value === String(DEFAULT_PORT) ? '--sandbox' : `--${option} ${shell(value)}`;
    })
    .join(' ');
}

function shell(word: string): string {
  return /^[\w./:@%+=,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
