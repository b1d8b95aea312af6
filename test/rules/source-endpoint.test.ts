import { expectOf, request, response } from './whole';
import assert from 'node:assert/strict';
import { readJson } from '../../core/document/json-document';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';

describe('rule source-endpoint', () => {
  const written = (endpoint: string): string => request(['"X26PHARMACY"', endpoint]);

  it('right', () => {
    for (const right of ['"X26PHARMACY"', '"MESHGP0001"', '"NOROT003"', '"SENDER_MESH_MAILBOX_ID"'])
      expectOf('source-endpoint', written(right));
    expectOf('source-endpoint', response('20013'));
  });

  for (const [endpoint, what] of [
    ['urn:nhs-uk:addressing:ods:FZZ99', 'older ITK messages'],
    ['1.2.826.0.1285.0.2.0.107', 'an OID'],
    ['urn:oid:1.2.826.0.1285', 'an OID'],
    ['urn:uuid:00000000-0000-4000-8000-000000000000', 'a urn'],
    ['https://mesh.example.nhs.uk/X26PHARMACY', 'a url'],
    ['pharmacy@example.nhs.uk', 'a mail address'],
    ['GPPROVIDER_9990000018_19560131_Testwell', 'MESH routes by'],
    ['X26/PHARMACY', 'X26ABC1'],
  ] as const)
    it(`not ${endpoint}`, () => expectOf('source-endpoint', written(`⟦"${endpoint}"⟧`), [['warning', what]]));

  it('does not repeat who the patient is', () => {
    const text = written('"GPPROVIDER_9990000018_19560131_Testwell"');
    const { findings } = checkDocument(readJson(text), knowledge());
    const found = findings.find((f) => f.rule === 'source-endpoint')!;
    assert.doesNotMatch(JSON.stringify(found), /999|1956|Testwell/);
  });
});
