/** A value inside a sentence: short, on one line. */
export function fhirValue(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}

/** What an element is, as the end of a sentence; empty when nobody has said. */
export function because(short: string | undefined): string {
  return short ? `: ${short.replace(/\.$/, '')}.` : '.';
}

export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
