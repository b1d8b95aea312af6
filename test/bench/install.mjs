// Installs this room's own packages when they are absent or out of date.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installRoom } from '../../scripts/install-room.mjs';

export const installPeers = () =>
  installRoom(path.dirname(fileURLToPath(import.meta.url)), 'the peers to measure against');
