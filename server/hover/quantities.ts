// Amounts with their unit; UCUM's codes in words.
import { asText, isObject, type Json } from '../../core/json';
import { SNOMED_CT } from '../../core/nhs/snomed-id';
import { UCUM, UNIT_NAMES } from '../../core/ucum';
import { isUnit } from './codes';
import { knownDisplay } from '../../core/itk3/known-concepts';
import { code, prose } from './markdown';
import { snomed } from './snomed';
import type { Spot } from './spot';

export function quantity(spot: Spot): string | undefined {
  const { value, type, beside, besideAt, elementsAt, pointer, name } = spot;
  const whole = isObject(value) && isUnit(pointer, elementsAt);
  const part = !isObject(value) && ['value', 'unit', 'code', 'comparator'].includes(name);
  if (!whole && !(part && isUnit(besideAt, elementsAt))) return isUnitOfTime(spot);
  const amount = whole ? value : beside;
  if (type === undefined && !whole) return undefined;
  const number = [amount.comparator, amount.value].map(asText).filter(Boolean).join(' ');
  const unit = asText(amount.unit);
  const words = [number, unit === '' ? asText(amount.code) : unit].filter(Boolean).join(' ');
  return words === '' ? undefined : [`**${prose(words)}**`, unitOf(amount, spot)].filter(Boolean).join('\n\n');
}

function unitOf({ system, code: word, unit }: Json, { knowledge }: Spot): string | undefined {
  if (typeof system !== 'string' || typeof word !== 'string') return undefined;
  if (system === UCUM) {
    const name = UNIT_NAMES.get(word);
    return name === undefined ? `${code(word)} is a code of UCUM` : `${code(word)} is ${name} in UCUM`;
  }
  const display = knownDisplay(system, word, knowledge) ?? asText(unit);
  if (system !== SNOMED_CT) return display === '' ? undefined : `${code(word)} ${prose(display)}`;
  return `${code(word)} ${prose(display)} · ${snomed(system, word, false) ?? ''}`;
}

/** Dosages name units of time by a code alone. */
function isUnitOfTime({ name, value, type }: Spot): string | undefined {
  if (type !== 'code' || typeof value !== 'string' || !/Unit$/.test(name)) return undefined;
  const unit = UNIT_NAMES.get(value);
  return unit && `**${unit}** ${code(value)}`;
}
