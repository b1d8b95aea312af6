// A value as a person would write it where the hover is: in the form of the message around it.
import { plainName } from '../../core/definitions/element';
import { type ElementKind, kindsOfResource } from '../../core/document/element-kinds';
import { segmentsOf } from '../../core/document/pointer';
import { xmlElementOf } from '../../core/document/write-xml';
import type { Spot } from './spot';

export function writtenAt(spot: Spot, value: unknown): string {
  if (spot.format === 'json') return JSON.stringify(value);
  const kind = kindAt(spot);
  const name = plainName(spot.name);
  return [value]
    .flat()
    .map((item) => xmlElementOf(name, item, kind, spot.knowledge.registry, { indent: '', unit: '', eol: '' }))
    .join('');
}

function kindAt({ at, pointer, knowledge: { registry } }: Spot): ElementKind | undefined {
  const names = segmentsOf(pointer.slice(at.pointer.length)).filter((name) => !/^\d+$/.test(name));
  let kinds = kindsOfResource(at.type, registry);
  let kind: ElementKind | undefined;
  for (const name of names) {
    kind = kinds?.get(plainName(name));
    kinds = kind?.inside();
  }
  return kind;
}
