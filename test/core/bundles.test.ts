import { expectFindings } from '../marked';

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const entry = (n: number, resource: string): string =>
  `{ "fullUrl": "urn:uuid:${id(n)}", "resource": { ${resource} } }`;
const composition = (entries: string): string =>
  `"resourceType": "Composition", "status": "final", "type": { "text": "x" }, "subject": { "reference": "urn:uuid:${id(2)}" },
   "date": "2020", "author": [{ "display": "x" }], "title": "x", "section": [{ "title": "x", "entry": [${entries}] }]`;
const patient = '"resourceType": "Patient"';
const bundle = (type: string, ...entries: string[]): string =>
  `{ "resourceType": "Bundle", "type": "${type}", "identifier": { "system": "urn:x", "value": "1" }, "entry": [${entries.join(', ')}] }`;

describe('bundles', () => {
  it('that are documents start with their Composition', () => {
    expectFindings(bundle('document', entry(1, composition('{ "display": "x" }')), entry(2, patient)));
    expectFindings(
      bundle(
        'document',
        entry(2, patient).replace('"resource"', '⟦"resource"⟧'),
        entry(1, composition('{ "display": "x" }')),
      ),
      'first-entry: move the Composition to the front',
    );
    expectFindings(
      bundle('document', entry(2, patient).replace('"resource"', '⟦"resource"⟧')),
      'first-entry: there is none',
    );
    expectFindings('⟦{⟧ "resourceType": "Bundle", "type": "message" }', 'first-entry: there are none');
  });
  it('of other kinds start with anything', () => {
    expectFindings(bundle('collection', entry(2, patient)));
    expectFindings(bundle('constructor', entry(2, patient)).replace('"constructor"', '⟦$&⟧'), 'binding: "constructor"');
  });

  it('have a fullUrl for each entry of its own', () => {
    expectFindings(
      bundle('collection', entry(2, patient), entry(2, patient).replace(/("urn:uuid:[^"]*")/, '⟦$1⟧')),
      'full-url: Another entry of this bundle has the same fullUrl',
    );
    expectFindings(
      bundle(
        'document',
        entry(1, composition(`{ "reference": "Patient/${id(3)}" }`)),
        entry(2, patient),
        `⟦{⟧ "resource": { ${patient}, "id": "${id(3)}" } }`,
      ),
      'full-url: fullUrl is missing',
    );
    expectFindings(bundle('collection', `{ "resource": { ${patient} } }`));
  });
  it('may hold several versions of a resource', () =>
    expectFindings(
      bundle(
        'collection',
        entry(2, `${patient}, "meta": { "versionId": "1" }`),
        entry(2, `${patient}, "meta": { "versionId": "2" }`),
      ),
    ));
  it('have ids that agree with the fullUrl', () => {
    expectFindings(bundle('collection', entry(2, `${patient}, "id": "${id(2)}"`)));
    expectFindings(bundle('collection', entry(2, `${patient}, "id": "my-patient"`)));
    expectFindings(
      bundle('collection', entry(2, `${patient}, "id": "${id(3)}"`).replace(/("urn:uuid:[^"]*")/, '⟦$1⟧')),
      'full-url: the id of the resource',
    );
    expectFindings(
      bundle('collection', `{ "fullUrl": ⟦"https://example.org/Patient/1"⟧, "resource": { ${patient}, "id": "2" } }`),
      'full-url: names 1',
    );
  });
  it('hold nothing that nobody comes upon', () => {
    expectFindings(
      bundle(
        'document',
        entry(1, composition('{ "display": "x" }')),
        entry(2, patient),
        entry(3, patient).replace('"resource"', '⟦"resource"⟧'),
      ),
      'unreachable: Nothing leads from the Composition to this Patient',
    );
    expectFindings(
      bundle(
        'document',
        entry(1, composition(`{ "reference": "urn:uuid:${id(3)}" }`)),
        entry(2, patient),
        entry(
          3,
          `"resourceType": "List", "status": "current", "mode": "working", "entry": [{ "item": { "reference": "urn:uuid:${id(4)}" } }]`,
        ),
        entry(4, patient),
      ),
    );
  });
  it('may refer to one version of a resource', () => {
    const versioned = (version: string, mark = (text: string): string => text): string =>
      bundle(
        'document',
        entry(1, composition(`{ "reference": ${mark(`"Patient/1/_history/${version}"`)} }`)),
        entry(2, patient),
        `{ "fullUrl": "https://example.org/Patient/1", "resource": { ${patient}, "id": "1", "meta": { "versionId": "3" } } }`,
      );
    expectFindings(versioned('3'));
    expectFindings(
      versioned('2', (text) => `⟦${text}⟧`),
      'reference-missing: ',
    );
  });
  it('that are documents lead nowhere else', () =>
    expectFindings(
      bundle(
        'document',
        entry(1, composition('{ "reference": ⟦"https://example.org/Patient/1"⟧ }')),
        entry(2, patient),
      ),
      'reference-outside: points outside the document',
    ));
});
