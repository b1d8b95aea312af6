import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { documentBundle } from '../faults/fault';
import { copy } from '../faults/of-rule';
import { example, wrong } from './example';

describe('rule one-document', () => {
  const second = (m: Loose): Loose => {
    const id = '00000000-0000-4000-8000-000000000007';
    return { fullUrl: `urn:uuid:${id}`, resource: { ...copy(documentBundle(m)), id, type: wrong('document') } };
  };
  it('one is right', () => expectFindings(example(() => undefined)));
  it('another kind of bundle is no document', () =>
    expectFindings(
      example((m) =>
        m.entry.push({
          fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000007',
          '⟦resource⟧': { resourceType: 'Bundle', type: 'collection' },
        }),
      ),
      'unreachable: ',
    ));
  it('two', () =>
    expectFindings(
      example((m) => m.entry.push(second(m))),
      'one-document: in a message of its own',
    ));
  it('one in the other', () =>
    expectFindings(
      example((m) => documentBundle(m).entry.push(second(m))),
      'one-document: carries one document',
    ));
});
