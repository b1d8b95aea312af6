import type { Toolkit } from '../toolkit';

/** Starts the language server anew, and one that was given up. */
export async function restartServer({ restartServer: restart }: Toolkit): Promise<void> {
  await restart();
}
