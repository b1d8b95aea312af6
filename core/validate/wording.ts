/** A value inside a sentence: short, on one line. */
export function fhirValue(value: unknown): string {
  return shortened(JSON.stringify(value));
}

export function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}

/** What an element is, as the end of a sentence; empty when nobody has said. */
export function because(short: string | undefined): string {
  if (!short) return '.';
  return `: ${short}${/[.?!…]$/.test(short) ? '' : '.'}`;
}

export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** `a`, `a or b`, `a, b or c` */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** `a Patient`, `an Encounter`, `an SDS user id` */
export function article(name: string): string {
  return `${/^([AEIOaeio]|SDS|NHS|NMC)/.test(name) ? 'an' : 'a'} ${name}`;
}
