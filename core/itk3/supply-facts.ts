// Compares what a section's text says of a supply with the dispense.
import { join, type Pointer } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import { quantityText } from './quantity';
import type { Fact, UseCase } from './use-case';

export interface SupplyFact {
  fact: Fact;
  told: string[];
  at: Pointer;
}

/** What a dispense says in words and numbers, in each way in which it says it. */
export function supplyFacts(dispense: Json, pointer: Pointer, useCase: UseCase): SupplyFact[] {
  const { quantity, daysSupply, dosageInstruction } = dispense;
  const [dose, ...doses] = list(dosageInstruction);
  const asText = quantityText(quantity, useCase);
  const quantities = [...amount(quantity), ...(asText ? [asText.text] : [])];
  const text = doses.length === 0 && isObject(dose) && typeof dose.text === 'string' ? [dose.text] : [];
  return [
    { fact: 'quantity', told: quantities, at: join(pointer, 'quantity') },
    { fact: 'days supply', told: amount(daysSupply), at: join(pointer, 'daysSupply') },
    { fact: 'dose', told: text, at: join(pointer, 'dosageInstruction', 0, 'text') },
  ];
}

function amount(quantity: unknown): string[] {
  if (!isObject(quantity) || typeof quantity.value !== 'number' || typeof quantity.unit !== 'string') return [];
  // Of less than nothing another rule speaks.
  if (quantity.value <= 0) return [];
  return [`${quantity.value} ${quantity.unit}`];
}

/** The numbers of a text and the words around them, one of many and many of one taken as the same. */
export function numbersAndWords(text: string): { numbers: string; words: string } {
  const short = text
    .slice(0, 500)
    .toLowerCase()
    .replace(/(\d),(?=\d{3}\b)/g, '$1');
  return {
    numbers: (short.match(/\d+(\.\d+)?/g) ?? []).map(Number).join(' and '),
    words: short
      .replace(/\d+(\.\d+)?/g, '#')
      .replace(/[^\p{L}#]+/gu, ' ')
      .replace(/s\b/g, '')
      .trim(),
  };
}
