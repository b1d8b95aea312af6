import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { composition, documentBundle } from '../faults/fault';
import { copy } from '../faults/of-rule';
import { example, wrong, wrongKey } from './example';

describe('rule replacement', () => {
  const replacing = (m: Loose, targetIdentifier: Loose): void => {
    composition(m).relatesTo = [{ code: 'replaces', targetIdentifier }];
  };
  const marked = (identifier: Loose): Loose => ({ ...copy(identifier), value: wrong(identifier.value as string) });

  it('another document', () =>
    expectFindings(
      example((m) =>
        replacing(m, { system: 'https://tools.ietf.org/html/rfc4122', value: '00000000-0000-4000-8000-000000000001' }),
      ),
    ));
  it('itself', () =>
    expectFindings(
      example((m) => replacing(m, marked(composition(m).identifier))),
      'replacement: cannot replace itself',
    ));
  it('the bundle', () =>
    expectFindings(
      example((m) => replacing(m, marked(documentBundle(m).identifier))),
      'replacement: the bundle around this document',
    ));
  it('by reference', () =>
    expectFindings(
      example((m) => {
        composition(m).relatesTo = [{ code: 'replaces', targetReference: { reference: 'Composition/1' } }];
        wrongKey(composition(m).relatesTo[0], 'targetReference');
      }),
      'replacement: targetIdentifier',
    ));
  it('itself by reference', () =>
    expectFindings(
      example((m) => {
        const reference = wrong(documentBundle(m).entry[0].fullUrl as string);
        composition(m).relatesTo = [{ code: 'replaces', targetReference: { reference } }];
      }),
      'replacement: cannot replace itself',
    ));
  it('half an identifier', () =>
    expectFindings(
      example((m) => {
        replacing(m, { value: '00000000-0000-4000-8000-000000000001' });
        wrongKey(composition(m).relatesTo[0], 'targetIdentifier');
      }),
      'replacement: system missing',
    ));
});
