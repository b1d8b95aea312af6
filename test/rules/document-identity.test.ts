import { expectFindings } from '../marked';
import { documentBundle } from '../faults/fault';
import { example, wrongEntry, wrongKey } from './example';

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
        const document = documentBundle(m);
        for (const key of Object.keys(m)) Reflect.deleteProperty(m, key);
        Object.assign(m, document);
        delete m.meta.lastUpdated;
        wrongKey(m, 'meta');
      }),
      'document-identity: meta.lastUpdated',
    ));
});
