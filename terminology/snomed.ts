// What must be known of SNOMED CT to trust a server's no: which edition a concept belongs to.

export const SNOMED_CT = 'http://snomed.info/sct';

/** The UK Edition, which has the drug extension (dm+d) of another namespace too. */
const UK_EDITION = '83821000000107';
const UK_NAMESPACES: ReadonlySet<string> = new Set(['1000000', '1000001']);

/**
 * Whether a concept that a server has not got may be in an edition that it has not got either: a national extension's,
 * asked of the International Edition or of another country's.
 * @param version as servers give it, such as http://snomed.info/sct/83821000000107/version/20240410
 */
export function mayBeElsewhere(code: string, version: string | undefined): boolean {
  const namespace = namespaceOf(code);
  const edition = /\/sct\/(\d+)/.exec(version ?? '')?.[1];
  if (namespace === undefined || edition === undefined || namespaceOf(edition) === namespace) return false;
  return !(edition === UK_EDITION && UK_NAMESPACES.has(namespace));
}

/** Of a concept of an extension; undefined for those of the International Edition and for what is no identifier. */
export function namespaceOf(code: string): string | undefined {
  return /^\d{1,8}(\d{7})10\d$/.exec(code)?.[1];
}
