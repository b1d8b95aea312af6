// A resource by its type: who or what it is, and what it is checked against.
import { labelIn } from '../../core/itk3/label';
import { isObject } from '../../core/json';
import { shortened } from './explain';
import { link, prose } from './markdown';
import type { Spot } from './spot';

export function resource({ name, value, at, pointer, applicable, knowledge: { registry }, message }: Spot) {
  const isResource = isObject(value) && pointer === at.pointer;
  if (!isResource && !(name === 'resourceType' && typeof value === 'string')) return undefined;
  const profiles = [...(applicable.get(at) ?? [])].flatMap((url) => registry.definition(url) ?? []);
  const against = profiles.map((one) => link([one.name, one.version].filter(Boolean).join(' '), one.url));
  const type = registry.type(at.type);
  const says = type?.definition ?? type?.short;
  return [
    `**${prose(labelIn(message, at))}**`,
    says !== undefined && prose(shortened(says)),
    against.length > 0 && `Checked against ${against.join(', ')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
