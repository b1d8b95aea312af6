// A message of a megabyte that is one kind of thing over and over: what grows with the square of it takes too long.
import { compareMessages } from '../../../core/compare/compare';
import { converted } from '../../../core/document/convert';
import { editsFor } from '../../../core/document/edits';
import { formatted } from '../../../core/document/format';
import { formatOf, readDocument } from '../../../core/document/read-document';
import { writeXml } from '../../../core/document/write-xml';
import { fixAll } from '../../../core/fixes/fix-all';
import { fixesOf } from '../../../core/fixes/fixes-of';
import { outlineOf } from '../../../core/itk3/outline';
import { readMessage } from '../../../core/itk3/message';
import { previewOf } from '../../../core/preview/preview';
import { REFACTORINGS } from '../../../core/refactor/refactorings';
import { pageParts } from '../../../client/preview/page-html';
import { inventedFixture } from '../../../exchange/fixture';
import { readOutgoing } from '../../../exchange/outgoing';
import { fresh } from '../../faults/proving';
import { knowledge } from '../../knowledge';
import { slotsOf } from '../mutate-value';
import { oddValue } from '../odd';
import { judge } from '../oracles';
import type { Random } from '../random';
import { resource, NOW, sources } from '../sources';
import { type Target, textCase } from '../target';

const SIZE = 1_000_000;

const WORK: Readonly<Record<string, (text: string) => void>> = {
  judge: (text) => void judge(text),
  preview(text) {
    const { message, findings } = judge(text);
    if (message) pageParts(previewOf(message, findings, knowledge()));
  },
  compare(text) {
    const read = () => readMessage(readDocument(text, knowledge().registry).value);
    const [left, right] = [read(), read()];
    if (left && right) compareMessages(left, right, 'meaning');
  },
  convert: (text) => void converted(text, formatOf(text) === 'json' ? 'xml' : 'json', knowledge().registry),
  format: (text) => void formatted(text),
  outline(text) {
    const message = readMessage(readDocument(text, knowledge().registry).value);
    if (message) outlineOf(message, knowledge());
  },
  edit: (text) => void editsFor(text, { kind: 'set', pointer: '/language', value: 'en' }, knowledge().registry),
  fixes(text) {
    const { message, applicable, findings } = judge(text);
    if (message && applicable)
      for (const finding of findings.slice(0, 20))
        fixesOf(finding, { message, applicable, knowledge: knowledge(), fresh: fresh() });
  },
  'all fixes': (text) => void fixAll(text, judge, { knowledge: knowledge(), fresh: fresh() }),
  outgoing: (text) => void readOutgoing(text, knowledge(), { now: NOW }),
  fixture: (text) => void inventedFixture(text, knowledge(), () => 0.5),
  refactor(text) {
    const message = readMessage(readDocument(text, knowledge().registry).value);
    if (!message) return;
    for (const { whyNot, apply } of REFACTORINGS)
      if (whyNot(message, knowledge(), '') === undefined) apply(message, knowledge(), fresh(), '');
  },
};

/** An item of a list as often as there is room; of half of them no two are the same. */
function repeated(random: Random): string {
  const value: unknown = JSON.parse(random.chance(0.3) ? resource(random) : random.pick(sources()));
  const lists = slotsOf(value).filter(({ owner }) => Array.isArray(owner));
  if (lists.length === 0) return JSON.stringify(value);
  const { owner, key } = random.pick(lists);
  const items = owner as unknown[];
  if (random.chance(0.2)) items[Number(key)] = oddValue(random);
  const item = JSON.stringify(items[Number(key)] ?? null);
  const isSame = random.chance(0.5);
  let number = 0;
  const different = (): unknown =>
    JSON.parse(item, (_, inner: unknown) =>
      typeof inner === 'string' && inner.length < 100 ? `${inner}${++number}` : inner,
    );
  const times = Math.min(20_000, Math.ceil(SIZE / (item.length + 1)));
  for (let i = 0; i < times; i++) items.push(isSame ? JSON.parse(item) : different());
  return random.chance(0.3)
    ? writeXml(value, knowledge().registry).text || JSON.stringify(value)
    : JSON.stringify(value);
}

export const large: Target = {
  name: 'large',
  cases: 1,
  make(random) {
    const work = WORK[random.pick(Object.keys(WORK))]!;
    return textCase(repeated(random), work);
  },
};
