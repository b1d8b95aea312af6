// Which slice of a list an item belongs to (http://hl7.org/fhir/STU3/profiling.html#discriminator).
import { choiceNames, type Element, isChoice, isExtension } from '../definitions/element';
import { isObject, list } from '../json';
import { referenceIn, resolve } from '../itk3/message';
import { bindingAllows } from './binding';
import { equal, matchesPattern } from './equal';
import type { Visit } from './stage';

type Where = Pick<Visit, 'knowledge' | 'message' | 'at'>;

/** The slice an item belongs to. A slice told by a fixed value wins over one told by a value set. */
export function sliceOf(item: unknown, sliced: Element, where: Where): Element | undefined {
  const slices = sliced.slices ?? [];
  return (
    slices.find((slice) => matches(item, slice, sliced, where, 'fixed')) ??
    slices.find((slice) => matches(item, slice, sliced, where, 'binding'))
  );
}

type By = 'fixed' | 'binding';

function matches(item: unknown, slice: Element, sliced: Element, where: Where, by: By): boolean {
  const discriminators = sliced.slicing?.discriminators ?? [];
  // Extensions are always told by their url, whether or not the profile says so.
  const all = discriminators.length > 0 || !isExtension(sliced) ? discriminators : [{ type: 'value', path: 'url' }];
  return all.length > 0 && all.every(({ type, path }) => discriminates(type, path, item, slice, where, by));
}

function discriminates(type: string, path: string, item: unknown, slice: Element, where: Where, by: By): boolean {
  const [element, values] = follow(path, item, slice, where);
  if (!element) return false;
  switch (type) {
    case 'exists':
      return element.max === 0 ? values.length === 0 : values.length > 0;
    case 'type':
      return values.some((value) => element.types.some((t) => isOfType(value, t.code, where)));
    case 'profile':
      return values.some((value) => claims(value, element, where));
    default:
      return values.some((value) => carries(value, element, where, by));
  }
}

/** The slice's element at a discriminator's path, and the item's values there. */
function follow(path: string, item: unknown, slice: Element, where: Where): [Element | undefined, unknown[]] {
  const { registry } = where.knowledge;
  let element: Element | undefined = slice;
  let values: unknown[] = [item];
  for (const step of path === '' || path === '$this' ? [] : steps(path)) {
    if (step === 'resolve()') {
      values = values.flatMap((value) => {
        const reference = referenceIn(value);
        return (reference !== undefined && resolve(where.message, where.at, reference)?.resource) || [];
      });
      continue;
    }
    const extension: string | undefined = /^extension\(['"]?([^'"]+)['"]?\)$/.exec(step)?.[1];
    if (extension !== undefined) {
      element = registry.tree(extension);
      values = values.flatMap((value) => (isObject(value) ? list(value.extension) : []));
      values = values.filter((value) => isObject(value) && value.url === extension);
      continue;
    }
    const inner: Element | undefined = element && insideOf(element, step, where);
    const names: string[] = inner && isChoice(inner) ? [...choiceNames(inner).keys()] : [step];
    values = values.flatMap((value) => (isObject(value) ? names.flatMap((name) => value[name] ?? []) : []));
    element = inner;
  }
  return [element, values];
}

function steps(path: string): string[] {
  return path.match(/extension\([^)]*\)|resolve\(\)|[^.]+/g) ?? [];
}

function insideOf(element: Element, name: string, { knowledge: { registry } }: Where): Element | undefined {
  const children = registry.childrenOf(element);
  return children.get(name) ?? children.get(`${name}[x]`);
}

/** True when the value is what the element fixes, itself or in all its fixed parts, or (told by value set) is bound to. */
function carries(value: unknown, element: Element, where: Where, by: By): boolean {
  if (element.fixed !== undefined) return by === 'fixed' && equal(value, element.fixed);
  if (element.pattern !== undefined) return by === 'fixed' && matchesPattern(value, element.pattern);
  if (by === 'binding')
    return element.binding?.strength === 'required' && bindingAllows(value, element.binding, where.knowledge);
  let said = false;
  for (const child of element.children?.values() ?? []) {
    if (!fixesSomething(child)) continue;
    said = true;
    const inner = isObject(value) ? [value[child.name]].flat() : [];
    if (!inner.some((part) => carries(part, child, where, by))) return false;
  }
  return said;
}

function fixesSomething(element: Element): boolean {
  if (element.fixed !== undefined || element.pattern !== undefined) return true;
  return [...(element.children?.values() ?? [])].some(fixesSomething);
}

function isOfType(value: unknown, code: string, { knowledge: { registry } }: Where): boolean {
  if (isObject(value))
    return value.resourceType === code || (value.resourceType === undefined && !registry.isResource(code));
  return code === (typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'decimal' : 'string');
}

function claims(value: unknown, element: Element, { knowledge: { registry } }: Where): boolean {
  const meta = isObject(value) && isObject(value.meta) ? list(value.meta.profile) : [];
  return element.types.some((type) =>
    [...(type.profiles ?? []), ...(type.targets ?? [])].some(
      (url) => meta.includes(url) || (isObject(value) && registry.definition(url)?.type === value.resourceType),
    ),
  );
}
