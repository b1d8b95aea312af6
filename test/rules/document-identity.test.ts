import { expectFindings } from '../marked';
import { documentBundle } from '../faults/fault';
import { example, without, wrongEntry, wrongKey } from './example';

describe('rule document-identity', () => {
  it('both are there', () => expectFindings(example(() => undefined)));
  it('of other bundles nothing is asked', () =>
    expectFindings(
      '{ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": { "resourceType": "Basic", "code": { "text": "x" } } }] }',
    ));
  it('no id', () =>
    expectFindings(
      example((m) => {
        delete documentBundle(m).id;
        wrongEntry(m, documentBundle(m));
      }),
      'document-identity: id is missing',
    ));
  it('no time of assembly', () =>
    expectFindings(
      example((m) => {
        delete documentBundle(m).meta.lastUpdated;
        wrongKey(documentBundle(m), 'meta');
      }),
      'document-identity: meta.lastUpdated is missing',
    ));
  it('a document without a message has them too', () =>
    expectFindings(
      example((m) => {
        const document: object = documentBundle(m);
        without(m, 'meta');
        Object.assign(m as object, document);
        delete m.meta.lastUpdated;
        wrongKey(m, 'meta');
      }),
      'document-identity: meta.lastUpdated',
    ));
});
