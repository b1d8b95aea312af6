import { contract, everyDifferenceHasItsCase } from './contract';
import { oursAsPeer, secure } from './contract/ours';
import type { Secure } from './contract/ours';

contract('our sandbox', () => oursAsPeer());
contract('our sandbox, strict', () => oursAsPeer({ strict: true }));

describe('contract over TLS', () => {
  let certificates: Secure;
  before(async () => {
    certificates = await secure();
  });
  contract('our sandbox, asking for client certificates', () => oursAsPeer({ secure: certificates }));
});

describe('contract', everyDifferenceHasItsCase);
