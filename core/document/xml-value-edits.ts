// A text inside XML made another: the value of an attribute, or a narrative. Of a long one only the difference is written.
import { SHORT, stretch } from './difference';
import type { TextEdit } from './text-edits';
import { narrativeAsXml } from './write-narrative';
import { attributeText } from './xml-characters';
import { divOf, standsAlone } from './xml-narrative';
import { isClosed } from './xml-child-edits';
import { inQuotes, type XmlStyle } from './xml-style';
import type { XmlAttribute, XmlElement } from './xml-tree';

/** Undefined where it is not plain where the attribute ends. */
export function attributeEdits(
  { value, valueStart, end }: XmlAttribute,
  after: string,
  text: string,
): TextEdit[] | undefined {
  const quote = text[valueStart];
  if ((quote !== '"' && quote !== "'") || end - valueStart < 2 || text[end - 1] !== quote) return undefined;
  if (value === after) return [];
  const raw = text.slice(valueStart + 1, end - 1);
  const put = (from: number, to: number, written: string): TextEdit[] => [
    { offset: valueStart + 1 + from, length: to - from, text: inQuotes(attributeText(written), quote) },
  ];
  const common = value.length > SHORT ? stretch(value, after) : undefined;
  const places = common && unitsIn(raw);
  if (!common || places?.length !== value.length + 1) return put(0, raw.length, after);
  const { start, end: tail } = common;
  return put(places[start]!, places[value.length - tail]!, after.slice(start, after.length - tail));
}

/** Where each unit of a text begins in its attribute, and where the last ends. */
function unitsIn(raw: string): number[] {
  const places: number[] = [];
  for (const { 1: code, index } of raw.matchAll(/&(#x?[0-9A-Fa-f]{1,7}|[a-z]{2,4});|\r\n|[^]/g)) {
    places.push(index);
    // A character beyond the first 65 536 is two units.
    if (code?.startsWith('#') && Number(code.slice(1).replace('x', '0x')) > 0xffff) places.push(index);
  }
  return [...places, raw.length];
}

/** A narrative as the writer has it; a text that is no XHTML stands there as plain text. */
export function divEdit(div: XmlElement, after: string, text: string, { eol }: XmlStyle): TextEdit[] {
  const wanted = narrativeAsXml(after).text;
  const raw = text.slice(div.start, div.end);
  const before = divOf(text, div);
  if (wanted === before) return [];
  if (!standsAlone(div, div)) return [{ offset: div.start, length: raw.length, text: wanted.replaceAll('\n', eol) }];
  const { start, end } = stretch(before, wanted);
  const units = lineEnds(raw);
  const from = units === undefined ? start : units[start]!;
  const to = units === undefined ? before.length - end : units[before.length - end]!;
  const written = wanted.slice(start, wanted.length - end).replaceAll('\n', eol);
  return [{ offset: div.start + from, length: to - from, text: written }];
}

/** Where each unit begins of a text with line ends of two; undefined where there is none such. */
function lineEnds(raw: string): number[] | undefined {
  if (!raw.includes('\r')) return undefined;
  return [...Array.from(raw.matchAll(/\r\n|[^]/g), ({ index }) => index), raw.length];
}

export function attributeAdded(element: XmlElement, name: string, value: string, { quote }: XmlStyle): TextEdit {
  const id = name === 'id' ? undefined : element.attributes.find((one) => one.name === 'id' && one.prefix === '');
  const written = ` ${name}=${quote}${inQuotes(attributeText(value), quote)}${quote}`;
  return { offset: id?.end ?? element.nameEnd, length: 0, text: written };
}

/** With the blanks before it. */
export function attributeRemoval({ attributes, nameEnd }: XmlElement, attribute: XmlAttribute): TextEdit {
  const start = attributes[attributes.indexOf(attribute) - 1]?.end ?? nameEnd;
  return { offset: start, length: attribute.end - start, text: '' };
}

/** The names in both tags of an element. */
export function nameEdits(element: XmlElement, to: string, text: string): TextEdit[] {
  const { name, prefix, nameEnd, closeStart, isEmptyTag } = element;
  const length = name.length;
  const open = { offset: nameEnd - length, length, text: to };
  if (isEmptyTag || !isClosed(element, text)) return [open];
  return [open, { offset: closeStart + 2 + (prefix === '' ? 0 : prefix.length + 1), length, text: to }];
}
