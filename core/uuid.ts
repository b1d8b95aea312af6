// UUIDs as FHIR has them: bare in ids and identifiers, behind urn:uuid: in addresses.

/** The system of an identifier that is a bare UUID. */
export const UUIDS = 'https://tools.ietf.org/html/rfc4122';

export const URN_UUID = 'urn:uuid:';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A bare one, in capitals or not. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

/** Without urn:uuid: in front, where it is there. */
export function withoutUrn(text: string): string {
  return text.startsWith(URN_UUID) ? text.slice(URN_UUID.length) : text;
}
