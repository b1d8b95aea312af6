// Hover in the file of exceptions beside a message: what its properties are for, and what a rule asks.
import { type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { ALL_RULES } from '../../core/rules';
import { code, prose } from './markdown';
import { linked } from './sources';

const NAMES: Readonly<Record<string, string>> = {
  exceptions: 'The findings of the message beside this file that may stay, each with a reason.',
  rule: 'The rule that may be broken: the name that stands behind the finding.',
  path: 'Where: from the outermost resource on, or from any resource inside it on. `[*]` is any item of a list; without a path the exception holds for the whole message.',
  message: 'Words of the finding, where a rule finds more than one thing at the path.',
  reason: 'Why the finding may stay. Without a reason the exception does not hold.',
};

export function exceptionHover(pointer: Pointer, part: 'key' | 'value', value: unknown): string | undefined {
  const name = segmentsOf(pointer).at(-1) ?? '';
  const purpose = Object.hasOwn(NAMES, name) ? `**${name}**\n\n${NAMES[name]!}` : undefined;
  if (name !== 'rule') return purpose;
  const rule = ALL_RULES.find((one) => one.id === valueAt(value, pointer));
  if (!rule) return purpose;
  const { id, severity, asks, source } = rule;
  const asked = `**${prose(id)}** · ${code(severity)}\n\n${prose(asks)}\n\nFrom ${linked(source)}`;
  return part === 'value' ? asked : `${purpose!}\n\n---\n\n${asked}`;
}
