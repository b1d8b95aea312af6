// NHS numbers: ten digits, the last of them a modulus 11 check digit (NHS Data Dictionary, NHS NUMBER).

export const NHS_NUMBER_SYSTEM = 'https://fhir.nhs.uk/Id/nhs-number';

/** The check digit for nine digits; undefined when no number with these digits exists. */
export function checkDigit(nine: string): number | undefined {
  const sum = Array.from(nine).reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? undefined : digit;
}

export function isTenDigits(text: string): boolean {
  return /^\d{10}$/.test(text);
}

export function isNhsNumber(text: string): boolean {
  return isTenDigits(text) && checkDigit(text.slice(0, 9)) === Number(text[9]);
}

/** As people read and write it: `999 012 3456`. @param digits ten digits */
export function formatNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}

/** Numbers starting 999 are never given to a person: they are for tests. */
export function isTestNumber(text: string): boolean {
  return text.startsWith('999');
}

/** A valid number of the 999 test range. @param random a number in [0, 1) */
export function testNumber(random: () => number): string {
  // One in eleven has no check digit; the next one along will do.
  for (let n = Math.floor(random() * 1_000_000); ; n = (n + 1) % 1_000_000) {
    const nine = `999${n.toString().padStart(6, '0')}`;
    const digit = checkDigit(nine);
    if (digit !== undefined) return `${nine}${digit}`;
  }
}
