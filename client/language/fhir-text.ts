// Whether a text may be FHIR, by its head and in no time: the menus ask it at each key, and what wakes the language server.
// The server itself looks closer. Pure.

/** The language ids of VS Code of the two forms. */
export function isForm(languageId: string): languageId is 'json' | 'xml' {
  return languageId === 'json' || languageId === 'xml';
}

/** Enough of a text to reach its root. */
const HEAD = 40_000;

/** Those that someone begins with, and leaves the namespace for later. */
const BEGUN = /^(Bundle|MessageHeader|Composition|Patient|OperationOutcome)$/;

/** The root of an XML text: what stands before it is passed over. */
const ROOT =
  /^\uFEFF?(?:\s|<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->)*<(?:([\w.-]+):)?([A-Za-z][\w.-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)/;

/** A resource in XML: in a namespace of FHIR, right or nearly so, or one of those that a message is made of, in none. */
export function mayBeFhirXml(text: string): boolean {
  const [, prefix, name, attributes] = ROOT.exec(text.slice(0, HEAD)) ?? [];
  if (name === undefined || attributes === undefined) return false;
  if (/xmlns(?::[\w.-]+)?\s*=\s*["'][^"']*\bhl7\.org\/fhir\b/.test(attributes)) return true;
  return prefix === undefined && !/\bxmlns\s*=/.test(attributes) && BEGUN.test(name);
}

/** @param text the head, or all of it */
export function mayBeFhir(languageId: string, text: string): boolean {
  if (languageId === 'xml') return mayBeFhirXml(text);
  return languageId === 'json' && /"resourceType"\s*:/.test(text);
}

/** A Bundle that says early on that it is a message. */
export function mayBeMessage(languageId: string, head: string): boolean {
  if (languageId === 'json')
    return /"resourceType"\s*:\s*"Bundle"/.test(head) && /"type"\s*:\s*"message"|"MessageHeader"/.test(head);
  return (
    languageId === 'xml' &&
    mayBeFhirXml(head) &&
    ROOT.exec(head)?.[2] === 'Bundle' &&
    /<(?:[\w.-]+:)?(?:type\s+value\s*=\s*["']message["']|MessageHeader[\s>])/.test(head)
  );
}
