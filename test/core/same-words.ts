// Whether what is underlined in FHIR XML is what is underlined in the same message's FHIR JSON.
import type { PlacedFinding } from '../../core/validate/check-document';

/** What is wrong; undefined where it is the same. */
export function sameWords(a: PlacedFinding, json: string, b: PlacedFinding, xml: string): string | undefined {
  const ofJson = stretch(json, a);
  const ofXml = stretch(xml, b);
  const expected = expectedIn(ofJson, a);
  return expected(ofXml) ? undefined : `${ofXml} is underlined in XML, and ${ofJson} in JSON`;
}

function stretch(text: string, { span }: PlacedFinding): string {
  return text.slice(span.offset, span.offset + span.length);
}

function expectedIn(marked: string, { pointer, within }: PlacedFinding): (xml: string) => boolean {
  if (marked === '') return (xml) => xml === '';
  const names = pointer.split('/').filter((name) => !/^\d+$/.test(name));
  void names;
  if (within) {
    const word = JSON.parse(`"${marked}"`) as string;
    return (xml) => xml === word || resolved(xml) === word;
  }
  if (/^[[{]/.test(marked)) return (xml) => xml.startsWith('<') && xml.endsWith('>');
  const word = marked.startsWith('"') ? (JSON.parse(marked) as string) : marked;
  // A value in its quotes, a narrative as it stands, or a name.
  return (xml) =>
    /^["']/.test(xml) ? resolved(xml.slice(1, -1)) === word : xml === word || xml === word.replace(/^_/, '');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function resolved(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name?: string) =>
    name !== undefined ? ENTITIES[name]! : String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16)),
  );
}
