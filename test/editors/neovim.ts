// Neovim, headless, in a home of its own: it installs nothing, keeps nothing and reads nobody's configuration.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';

/** Beside the sources, not beside what was compiled. */
const SCRIPT = path.resolve('test/editors/neovim.lua');

/** What there is to do, in the words of the script: its function, then what that is given. */
export type Step =
  | ['open', string]
  | ['format' | 'outline']
  | ['hover' | 'define', string]
  | ['complete', string, string?]
  | ['act' | 'change', string, string];

export interface Visit {
  transcript: string;
  /** By uri, what was published last. */
  published: Record<string, PublishDiagnosticsParams>;
}

/** For instance "0.7.2"; undefined where Neovim is not installed, or is too old to have a language client. */
export function neovimVersion(): string | undefined {
  const { stdout, status } = spawnSync('nvim', ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const found = status === 0 ? /^NVIM v(\d+)\.(\d+)\.(\d+)/.exec(stdout) : null;
  return found && (Number(found[1]) > 0 || Number(found[2]) >= 7) ? found.slice(1, 4).join('.') : undefined;
}

/** @param home a folder that is empty, and thrown away afterwards */
export function visit(home: string, encoding: string, steps: readonly Step[], settings: object = {}): Visit {
  const result = path.join(home, 'result.json');
  const cmd = [process.execPath, path.resolve('dist/cli.js'), 'lsp', '--stdio'];
  const { status, stderr, error } = spawnSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-S', SCRIPT], {
    encoding: 'utf8',
    timeout: 100_000,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      ...Object.fromEntries(['CONFIG', 'DATA', 'STATE', 'CACHE'].map((name) => [`XDG_${name}_HOME`, home])),
      LANG: 'C.UTF-8',
      ITK3_ASKED: JSON.stringify({ cmd, encoding, steps, settings, folder: home, result }),
    },
  });
  if (error) throw error;
  if (status !== 0 || !fs.existsSync(result)) throw new Error(`Neovim ended with ${status}: ${stderr}`);
  const { transcript, published, problem } = JSON.parse(fs.readFileSync(result, 'utf8')) as {
    transcript: string[];
    published: Visit['published'];
    problem: string | null;
  };
  if (problem !== null) throw new Error(`${problem}\n${transcript.join('\n')}\n${stderr}`);
  return { transcript: `${transcript.join('\n').trim()}\n`, published };
}
