// A sandbox in this process, and itk3 run against it with a folder of its own for what it has sent.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Terminal } from '../../cli/terminal';
import type { Entry } from '../../exchange/journal';
import { createMeshClient, type MeshClient } from '../../mesh/client';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createPractice } from '../../mesh/sandbox/receiver';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../mesh/sandbox/sandbox';
import { knowledge } from '../knowledge';
import { itk3, type Ran, temporaryFolder, VALID } from './terminal';

export const NOW = new Date('2026-12-04T05:06:07Z');

export interface Bench {
  readonly sandbox: Sandbox;
  readonly port: string;
  readonly folder: string;
  /** Another sandbox in the place of the one that runs. */
  start(options?: SandboxOptions): Promise<void>;
  file(name: string, content: string): string;
  run(argv: string[], change?: Partial<Terminal>): Promise<Ran>;
  /** Ids of what lies in a mailbox. */
  lies(mailbox?: string): Promise<string[]>;
  /** What was written down of all that was sent. */
  journal(): Entry[];
}

/** Sets up and takes down around each test of the suite that calls this. */
export function bench(): Bench {
  const folder = temporaryFolder();
  let sandbox: Sandbox;
  const start = async (options: SandboxOptions = {}): Promise<void> => {
    const receiver = createPractice(knowledge(), { odsCode: 'X26', now: () => NOW });
    sandbox = await startSandbox({ port: 0, mailboxes: DEFAULT_MAILBOXES, receiver, now: () => NOW, ...options });
  };
  beforeEach(async () => {
    await start();
    folder.file('message.json', VALID);
  });
  afterEach(() => sandbox.close());
  return {
    get sandbox() {
      return sandbox;
    },
    get port() {
      return String(sandbox.port);
    },
    get folder() {
      return folder.path;
    },
    async start(options) {
      await sandbox.close();
      await start(options);
    },
    file: folder.file,
    run: (argv, { env, ...change } = {}) =>
      itk3(argv, {
        cwd: folder.path,
        now: () => NOW,
        wait: () => sandbox.settled(),
        env: { ITK3_STATE: path.join(folder.path, 'state'), ...env },
        ...change,
      }),
    async lies(mailbox = 'X26SURGERY') {
      await sandbox.settled();
      return clientOf(sandbox, mailbox).inbox();
    },
    journal() {
      const where = path.join(folder.path, 'state', 'journal');
      const files = existsSync(where) ? readdirSync(where) : [];
      return files.flatMap((name) =>
        readFileSync(path.join(where, name), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Entry),
      );
    },
  };
}

export function clientOf({ url, mailboxes }: Sandbox, mailbox: string): MeshClient {
  const account = mailboxes.find((one) => one.mailbox === mailbox);
  assert.ok(account);
  return createMeshClient({ endpoint: new URL(url), ...account }, { now: () => NOW });
}

/** Without the receiver, so that what was sent lies where it can be counted. */
export const UNANSWERED = { receiver: undefined } as const;

/** A person who answers in this order, and what was asked. */
export function person(...answers: (string | undefined)[]) {
  const asked: { question: string; secret: boolean }[] = [];
  const ask: Terminal['ask'] = (question, { secret = false } = {}) => {
    asked.push({ question, secret });
    return Promise.resolve(answers.shift());
  };
  return { asked, ask };
}
