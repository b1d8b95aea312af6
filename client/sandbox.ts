import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { registeredPeople, registeredWorkflows } from '../core/draft/registered';
import { MeshError } from '../mesh/errors';
import { DEFAULT_MAILBOXES, type SandboxMailbox } from '../mesh/sandbox/accounts';
import { defaultPeople } from '../mesh/sandbox/people';
import { createPractice } from '../mesh/sandbox/receiver';
import { type Sandbox, startSandbox } from '../mesh/sandbox/sandbox';
import { knowledge } from './knowledge';
import type { Output } from './output';
import { LOCAL_SANDBOX, type Place } from '../exchange/place';
import { readFormat } from '../exchange/place-settings';

/** The sandbox of this window: at most one, and it ends with the window. */
export interface WindowSandbox {
  readonly running: Sandbox | undefined;
  /** When the running one was started. */
  readonly since: Date | undefined;
  /** It has started or stopped, or another scenario plays. */
  readonly onDidChange: vscode.Event<void>;
  /** A message has come into the inbox of this mailbox. */
  readonly onDidDeliver: vscode.Event<string>;
  /**
   * The running one if there is one. Rejects with a MeshError when the port or the folder cannot be had.
   * @param port 0 for any free one; without it, the sandbox's own default
   */
  start(port?: number): Promise<Sandbox>;
  stop(): Promise<void>;
  dispose(): void;
}

const [pharmacyAccount, practiceAccount] = ['pharmacy', 'practice'].map((role) =>
  DEFAULT_MAILBOXES.find(({ answered }) => answered === (role === 'practice')),
) as [SandboxMailbox, SandboxMailbox];

/** The mailbox that answers as a GP practice does. */
export const PRACTICE: SandboxMailbox = practiceAccount;
export const PHARMACY: SandboxMailbox = pharmacyAccount;

export function pharmacyOf(sandbox: Sandbox): Place {
  const { name, mailbox } = PHARMACY;
  const format = readFormat(settings().get<unknown>('format'));
  const endpoint = new URL(sandbox.url);
  return { name, mailbox, endpoint, environment: LOCAL_SANDBOX, sandbox: PHARMACY, ...(format && { format }) };
}

/** The port of the settings; undefined when it holds nonsense. */
export function wantedPort(): number | undefined {
  const port = settings().get<unknown>('port');
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}

/** The folder of the settings as a whole path; undefined when there is none. Throws a MeshError when it is a relative one. */
function wantedFolder(): string | undefined {
  const named = settings().get<unknown>('folder');
  if (typeof named !== 'string' || named.trim() === '') return undefined;
  const whole = named.trim().replace(/^~(?=[\\/])/, homedir());
  if (path.isAbsolute(whole)) return whole;
  throw new MeshError(
    'invalid-request',
    'The sandbox cannot start: the setting itk3.sandbox.folder is a relative path. Give the whole path, or one that starts with ~/.',
  );
}

const settings = () => vscode.workspace.getConfiguration('itk3.sandbox');

export function createWindowSandbox({ log }: Output): WindowSandbox {
  const changed = new vscode.EventEmitter<void>();
  const delivered = new vscode.EventEmitter<string>();
  let running: Sandbox | undefined;
  let since: Date | undefined;
  let starting: Promise<Sandbox> | undefined;

  const start = async (port?: number): Promise<Sandbox> => {
    const known = knowledge();
    running = await startSandbox({
      port,
      strict: settings().get<unknown>('strict') === true,
      folder: wantedFolder(),
      receiver: createPractice(known, { odsCode: PRACTICE.odsCode }),
      workflows: registeredWorkflows(known, DEFAULT_MAILBOXES),
      people: [...registeredPeople(known, PRACTICE.mailbox), ...defaultPeople(DEFAULT_MAILBOXES)],
      onPlay: () => changed.fire(),
      onDeliver: (mailbox) => delivered.fire(mailbox),
      log: (line) => log(`sandbox ${line}`),
    });
    since = new Date();
    log(`sandbox listens on ${running.url}`);
    changed.fire();
    return running;
  };

  const stop = async (): Promise<void> => {
    await starting?.catch(() => undefined);
    const stopping = running;
    if (!stopping) return;
    running = undefined;
    await stopping.close();
    log('sandbox stopped');
    changed.fire();
  };

  return {
    get running() {
      return running;
    },
    get since() {
      return running && since;
    },
    onDidChange: changed.event,
    onDidDeliver: delivered.event,
    start(port) {
      if (running) return Promise.resolve(running);
      starting ??= start(port).finally(() => (starting = undefined));
      return starting;
    },
    stop,
    dispose() {
      void stop();
      changed.dispose();
      delivered.dispose();
    },
  };
}
