import { isObject, list } from '../json';
import type { UseCase } from './use-case';

/** A quantity as the pharmacist wrote it, in an extension; undefined when it is not given. */
export function quantityText(
  quantity: unknown,
  { dispense }: UseCase,
): { text: string; path: (string | number)[] } | undefined {
  const extensions = isObject(quantity) && dispense ? list(quantity.extension) : [];
  const index = extensions.findIndex((e) => isObject(e) && e.url === dispense?.quantityText);
  const extension = extensions[index];
  if (!isObject(extension) || typeof extension.valueString !== 'string') return undefined;
  return { text: extension.valueString, path: ['extension', index, 'valueString'] };
}
