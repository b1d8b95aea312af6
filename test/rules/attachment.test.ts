import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { documentBundle, section } from '../faults/fault';
import { example, wrong } from './example';
import { ALLERGIES } from './rows';

describe('rule attachment', () => {
  const attach = (contentType: string, content: string): string =>
    example((m: Loose) => {
      const fullUrl = 'urn:uuid:00000000-0000-4000-8000-000000000001';
      const id = fullUrl.slice('urn:uuid:'.length);
      documentBundle(m).entry.push({ fullUrl, resource: { resourceType: 'Binary', id, contentType, content } });
      section(m, ALLERGIES).entry.push({ reference: fullUrl });
    });
  it('a PDF', () => expectFindings(attach('application/pdf', 'JVBERi0xLjQK')));
  it('a picture', () => expectFindings(attach(wrong('image/png'), 'iVBORw0KGgo='), 'attachment: application/pdf'));
  it('a PDF that is none', () =>
    expectFindings(attach(wrong('application/pdf'), 'iVBORw0KGgo='), 'attachment: starts with JVBERi'));
});
