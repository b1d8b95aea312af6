// Names by which people know an element of STU3 from DSTU2, from R4 or from everyday speech, and which no slip explains.
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['careProvider', 'generalPractitioner'],
  ['data', 'content'],
  ['dateOfBirth', 'birthDate'],
  ['dob', 'birthDate'],
  ['dosage', 'dosageInstruction'],
  ['doseForm', 'form'],
  ['eventCoding', 'event'],
  ['firstName', 'given'],
  ['forename', 'given'],
  ['lastName', 'family'],
  ['patient', 'subject'],
  ['postcode', 'postalCode'],
  ['reasonCode', 'reason'],
  ['recordedDate', 'assertedDate'],
  ['sex', 'gender'],
  ['street', 'line'],
  ['subject', 'patient'],
  ['substance', 'code'],
  ['surname', 'family'],
  ['town', 'city'],
  ['zip', 'postalCode'],
]);

/** The element that a name means, among those that may still stand here. */
export function meantByOtherName(name: string, free: readonly string[]): string | undefined {
  const other = OTHER_NAMES.get(name);
  return other !== undefined && free.includes(other) ? other : undefined;
}
