// The sandbox's page as text: what it shows, and that nothing from outside can become a part of it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { html } from '../../mesh/sandbox/html';
import { type PageMessage, pageOf, type PageView } from '../../mesh/sandbox/page';
import { pageHeaders, sizeText } from '../../mesh/sandbox/page-frame';

const EMPTY: PageView = {
  url: 'http://127.0.0.1:8700',
  strict: false,
  tls: 'none',
  publicSecrets: { password: 'password', sharedKey: 'TestKey' },
  mailboxes: [
    { mailbox: 'X26PHARMACY', name: 'Sandbox pharmacy', odsCode: 'X26', answered: false, waiting: 0 },
    { mailbox: 'X26SURGERY', name: 'Sandbox GP practice', odsCode: 'X26', answered: true, waiting: 3 },
  ],
  messages: [],
  total: 0,
  groups: [
    {
      title: 'Answers',
      folded: false,
      scenarios: [{ name: 'silence', says: 'Takes the message, and never answers.' }],
    },
    { title: 'Codes', folded: true, scenarios: [{ name: '30003', says: 'The patient is not known.' }] },
  ],
};

const MESSAGE: PageMessage = {
  id: '20261204050607000001_ABCDEF',
  at: new Date('2026-12-04T05:06:07Z'),
  from: 'X26PHARMACY',
  to: 'GPPROVIDER_***',
  workflowId: 'DIGMED_EMG_MED',
  bytes: 39_612,
  parts: 1,
  of: 1,
  status: 'acknowledged',
  told: 'Answered with 20013, then 30001',
};

const withMessages = (...messages: PageMessage[]): PageView => ({ ...EMPTY, messages, total: messages.length });

/** What a reader sees: no tags, one space between words. */
const textOf = (page: string) =>
  page
    .replace(/<(style|script)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/(&nbsp;|\s)+/g, ' ');

