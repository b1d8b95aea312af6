// The page of a preview: what comes out of a message is escaped, whatever it says.
import assert from 'node:assert/strict';
import { readJson } from '../../core/document/json-document';
import { previewOf } from '../../core/preview/preview';
import { checkDocument } from '../../core/validate/check-document';
import { answerHtml } from '../../client/preview/answer-html';
import { deedOf } from '../../client/preview/attachment-kinds';
import { pageParts, verdictHtml } from '../../client/preview/page-html';
import { knowledge } from '../knowledge';
import { request } from '../rules/whole';

function partsOf(text: string): { key: string; html: string }[] {
  const { message, findings } = checkDocument(readJson(text), knowledge(), { now: 0 });
  assert.ok(message);
  return pageParts(previewOf(message, findings, knowledge()));
}

describe('the page of a preview', () => {
  it('is made of parts, so that a change of one leaves the others alone', () => {
    const before = partsOf(request());
    const after = partsOf(request(['Type 2 diabetes', 'Type 1 diabetes']));
    assert.deepEqual(
      before.map(({ key }) => key),
      ['head', 'patient', 'envelope', ...before.slice(3, 13).map((_, i) => `section-${i}`), 'beyond'],
    );
    assert.deepEqual(
      after.filter(({ html }, i) => html !== before[i]?.html).map(({ key }) => key),
      ['section-4'],
    );
  });

  it('escapes every text of a message', () => {
    const poison = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const message = JSON.parse(request());
    const poisoned = JSON.stringify(message, (key, value: unknown) =>
      typeof value === 'string' &&
      !['resourceType', 'reference', 'fullUrl', 'url', 'system', 'div', 'type'].includes(key)
        ? poison + value
        : value,
    );
    const written = partsOf(poisoned)
      .map(({ html }) => html)
      .join('');
    assert.ok(written.includes('&lt;script&gt;'));
    assert.doesNotMatch(written, /<script|<img|onerror=alert\(1\)>(?!&)/);
    for (const [tag] of written.matchAll(/<[a-z][^>]*>/g))
      assert.doesNotMatch(tag, /\son[a-z]+\s*=|\sstyle\s*=|\shref\s*=/);
  });

  it('shows no mark that turns the direction of reading', () => {
    assert.doesNotMatch(partsOf(request(['Marmaduke', 'Mar\u202emaduke']))[1]!.html, /\u202e/);
  });

  it('says in one line what was found', () => {
    const sentence = (errors: number, warnings: number, notes: number) =>
      verdictHtml({ errors, warnings, notes, breaks: [] })
        .replace(/<svg.*?<\/svg>|<[^>]+>/gs, '')
        .trim();
    assert.equal(sentence(0, 0, 0), 'No problems');
    assert.equal(sentence(1, 2, 0), '1 error, 2 warnings');
    assert.equal(sentence(0, 0, 1), '1 note');
  });

  it('puts what an answer says before everything else', () => {
    const answer = answerHtml(
      {
        verdict: 'not delivered',
        headline: '',
        sentence: 'MESH did not deliver <it>.',
        meaning: 'No such mailbox.',
        next: 'Send it again.',
        facts: [{ label: 'Code', value: 'EPL-154' }],
      },
      false,
    ).text;
    assert.match(answer, /class="answer not-delivered"/);
    assert.match(answer, /<h1>MESH did not deliver &lt;it&gt;\.<\/h1>/);
    assert.doesNotMatch(answer, /<button/);
  });
});

describe('an attachment', () => {
  it('is opened only as text or pixels, and never named as a program', () => {
    assert.equal(deedOf('image/png').deed, 'open');
    assert.equal(deedOf('Text/Plain; charset=utf-8').extension, 'txt');
    assert.deepEqual(deedOf('text/html').extension, 'txt');
    assert.deepEqual(deedOf('image/svg+xml').extension, 'txt');
    for (const type of ['application/pdf', 'application/x-msdownload', '', 'constructor', 'application/javascript'])
      assert.equal(deedOf(type).deed, 'save', type);
    assert.equal(deedOf('application/x-msdownload').extension, 'bin');
  });
});
