// Hover in the file beside a message, with its exceptions and what is expected: what its properties are for, and what a rule asks.
import { type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { ALL_RULES } from '../../core/rules';
import { code, prose } from './markdown';
import { linked } from './sources';

const NAMES: Readonly<Record<string, string>> = {
  exceptions: 'The findings of the message beside this file that may stay, each with a reason.',
  expected:
    'The findings that the message beside this file is there to have: each item names one, which then passes. One that is not found is a warning, with `itk3 validate --expect` an error.',
  severity: 'How serious the finding is told to be. Left out, that does not matter.',
  rule: 'The rule that may be broken: the name that stands behind the finding.',
  path: 'Where: from the outermost resource on, or from any resource inside it on. `[*]` is any item of a list; without a path the exception holds for the whole message.',
  message: 'Words of the finding, where a rule finds more than one thing at the path.',
  reason: 'Why the finding may stay. Without a reason the exception does not hold.',
};

const OF_EXPECTED: Readonly<Record<string, string>> = {
  rule: 'The rule that is broken on purpose: the name that stands behind the finding.',
  path: 'Where: from the outermost resource on, or from any resource inside it on. `[*]` is any item of a list; without a path it may be anywhere, once.',
  message: 'Words of the finding.',
  reason: 'Why it is expected, for whoever reads this next.',
};

export function exceptionHover(pointer: Pointer, part: 'key' | 'value', value: unknown): string | undefined {
  const [list, ...inside] = segmentsOf(pointer);
  const name = inside.at(-1) ?? list ?? '';
  const names = list === 'expected' ? { ...NAMES, ...OF_EXPECTED } : NAMES;
  const purpose = Object.hasOwn(names, name) ? `**${name}**\n\n${names[name]!}` : undefined;
  if (name !== 'rule') return purpose;
  const rule = ALL_RULES.find((one) => one.id === valueAt(value, pointer));
  if (!rule) return purpose;
  const { id, severity, asks, source } = rule;
  const asked = `**${prose(id)}** · ${code(severity)}\n\n${prose(asks)}\n\nFrom ${linked(source)}`;
  return part === 'value' ? asked : `${purpose!}\n\n---\n\n${asked}`;
}