describe('the page of the sandbox', () => {
  it('says what it is, where it listens and what becomes of messages', () => {
    const plain = textOf(pageOf(EMPTY, 'n'));
    for (const part of ['http://127.0.0.1:8700', 'NHS England’s own sandbox', 'Plain http', 'memory'])
      assert.ok(plain.includes(part), part);
    const hard = textOf(pageOf({ ...EMPTY, strict: true, tls: 'both', folder: '/data/mesh' }, 'n'));
    for (const part of ['Strict', 'a client certificate is demanded', 'kept in /data/mesh'])
      assert.ok(hard.includes(part), part);
  });

  it('names the mailboxes, how many wait in each, and secrets only when they are the public ones', () => {
    const text = textOf(pageOf(EMPTY, 'n'));
    assert.match(text, /X26PHARMACY Sandbox pharmacy, ODS code X26 .*? 0 waiting/);
    assert.match(text, /X26SURGERY Sandbox GP practice, ODS code X26 .*? 3 waiting/);
    assert.match(text, /Password password , shared key TestKey/);
    assert.doesNotMatch(textOf(pageOf({ ...EMPTY, publicSecrets: undefined }, 'n')), /Password|shared key/);
  });

  it('says how to begin while there is no message', () => {
    const text = textOf(pageOf(EMPTY, 'n'));
    assert.match(text, /No message yet .*Send message to MESH mailbox….*From X26PHARMACY To X26SURGERY/);
    assert.doesNotMatch(textOf(pageOf(withMessages(MESSAGE), 'n')), /No message yet/);
  });

  it('shows of a message when, from whom, to whom, how large, and what became of it', () => {
    const text = textOf(pageOf(withMessages({ ...MESSAGE, note: 'None was wanted.' }), 'n'));
    assert.match(
      text,
      /4 Dec 05:06:07 .*X26PHARMACY → GPPROVIDER_\*\*\* DIGMED_EMG_MED 39\.6 KB acknowledged Answered with 20013, then 30001 None was wanted\./,
    );
  });

  it('tells parts, and how many have come', () => {
    const parts = textOf(pageOf(withMessages({ ...MESSAGE, bytes: 5e7, parts: 2, of: 7, status: 'uploading' }), 'n'));
    assert.match(parts, /50\.0 MB 2 of 7 parts uploading/);
    assert.match(textOf(pageOf(withMessages({ ...MESSAGE, parts: 7, of: 7 }), 'n')), /39\.6 KB 7 parts/);
  });

  it('says so when there are more messages than it shows', () => {
    assert.match(textOf(pageOf({ ...withMessages(MESSAGE), total: 1204 }, 'n')), /the newest 1 of 1,204/);
  });

  it('marks the scenario that plays, in the list and above all, with a way back', () => {
    const calm = pageOf(EMPTY, 'n');
    assert.match(calm, /value=""\s+aria-pressed="true"/);
    assert.match(calm, /value="silence"\s+aria-pressed="false"/);
    assert.doesNotMatch(calm, /Every message meets/);
    const playing = pageOf({ ...EMPTY, playing: 'silence' }, 'n');
    assert.match(playing, /<title>silence · MESH sandbox 127\.0\.0\.1:8700<\/title>/);
    assert.match(playing, /value="silence"\s+aria-pressed="true"/);
    assert.match(textOf(playing), /Every message meets silence \. Takes the message, and never answers\./);
    assert.match(pageOf({ ...EMPTY, playing: '30003' }, 'n'), /<details id="group-1" open>/);
  });

  it('says how to choose a scenario for one message', () => {
    assert.match(textOf(pageOf(EMPTY, 'n')), /SenderReference sandbox:NAME/);
  });

  it('fetches nothing from anywhere, and has no script or style that its policy does not name', () => {
    const page = pageOf(withMessages(MESSAGE), 'chosen');
    assert.doesNotMatch(page.replaceAll('http://127.0.0.1:8700', ''), /https?:|\bsrc=|@import|url\(|\bstyle=|\son\w+=/);
    assert.deepEqual(page.match(/<(style|script)(>| [^>]*>)/g), ['<style nonce="chosen">', '<script nonce="chosen">']);
    const headers = pageHeaders('chosen');
    assert.match(
      headers['content-security-policy'] ?? '',
      /^default-src 'none'; style-src 'nonce-chosen'; script-src 'nonce-chosen';/,
    );
    assert.match(headers['content-security-policy'] ?? '', /frame-ancestors 'none'/);
    assert.equal(headers['cache-control'], 'no-store');
  });

  it('shows whatever anybody wrote as text: no value becomes a tag, an attribute or an entity', () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onclick='alert(1)",
        '</style>',
        '&lt;',
      ),
      fc.string(),
    );
    const tagsOf = (page: string) => page.match(/<[^>]*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""'));
    const view = (text: string): PageView => ({
      ...withMessages({ ...MESSAGE, from: text, to: text, workflowId: text, status: text, told: text, note: text }),
      url: text,
      folder: text,
      publicSecrets: { password: text, sharedKey: text },
      mailboxes: EMPTY.mailboxes.map((mailbox) => ({ ...mailbox, mailbox: text, name: text, odsCode: text })),
      groups: [true, false].map((folded) => ({ title: text, folded, scenarios: [{ name: text, says: text }] })),
      playing: 'none of them',
    });
    const calm = tagsOf(pageOf(view('calm'), 'n'));
    fc.assert(
      fc.property(nasty, (text) => {
        assert.deepEqual(tagsOf(pageOf(view(text), 'n')), calm);
      }),
    );
  });
});

describe('html', () => {
  it('escapes what is put in, unless it came out of a template', () => {
    assert.equal(html`<p title="${'"\''}">${'<b>&'}</p>`.text, '<p title="&quot;&#39;">&lt;b&gt;&amp;</p>');
    assert.equal(
      html`<p>${html`<b>${'<'}</b>`}${[html`<i></i>`, html`<u></u>`]}</p>`.text,
      '<p><b>&lt;</b><i></i><u></u></p>',
    );
  });

  it('writes nothing for what is not there, and the number nought', () => {
    assert.equal(html`<p>${undefined}${false}${0}</p>`.text, '<p>0</p>');
  });

  it('shows marks that turn or hide text as a dot', () => {
    assert.equal(html`${'a\u202Eb\u0000c\nd'}`.text, 'a·b·c\nd');
  });
});

describe('the size of a message', () => {
  for (const [bytes, text] of [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 KB'],
    [39_612, '39.6 KB'],
    [312_400, '312 KB'],
    [999_949, '1,000 KB'],
    [999_950, '1.0 MB'],
    [262_144_000, '262 MB'],
  ] as const)
    it(`is ${text} for ${bytes} bytes`, () => assert.equal(sizeText(bytes), text));
});
