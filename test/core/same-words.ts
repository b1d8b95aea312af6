// Whether the words underlined in FHIR XML are those underlined in the FHIR JSON of the same message. Read from the two
// texts alone, not from what either reader knows of its positions.
import type { PlacedFinding } from '../../core/validate/check-document';

interface Underlined {
  finding: PlacedFinding;
  text: string;
}

/** A sentence about the difference; undefined where there is none. */
export function otherWords(json: Underlined, xml: Underlined): string | undefined {
  const [ofJson, ofXml] = [stretchOf(json), stretchOf(xml)];
  if (isSame(ofJson, ofXml, json.finding)) return undefined;
  return `${json.finding.rule}, ${json.finding.pointer}: underlined in JSON is ${ofJson}, and in XML ${ofXml}`;
}

function stretchOf({ finding: { span }, text }: Underlined): string {
  return text.slice(span.offset, span.offset + span.length);
}

function isSame(json: string, xml: string, { pointer, part, within }: PlacedFinding): boolean {
  if (json === '') return xml === '';
  if (within && !json.startsWith('"')) {
    const words = JSON.parse(`"${json}"`) as string;
    return xml === words || resolved(xml) === words;
  }
  if (/^[[{]/.test(json)) {
    const name = nameOf(pointer);
    // Items have no names in JSON; in XML an element has its own, and a resource that of its type.
    return part === 'key' ? xml === name || name === '' : isElement(xml) && (name === '' || xml.startsWith(`<${name}`));
  }
  const word = json.startsWith('"') ? (JSON.parse(json) as string) : json;
  return /^["']/.test(xml) ? resolved(xml.slice(1, -1)) === word : xml === word || `_${xml}` === word;
}

/** The last name on the way; empty at the top. */
function nameOf(pointer: string): string {
  return pointer.replace(/\/\d+/g, '').split('/').at(-1)!.replace(/^_/, '');
}

function isElement(xml: string): boolean {
  return xml.startsWith('<') && xml.endsWith('>');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function resolved(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex?: string, decimal?: string, name?: string) =>
    name !== undefined
      ? ENTITIES[name]!
      : String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16)),
  );
}
