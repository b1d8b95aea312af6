// Quantities: unit, system and code belong together, whole or one beside the others.
import { hole } from '../../core/draft/draft';
import { parentOf, segmentsOf, valueAt } from '../../core/document/pointer';
import { object } from '../../core/json';
import type { Described } from '../describe';
import { guidedCodes } from './guide';
import type { Offer } from './offer';
import type { Spot } from './spot';

const PARTS: Readonly<Record<string, 'display' | 'system' | 'code'>> = {
  unit: 'display',
  system: 'system',
  code: 'code',
};

export function unitOffers(spot: Spot, { types }: Described): Offer[] {
  const { pointer } = spot.cursor;
  if (types[0]?.code === 'Quantity')
    return guidedCodes(pointer, spot).map(({ system, code, display, says, isMeant }) => ({
      label: display,
      kind: 'value',
      draft: { value: hole(1), unit: display, system, code },
      detail: `${code} · ${says}`,
      ...(isMeant && { preselect: true }),
    }));
  const part = PARTS[segmentsOf(pointer).at(-1) ?? ''];
  const quantity = parentOf(pointer);
  if (!part || !spot.elementsAt(quantity).some((e) => e.types[0]?.code === 'Quantity')) return [];
  const beside = object(valueAt(spot.root, quantity));
  const fits = (known: Record<'display' | 'system' | 'code', string>): boolean =>
    Object.entries(PARTS).every(
      ([name, of]) => of === part || typeof beside[name] !== 'string' || beside[name] === known[of],
    );
  const fitting = guidedCodes(quantity, spot).filter(fits);
  return [...new Map(fitting.map((known) => [known[part], known]))].map(([value, { display, code, says }]) => ({
    label: value,
    kind: 'value',
    draft: value,
    detail: `${part === 'code' ? display : code} · ${says}`,
    ...(fitting.length === 1 && { preselect: true }),
  }));
}
