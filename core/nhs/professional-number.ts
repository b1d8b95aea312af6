// Numbers by which clinicians are known: of their register, or of the NHS's own directory.

export interface Register {
  system: string;
  name: string;
  form: RegExp;
  /** What the form is, in words. */
  words: string;
  /** Of the form, and plainly nobody's. */
  example: string;
}

export const SDS_USER = 'https://fhir.nhs.uk/Id/sds-user-id';

const SEVEN_DIGITS = { form: /^\d{7}$/, words: 'seven digits', example: '9999999' };
const TWELVE_DIGITS = {
  form: /^(\d{12}|UNK)$/,
  words: 'twelve digits, or UNK where it is not known',
  example: 'UNK',
};

export const REGISTERS: readonly Register[] = [
  { system: 'https://fhir.hl7.org.uk/Id/gphc-number', name: 'GPhC number', ...SEVEN_DIGITS },
  { system: 'https://fhir.hl7.org.uk/Id/gmc-number', name: 'GMC number', ...SEVEN_DIGITS },
  {
    system: 'https://fhir.hl7.org.uk/Id/nmc-number',
    name: 'NMC PIN',
    form: /^\d\d[A-Z]\d{4}[A-Z]$/,
    words: 'two digits, a letter, four digits and a letter',
    example: '99Z9999Z',
  },
  {
    system: 'https://fhir.hl7.org.uk/Id/gmp-number',
    name: 'GMP code',
    form: /^[A-Z]\d{7}$/,
    words: 'a letter and seven digits',
    example: 'G9999999',
  },
  { system: SDS_USER, name: 'SDS user id', ...TWELVE_DIGITS },
  { system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', name: 'SDS role profile id', ...TWELVE_DIGITS },
];
