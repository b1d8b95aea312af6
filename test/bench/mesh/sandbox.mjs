// A sandbox in a process of its own, with its messages in a folder: told over IPC where, gone with whoever started it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { startSandbox } = require('../../../out/mesh/sandbox/sandbox.js');

process.on('disconnect', () => process.exit());
const { url, mailboxes } = await startSandbox({ port: 0, folder: process.argv[2] });
process.send({ url, mailboxes });
