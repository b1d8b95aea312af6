// Where STU3's own definitions are published. Their canonical urls lead to the page of another version of FHIR.
import { BASE, type Registry, withoutVersion } from './registry';

const STU3 = 'http://hl7.org/fhir/STU3/';

/** The address of the page; undefined of what is not STU3's own, or whose page is not known. */
export function publishedPage(canonical: string, registry: Registry): string | undefined {
  const url = withoutVersion(canonical);
  if (!url.startsWith('http://hl7.org/fhir/')) return undefined;
  const name = url.slice(url.lastIndexOf('/') + 1);
  const page = name.toLowerCase();
  if (url.startsWith(BASE)) {
    const known = registry.definition(url);
    if (!known) return undefined;
    if (known.type === 'Extension' && known.derivation === 'constraint') return `${STU3}extension-${page}.html`;
    if (known.derivation === 'constraint') return `${STU3}${page}.html`;
    return registry.isResource(name) ? `${STU3}${page}.html` : `${STU3}datatypes.html#${name}`;
  }
  if (url.startsWith('http://hl7.org/fhir/v3/')) return registry.codeSystem(url) && `${STU3}v3/${name}/cs.html`;
  if (url.startsWith('http://hl7.org/fhir/ValueSet/v3-'))
    return registry.valueSet(url) && `${STU3}v3/${name.slice(3)}/vs.html`;
  if (url.startsWith('http://hl7.org/fhir/ValueSet/') && !name.startsWith('v2-'))
    return registry.valueSet(url) && `${STU3}valueset-${page}.html`;
  const isPlain = url === `http://hl7.org/fhir/${name}`;
  return isPlain && registry.codeSystem(url) ? `${STU3}codesystem-${page}.html` : undefined;
}
