import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tellCollected, whyStayed } from '../../exchange/collected';
import { storedName, storeInto } from '../../exchange/store-message';
import type { DownloadedMessage } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { knowledge } from '../knowledge';

const data = (body: string | Buffer): DownloadedMessage => ({
  kind: 'data',
  messageType: 'DATA',
  messageId: '20261121_AB12CD',
  from: 'X26SURGERY',
  subject: 'Supply for Testwell',
  fileName: 'testwell.json',
  chunk: { part: 1, of: 1 },
  body: Buffer.from(body),
});

const report: DownloadedMessage = {
  kind: 'report',
  messageType: 'REPORT',
  messageId: 'R1',
  chunk: { part: 1, of: 0 },
  body: Buffer.alloc(0),
  report: { code: '14', linkedMessageId: 'M1', meaning: 'Not collected.' },
};

describe('a message that is stored', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'itk3-store-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is there byte for byte, with its outside beside it', async () => {
    const body = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x0d, 0x0a, 0x7d, 0xff]);
    const file = await storeInto(folder, data(body), knowledge());
    assert.deepEqual(readFileSync(file), body);
    const outside = JSON.parse(readFileSync(`${file}.mesh.json`, 'utf8')) as Record<string, unknown>;
    assert.deepEqual([outside.from, outside.subject, outside.body], ['X26SURGERY', 'Supply for Testwell', undefined]);
    assert.equal(readdirSync(folder).length, 2);
  });

  it('has a name without the patient', () => {
    assert.equal(storedName(data('{}'), knowledge()), '20261121_AB12CD-message.json');
    assert.equal(storedName(data('<Bundle/>'), knowledge()), '20261121_AB12CD-message.xml');
    assert.equal(storedName(data(Buffer.from('<Bundle/>', 'utf16le')), knowledge()), '20261121_AB12CD-message.xml');
    assert.equal(storedName(data('\u0000'), knowledge()), '20261121_AB12CD-message.dat');
    assert.equal(storedName({ ...data('{}'), messageId: '../../etc' }, knowledge()), '.._.._etc-message.json');
  });

  it('keeps of a report what stood on its outside', async () => {
    const file = await storeInto(folder, report, knowledge());
    assert.equal(path.basename(file), 'R1-report-14.json');
    assert.match(readFileSync(file, 'utf8'), /"linkedMessageId": "M1"/);
  });
});

describe('what is told of an inbox that was collected', () => {
  it('counts what went and what stays', () => {
    const failure = { messageId: 'M2', at: 'download' as const, error: new MeshError('refused', 'It is gone.') };
    assert.equal(tellCollected({ collected: [], failed: [] }), 'There was nothing to collect.');
    assert.equal(tellCollected({ collected: ['M1'], failed: [] }), '1 message stored and taken out.');
    assert.equal(
      tellCollected({ collected: ['M1', 'M3'], failed: [failure] }),
      '2 messages stored and taken out, 1 stays in the mailbox.',
    );
  });

  it('says why one stays, and nothing of a path', () => {
    const full = Object.assign(new Error('ENOSPC: /home/testwell/inbox'), { code: 'ENOSPC' });
    assert.equal(whyStayed({ messageId: 'M', at: 'store', error: full }), 'It could not be stored (ENOSPC).');
    const lost = new MeshError('network', 'No way there.');
    assert.equal(
      whyStayed({ messageId: 'M', at: 'acknowledge', error: lost }),
      'It is stored, but MESH could not be told: No way there.',
    );
  });
});
