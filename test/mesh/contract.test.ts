import { contract, everyDifferenceHasItsCase } from './contract';
import { oursAsPeer } from './contract/ours';

contract('our sandbox', () => oursAsPeer());
describe('contract', everyDifferenceHasItsCase);
