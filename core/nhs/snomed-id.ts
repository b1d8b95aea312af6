// SNOMED CT identifiers, those of dm+d among them: 6 to 18 digits of which the last is a Verhoeff check digit and the two
// before it tell what is identified (SNOMED CT Release File Specification, SCTID).

export const SNOMED_CT = 'http://snomed.info/sct';

const D5 = Array.from({ length: 10 }, (_, a) =>
  Array.from({ length: 10 }, (_, b) => {
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
    return b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5;
  }),
);

/** One round of Verhoeff's permutation, then the rounds that follow from it. */
const ROUND = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
const ROUNDS = Array.from({ length: 8 }, (_, i) =>
  Array.from({ length: 10 }, (_, digit) => {
    let at = digit;
    for (let n = 0; n < i; n++) at = ROUND[at]!;
    return at;
  }),
);

export function hasVerhoeffDigit(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    check = D5[check]![ROUNDS[i % 8]![digit]!]!;
  }
  return check === 0;
}

const KINDS: Record<string, string> = { '0': 'concept', '1': 'description', '2': 'relationship' };

/** Why a text is no identifier of a SNOMED CT concept, as the end of a sentence; undefined when it can be one. */
export function whyNoConcept(code: string): string | undefined {
  if (!/^\d+$/.test(code)) return 'an identifier of SNOMED CT has digits only';
  if (code.length < 6 || code.length > 18) return `it has ${code.length} digits, and they have 6 to 18`;
  if (code.startsWith('0')) return 'none starts with 0';
  if (!hasVerhoeffDigit(code)) return 'its check digit is wrong, so a digit is mistyped or it was made up';
  const kind = KINDS[code.at(-2)!];
  if (kind !== 'concept') return kind ? `it identifies a ${kind}, not a concept` : 'no partition of SNOMED CT has it';
  return undefined;
}

/** Post-coordinated expressions are made of several concepts; they cannot be judged by their form alone. */
export function isExpression(code: string): boolean {
  return /[\s|:+=,(){}]/.test(code.trim());
}
