import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract, everyDifferenceHasItsCase } from './contract';
import { oursAsPeer, secure } from './contract/ours';
import type { Secure } from './contract/ours';

contract('our sandbox', () => oursAsPeer());
contract('our sandbox, with a folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'itk3-contract-'));
  const peer = await oursAsPeer({ folder });
  const stop = async () => {
    await peer.stop();
    rmSync(folder, { recursive: true });
  };
  return { ...peer, stop };
});
contract('our sandbox, strict', () => oursAsPeer({ strict: true }));

describe('contract over TLS', () => {
  let certificates: Secure;
  before(async () => {
    certificates = await secure();
  });
  contract('our sandbox, asking for client certificates', () => oursAsPeer({ secure: certificates }));
});

describe('contract', everyDifferenceHasItsCase);
