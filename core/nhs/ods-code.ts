// Codes of the Organisation Data Service, by which organisations and their sites are known.

/** By their systems, examples that are plainly nobody's. */
export const ODS_EXAMPLES: Readonly<Record<string, string>> = {
  'https://fhir.nhs.uk/Id/ods-organization-code': 'FZZ99',
  'https://fhir.nhs.uk/Id/ods-site-code': 'FZZ9901',
};

export const ODS_SYSTEMS: readonly string[] = Object.keys(ODS_EXAMPLES);

/** Capital letters and digits: three for a trust, five for a pharmacy, six for a practice, up to nine for a site. */
export function isOdsCode(text: string): boolean {
  return /^[A-Z0-9]{3,9}$/.test(text);
}
