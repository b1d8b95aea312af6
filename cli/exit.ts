// How a command ends.

export const EXIT = { ok: 0, findings: 1, misuse: 2, interrupted: 130 } as const;

/** The command cannot do what it was asked: `message` says in one sentence what is wrong and what to do. Exit code 2. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
