// What a subcommand sees of the world outside: all of it is a parameter, so that tests run the same code in-process.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker as Thread } from 'node:worker_threads';
import type { Knowledge } from '../core/knowledge';
import { type Loaded, loadWithPackages } from '../profiles/load';
import { type Ask, askingAt } from './ask';
import { CommandError } from './exit';
import type { Worker } from './judging/pool';
import type { Watcher } from './judging/watch';
import { fileWatcher } from './judging/watcher';
import type { Orders } from './judging/worker';

export interface Output {
  write(text: string): unknown;
  /** True when a person watches: colour is allowed. */
  isTTY?: boolean;
  columns?: number;
  /** Resolves once what was written has gone: who reads slowly must not make this process keep it all. */
  drained?: () => Promise<void>;
}

export interface Terminal {
  stdout: Output;
  /** Sentences about what went wrong with the command itself. */
  stderr: Output;
  stdin: AsyncIterable<Uint8Array>;
  /** File names are relative to this folder. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Where the build left what it made: the folder of the bundle. */
  folder: string;
  /** Loaded from `folder` when first asked for, once. */
  knowledge: () => Knowledge;
  /** The same with the person's own packages of profiles on top. */
  withPackages: (paths: readonly string[]) => Loaded;
  now: () => Date;
  randomUUID: () => string;
  /** From 0 up to 1, as Math.random. */
  random: () => number;
  /** Threads that help to judge many files, where there are any: how many pay, and one more of them. */
  crew?: { cores: number; hire: (orders: Orders) => Worker };
  /** Undefined where nobody is there to be asked, as in a pipeline. */
  ask?: Ask;
  /** Lets milliseconds pass; rejects when the signal stops it. Without one, they pass as they do. */
  wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Tells when files change. */
  watcher?: Watcher;
  /** Aborted when the person presses Ctrl+C; from the first call on the process no longer ends by itself then. */
  interrupted: () => AbortSignal;
}

/**
 * Of one thread that judges, which gets messages of 2 MB at most (judging/many.ts): with room for more, each would take it for
 * nothing.
 */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/** The terminal of this process. */
export function processTerminal(folder: string): Terminal {
  let knowledge: Knowledge | undefined;
  let interrupt: AbortController | undefined;
  return {
    stdout: drainable(process.stdout),
    stderr: process.stderr,
    // Not touched until someone reads it: an opened standard input would keep the process alive.
    stdin: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array> },
    cwd: process.cwd(),
    env: process.env,
    folder: path.resolve(folder),
    knowledge: () => (knowledge ??= load(folder, []).knowledge),
    withPackages: (paths) => load(folder, paths),
    now: () => new Date(),
    randomUUID,
    random: Math.random,
    crew: {
      cores: availableParallelism(),
      hire: (orders) => new Thread(path.join(folder, 'worker.js'), { workerData: orders, resourceLimits: LIMITS }),
    },
    // Looked at first when somebody is to be asked: it opens standard input.
    get ask() {
      return askingAt(process.stdin, process.stderr);
    },
    watcher: fileWatcher,
    interrupted() {
      if (!interrupt) {
        const controller = (interrupt = new AbortController());
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
      }
      return interrupt.signal;
    },
  };
}

function drainable(stream: NodeJS.WriteStream): Output {
  return Object.assign(stream, {
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
  });
}

function load(folder: string, paths: readonly string[]): Loaded {
  try {
    return loadWithPackages(folder, { paths, folder: process.cwd() });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== 'ENOENT' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new CommandError('What itk3 knows is missing beside it: build it with npm run build, or install it again.');
  }
}
