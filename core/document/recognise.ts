// Whether a document is ours: most JSON and XML in an editor is not FHIR, and of that the server says nothing at all.
import type { Registry } from '../definitions/registry';
import { kindsOfResource } from './element-kinds';
import { formatOf } from './read-document';
import { FHIR } from './xml-rules';
import { endOfDoctype } from './xml-asides';
import { readXmlTree, type XmlElement } from './xml-tree';
import { nearest } from '../nearest';
import { stringAt, tokenAt } from './json-tokens';

/** True when the text is a STU3 resource by its top-level resourceType or its root element, however broken or deep the rest is. */
export function isFhir(text: string, registry: Registry): boolean {
  return formatOf(text) === 'xml' ? isFhirXml(text, registry) : isFhirJson(text, registry);
}

function isFhirJson(text: string, registry: Registry): boolean {
  const { type, names } = topLevel(text, registry);
  if (type === undefined) return false;
  if (registry.isResource(type)) return true;
  const near = meant(type, registry);
  if (near === undefined) return false;
  // Others use the name too ("resourceType": "subscription"): a slip in the type needs company that fits.
  return isMostly(names, (name) => kindsOfResource(near, registry)?.has(name) === true);
}

/** The type that one of STU3's was slipped from. */
function meant(type: string, registry: Registry): string | undefined {
  return OF_LATER_FHIR.has(type) ? undefined : nearest(type, registry.resourceTypes());
}

/** Types of R4 and R5 that are near to one of STU3's, and no slips. */
const OF_LATER_FHIR: ReadonlySet<string> = new Set(['DeviceDefinition', 'ServiceRequest']);

function isMostly<T>(all: readonly T[], is: (one: T) => boolean): boolean {
  return all.filter(is).length * 2 >= all.length;
}

/** The type a text claims and the names beside it; reading ends early when the type is a known one. */
function topLevel(text: string, registry: Registry): { type?: string; names: string[] } {
  const names: string[] = [];
  let type: string | undefined;
  let depth = 0;
  let key: string | undefined;
  let afterColon = false;
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.end)) {
    if (depth === 0 && (token.kind !== 'open' || text[token.offset] !== '{')) break;
    if (token.kind === 'open') depth += 1;
    else if (token.kind === 'close') depth -= 1;
    else if (depth !== 1) continue;
    else if (token.kind === 'colon') {
      afterColon = true;
      if (key !== undefined && key !== 'resourceType') names.push(key);
      continue;
    } else if (token.kind === 'string') {
      const word = stringAt(text, token);
      if (!afterColon) key = word;
      else if (key === 'resourceType' && type === undefined) {
        type = word;
        if (registry.isResource(type)) break;
      }
    }
    if (token.kind !== 'string' || afterColon) afterColon = false;
  }
  return { type, names };
}

/** Of XML from its root on, in UTF-16 code units: enough to see what stands in it. */
const HEAD = 4_000;

/**
 * A root that is a resource of STU3 by its name and namespace. Every part of HL7's later versions has the namespace too,
 * and many a vocabulary has a List or a Person: of what is not certain, what stands inside decides.
 */
function isFhirXml(text: string, registry: Registry): boolean {
  const start = endOfProlog(text);
  const { root } = readXmlTree(text.slice(start, start + HEAD));
  if (!root) return false;
  const type = registry.isResource(root.name) ? root.name : meant(root.name, registry);
  if (type === undefined) return false;
  const isNamed = isFhirNamespace(root.uri);
  if (isNamed && type === root.name) return true;
  if (!isNamed && root.uri !== '') return false;
  const inside = root.children.filter((node) => node.kind === 'element');
  // Half-typed, and there is nothing else yet that could tell.
  if (inside.length === 0) return isNamed || isOursAlone(type);
  const kinds = kindsOfResource(type, registry);
  return isMostly(inside, (element) => {
    const kind = kinds?.get(element.name);
    return kind !== undefined && (isNamed || isWrittenAsFhir(element, kind.form === 'primitive'));
  });
}

function isFhirNamespace(uri: string): boolean {
  return uri === FHIR || /\bhl7\.org\/fhir\b/i.test(uri) || nearest(uri, [FHIR]) !== undefined;
}

/** Names that nobody else gives to a whole document. */
function isOursAlone(type: string): boolean {
  return type === 'Bundle' || /[a-z][A-Z]/.test(type);
}

/** FHIR has no text in its elements, which is how everybody else writes a value. */
function isWrittenAsFhir({ attributes, children, name }: XmlElement, isPrimitive: boolean): boolean {
  if (name !== 'text' && children.some((node) => node.kind === 'text' && /\S/.test(node.text))) return false;
  return isPrimitive ? attributes.some((one) => one.name === 'value') : children.length > 0;
}

/** Behind the declaration, comments and the DOCTYPE, which may be long. */
function endOfProlog(text: string): number {
  let at = 0;
  for (;;) {
    while (/[\s\uFEFF]/.test(text.charAt(at))) at++;
    if (text.startsWith('<!--', at)) at = behind(text, '-->', at);
    else if (text.startsWith('<?', at)) at = behind(text, '?>', at);
    else if (text.startsWith('<!', at)) at = endOfDoctype(text, at);
    else return at;
  }
}

function behind(text: string, ending: string, from: number): number {
  const found = text.indexOf(ending, from);
  return found < 0 ? text.length : found + ending.length;
}
