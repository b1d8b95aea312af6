// Codes of the Organisation Data Service, by which organisations and their sites are known.

export const ODS_SYSTEMS: readonly string[] = [
  'https://fhir.nhs.uk/Id/ods-organization-code',
  'https://fhir.nhs.uk/Id/ods-site-code',
];

/** Capital letters and digits: three for a trust, five for a pharmacy, six for a practice, up to nine for a site. */
export function isOdsCode(text: string): boolean {
  return /^[A-Z0-9]{3,9}$/.test(text);
}
