import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

export async function stopSandbox({ sandbox }: Toolkit): Promise<void> {
  if (!sandbox.running) {
    tell('information', 'No MESH sandbox runs in this window.');
    return;
  }
  await sandbox.stop();
  tell('information', 'The MESH sandbox has stopped. Its messages are gone with it.');
}
