// The options by which a mailbox is named, shared by all commands that use one. A secret is none of them.
import { DEFAULT_PORT } from '../../mesh/sandbox/sandbox';
import { CommandError } from '../exit';

export const MAILBOX_OPTIONS = {
  mailbox: { type: 'string' },
  'team-file': { type: 'string' },
  sandbox: { type: 'string' },
  environment: { type: 'string' },
  endpoint: { type: 'string' },
  certificate: { type: 'string' },
  key: { type: 'string' },
  authorities: { type: 'string' },
} as const;

export type MailboxValues = { [Name in keyof typeof MAILBOX_OPTIONS]?: string };

export const MAILBOX_HELP = `Which mailbox
  --mailbox NAME      by its name or id in the team's file, .vscode/itk3.json here or in a folder above; may be left
                      out where that has only one
  --team-file PATH    another team's file
  --sandbox [PORT|URL]
                      the sandbox that "itk3 sandbox" runs, on port ${DEFAULT_PORT} unless said otherwise
  --environment KIND  without a team's file: integration, deployment, live, or one of these on HSCN, with -hscn
  --endpoint URL      or any address; with either, --mailbox is the id of the mailbox
  --certificate PATH, --key PATH, --authorities PATH
                      the client's certificate (PEM or PKCS#12), its key, and whom the server is checked by

Secrets come from the environment, or are asked for at a terminal: ITK3_MESH_PASSWORD, ITK3_MESH_SHARED_KEY and, for
a locked certificate, ITK3_MESH_PASSPHRASE. ITK3_MESH_PASSWORD_X26ABC, and so on, wins for the mailbox X26ABC. The
proxy is that of https_proxy and no_proxy.
`;

export const STATE_HELP = `What was sent is written down before it leaves, without its content, in itk3's folder for such things (on Linux
~/.local/state/itk3; ITK3_STATE names another): so nothing is sent twice, and "itk3 track" knows it.
`;

/** Seconds. */
export const USUAL_WAIT = 600;

/** Options whose value may be left out, and what a value looks like. */
const MAY_LACK: Readonly<Record<string, { usual: string; value: RegExp }>> = {
  '--sandbox': { usual: String(DEFAULT_PORT), value: /^(\d{1,5}|https?:\/\/\S+)$/ },
  '--wait': { usual: String(USUAL_WAIT), value: /^\d+$/ },
};

const SECRET = /^--?(?:[\w-]*(?:pass|secret|token)[\w-]*|shared-?key)(?:=|$)/i;

/** The arguments with every value in its place. Throws where one of them would show a secret. */
export function completed(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  if (options.some((arg) => SECRET.test(arg)))
    throw new CommandError(
      'A secret is no option, because everybody on this machine can see command lines, and shells keep them: put it into ITK3_MESH_PASSWORD, ITK3_MESH_SHARED_KEY or ITK3_MESH_PASSPHRASE, or leave it out and type it when you are asked.',
    );
  const whole = options.map((arg, i) => {
    const lacking = Object.hasOwn(MAY_LACK, arg) ? MAY_LACK[arg] : undefined;
    if (!lacking || lacking.value.test(options[i + 1] ?? '')) return arg;
    return `${arg}=${lacking.usual}`;
  });
  return end < 0 ? whole : [...whole, ...args.slice(end)];
}

/** Seconds to wait; undefined where nobody wants to. */
export function waitingTime(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value) && Number(value) > 0) return Number(value);
  throw new CommandError('--wait takes a number of seconds: --wait 600.');
}
