// Codes against the value sets they are bound to, as far as it can be told here.
import type { Binding } from '../definitions/definition';
import { nearest } from '../nearest';
import { isObject, list } from '../itk3/message';
import { join } from '../document/pointer';
import { type Knowledge, type Visit, sourceOf } from './stage';

/** True when the value is in the value set, or may be for all that can be told here. */
export function bindingAllows(value: unknown, binding: Binding, knowledge: Knowledge): boolean {
  const expansion = knowledge.terminology.expand(binding.valueSet);
  if (!expansion) return true;
  if (typeof value === 'string')
    return expansion.unlisted.size > 0 || [...expansion.codes.values()].some((c) => c.has(value));
  if (!isObject(value)) return true;
  if (Array.isArray(value.coding)) return value.coding.some((coding) => bindingAllows(coding, binding, knowledge));
  if (typeof value.system !== 'string') return false;
  if (expansion.unlisted.has(value.system)) return true;
  return typeof value.code === 'string' && (expansion.codes.get(value.system)?.has(value.code) ?? false);
}

/** Reports codes that a required value set does not hold. */
export function checkBinding(visit: Visit): void {
  const { element, value, knowledge, report } = visit;
  const { binding } = element;
  if (binding?.strength !== 'required' || bindingAllows(value, binding, knowledge)) return;
  if (
    knowledge.contradictions.some((c) => c.valueSet === binding.valueSet && codingsOf(value).some((v) => isCode(v, c)))
  )
    return;
  const { code, at } = culprit(value, visit);
  const name = knowledge.registry.valueSet(binding.valueSet)?.name ?? binding.valueSet;
  const codes = [...(knowledge.terminology.expand(binding.valueSet)?.codes.values() ?? [])].flatMap((c) => [
    ...c.values(),
  ]);
  const near =
    code === undefined
      ? undefined
      : nearest(
          code,
          codes.map((c) => c.code),
        );
  const examples =
    codes
      .slice(0, 6)
      .map((c) => c.code)
      .join(', ') + (codes.length > 6 ? ', …' : '');
  const one = near ?? (codes.length === 1 ? codes[0]!.code : undefined);
  report({
    rule: 'binding',
    severity: 'error',
    pointer: at,
    part: 'value',
    message:
      code === undefined
        ? `${element.name} needs a code of the value set ${name}: ${examples}.`
        : `"${code}" is not a code of the value set ${name}${near ? `: did you mean "${near}"?` : `: use one of ${examples}.`}`,
    source: sourceOf(knowledge.registry, element),
    ...(one !== undefined &&
      typeof value === 'string' && { fixes: [{ kind: 'set', title: `Change to "${one}"`, pointer: at, value: one }] }),
  });
}

/** The code to blame, and where it stands. */
function culprit(value: unknown, { pointer, knowledge, element }: Visit): { code: string | undefined; at: string } {
  if (typeof value === 'string') return { code: value, at: pointer };
  if (!isObject(value)) return { code: undefined, at: pointer };
  if (Array.isArray(value.coding)) {
    const first = value.coding[0] as unknown;
    const systems = knowledge.terminology.expand(element.binding!.valueSet)?.codes;
    const i = Math.max(
      0,
      value.coding.findIndex((c) => isObject(c) && systems?.has(String(c.system))),
    );
    const coding = isObject(value.coding[i]) ? value.coding[i] : first;
    return codeOf(coding, join(pointer, 'coding', i));
  }
  return codeOf(value, pointer);
}

function codeOf(coding: unknown, pointer: string): { code: string | undefined; at: string } {
  if (!isObject(coding) || typeof coding.code !== 'string') return { code: undefined, at: pointer };
  return { code: coding.code, at: join(pointer, 'code') };
}

function codingsOf(value: unknown): unknown[] {
  return isObject(value) ? (Array.isArray(value.coding) ? list(value.coding) : [value]) : [];
}

function isCode(coding: unknown, wanted: { system: string; code: string }): boolean {
  return isObject(coding) && coding.system === wanted.system && coding.code === wanted.code;
}
