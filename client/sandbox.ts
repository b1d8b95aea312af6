import * as vscode from 'vscode';
import { createPractice } from '../mesh/sandbox/receiver';
import { DEFAULT_MAILBOXES, type SandboxMailbox } from '../mesh/sandbox/mailboxes';
import { type Sandbox, startSandbox } from '../mesh/sandbox/sandbox';
import { knowledge } from './knowledge';
import type { Output } from './output';
import type { Place } from './place';

/** The sandbox of this window: at most one, and it ends with the window. */
export interface WindowSandbox {
  readonly running: Sandbox | undefined;
  readonly onDidChange: vscode.Event<void>;
  /** The running one if there is one. Rejects with a MeshError when the port cannot be had. @param port 0 for any free one; without it, the sandbox's own default */
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
  return { name, mailbox, endpoint: new URL(sandbox.url), sandbox: PHARMACY };
}

/** The port of the settings; undefined when it holds nonsense. */
export function wantedPort(): number | undefined {
  const port = vscode.workspace.getConfiguration('itk3').get<unknown>('sandbox.port');
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}

export function createWindowSandbox({ log }: Output): WindowSandbox {
  const changed = new vscode.EventEmitter<void>();
  let running: Sandbox | undefined;
  let starting: Promise<Sandbox> | undefined;

  const start = async (port?: number): Promise<Sandbox> => {
    const receiver = createPractice(knowledge(), { odsCode: PRACTICE.odsCode });
    running = await startSandbox({ port, receiver, log: (line) => log(`sandbox ${line}`) });
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
    onDidChange: changed.event,
    start(port) {
      if (running) return Promise.resolve(running);
      starting ??= start(port).finally(() => (starting = undefined));
      return starting;
    },
    stop,
    dispose() {
      void stop();
      changed.dispose();
    },
  };
}
