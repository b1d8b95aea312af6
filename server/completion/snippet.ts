// The protocol's snippet syntax.
import type { Hole } from '../../core/draft/draft';

/** Text that the snippet syntax leaves as it is. */
export function literal(text: string): string {
  return text.replace(/[\\$]/g, '\\$&');
}

/** @param letters how a value stands in the text @param isAmong with text around it */
export type StopWriter = (hole: Hole, letters: (value: unknown) => string, isAmong?: boolean) => string;

/** Writes holes as tab stops, numbered as they come; the last stop is where the protocol has it, at the end. */
export function stopWriter(): StopWriter {
  const stops = new Map<unknown, number>();
  return (hole, letters, isAmong = false) => {
    const known = stops.get(hole.name ?? hole);
    const number = known ?? stops.size + 1;
    stops.set(hole.name ?? hole, number);
    const { example, choices = [] } = hole;
    // A digit that follows would be read as part of the number.
    const bare = isAmong ? `\${${number}}` : `$${number}`;
    if (known !== undefined || example === '' || typeof example === 'object') return bare;
    if (choices.length === 0) return `\${${number}:${letters(example).replace(/[\\$}]/g, '\\$&')}}`;
    return `\${${number}|${choices.map((choice) => letters(choice).replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  };
}
