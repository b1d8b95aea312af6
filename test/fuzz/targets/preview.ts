// The page of a preview: whatever the message says, nothing of it runs, leads elsewhere or breaks out of its place.
import assert from 'node:assert/strict';
import { pageParts, verdictHtml } from '../../../client/preview/page-html';
import { answerHtml } from '../../../client/preview/answer-html';
import { previewOf, verdictOf } from '../../../core/preview/preview';
import { shownAt } from '../../../core/preview/spot';
import { readResponse } from '../../../core/itk3/response';
import { sentenceOfResponse } from '../../../exchange/response-sentence';
import { knowledge } from '../../knowledge';
import { mutate } from '../mutate-value';
import { mutated, written } from '../messages';
import { hostileDiv } from '../odd';
import { judge } from '../oracles';
import type { Random } from '../random';
import { type Target, textCase } from '../target';

const ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr acronym address article aside b bdo big blockquote br button caption cite code col colgroup dd del details dfn div dl dt em
  figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p path pre q s samp section small span strong
  sub summary sup svg circle line polyline rect g table tbody td tfoot th thead tr tt u ul var`.split(/\s+/),
);
const ATTRIBUTE =
  /^(?:class|id|title|lang|dir|scope|colspan|rowspan|span|start|type|value|alt|src|width|height|headers|abbr|open|role|tabindex|cite|datetime|viewBox|d|fill|stroke|cx|cy|r|x|y|focusable|aria-[a-z]+|data-[a-z]+|summary|border|cellpadding|cellspacing|align|valign|reversed|compact)$/;
const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*\/?>/g;
const OWN = /([a-zA-Z-]+)(?:="([^"<>]*)")?/g;

/** What stands outside of the tags holds no bracket, and tags hold nothing but what is known to do no harm. */
function harmless(html: string): void {
  const rest = html.replace(TAG, (whole: string, _: string, name: string, own: string) => {
    assert.ok(ELEMENTS.has(name), `An element that may do harm: ${whole.slice(0, 200)}`);
    for (const [, attribute = '', value = ''] of own.matchAll(OWN)) {
      assert.match(attribute, ATTRIBUTE, `An attribute that may do harm: ${whole.slice(0, 200)}`);
      if (attribute === 'src') assert.match(value, /^data:image\/(?:png|jpeg|gif);base64,/);
    }
    return '';
  });
  assert.doesNotMatch(rest, /[<>]/, `Markup that was not escaped: ${/.{0,60}[<>].{0,60}/s.exec(rest)?.[0]}`);
  assert.doesNotMatch(html, /[\u202a-\u202e\u2066-\u2069]/, 'A mark that turns the direction of reading');
}

function check(text: string): void {
  const { findings, message, source } = judge(text);
  harmless(verdictHtml(verdictOf(findings)));
  if (!message) return;
  const preview = previewOf(message, findings, knowledge());
  const parts = pageParts(preview);
  const all = parts.map(({ html }) => html).join('');
  harmless(all);
  assert.equal(new Set(parts.map(({ key }) => key)).size, parts.length, 'Two parts of one key');
  assert.ok(all.length < 20_000_000, `A page of ${all.length} letters`);
  for (const { pointer } of message.resources.slice(0, 100)) shownAt(pointer, preview);
  const acknowledgement = readResponse(source.value, knowledge());
  if (!acknowledgement) return;
  const received = { meshId: '1', bytes: text.length, kind: 'x', text, acknowledgement };
  const said = sentenceOfResponse(received, undefined, message, knowledge());
  if (said) harmless(answerHtml(said, true).text);
}

/** With narratives that try it. */
function hostile(random: Random): string {
  const value = mutated(random);
  mutate(value, random);
  const text = JSON.stringify(value, (name, inner: unknown) =>
    name === 'div' && random.chance(0.5) ? hostileDiv(random) : inner,
  );
  return random.chance(0.3) ? written(JSON.parse(text), random) : text;
}

export const previewing: Target = {
  name: 'preview',
  cases: 40,
  make: (random) => textCase(hostile(random), check),
};
