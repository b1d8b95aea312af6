// Turns a change of the value into edits of XML text that look as the author would have typed them.
import type { Registry } from '../definitions/registry';
import { isObject, type Json } from '../json';
import { equal } from '../validate/equal';
import { type ElementKind, kindsOfResource } from './element-kinds';
import { applyTextEdits, type TextEdit } from './text-edits';
import { writeXml, xmlElementOf } from './write-xml';
import { endOfAttributes, type Page, type Written } from './xml-child-edits';
import { readXmlValue } from './xml-document';
import { memberEdits, type Work } from './xml-member-edits';
import { isXmlName } from './xml-characters';
import { isSingle } from './xml-members';
import { attributeNamed, type Owner, type Place, type Slot } from './xml-slots';
import { marginAt, marginOfLine, styled, styleOf } from './xml-style';
import { readXmlTree, type XmlElement } from './xml-tree';
import { attributeAdded, attributeEdits, attributeRemoval, divEdit, nameEdits } from './xml-value-edits';

/**
 * What is the same object in both values is left alone, to the letter; what is new stands where STU3 has it, and what
 * XML cannot say is not said. None where the text is so broken that it is not plain what they would do.
 */
export function xmlEditsOf(text: string, change: (value: unknown) => unknown, registry: Registry): TextEdit[] {
  const { root, excess, isPlain } = readXmlTree(text);
  const before = readXmlValue(text, registry);
  if (excess || !root || !isObject(before)) return [];
  const after = change(before);
  if (!isObject(after) || typeof after.resourceType !== 'string' || !isXmlName(after.resourceType)) return [];
  const edits: TextEdit[] = [];
  const doubts: unknown[] = [];
  const page: Page = { text, style: styleOf(text, root) };
  const work: Work = {
    ...page,
    registry,
    put: (some) => {
      if (some) edits.push(...some);
      else doubts.push(some);
    },
    difference: (...of) => difference(...of, work),
    written: (owner, name, kind, slot) => written(owner, name, kind, slot, work),
  };
  resource(root, before, after, work);
  if (doubts.length > 0) return [];
  edits.sort((a, b) => a.offset - b.offset || a.length - b.length);
  // Of a broken text the value is a guess: what is changed there must come out as it was meant.
  return isPlain || equal(readXmlValue(applyTextEdits(text, edits), registry), after) ? edits : [];
}

function resource(element: XmlElement, before: Json, after: Json, work: Work): void {
  if (before === after) return;
  const type = String(after.resourceType);
  if (before.resourceType !== type) {
    if (!isAlike(before, after, work.registry)) {
      work.put([resourceAnew(element, after, work)]);
      return;
    }
    work.put(nameEdits(element, type, work.text));
  }
  const owner: Owner = { element, kinds: kindsOfResource(type, work.registry), of: 'resource' };
  memberEdits(owner, before, after, work);
}

/** Whether a resource is the same under another type: what it keeps is of the same kind in both. */
function isAlike(before: Json, after: Json, registry: Registry): boolean {
  const [from, to] = [before, after].map(({ resourceType }) => kindsOfResource(String(resourceType), registry));
  const names = Object.keys(before).filter((name) => name !== 'resourceType');
  if (names.length > 0 && !names.some((name) => before[name] === after[name])) return false;
  if (!from || !to) return !from;
  return names.every(
    (name) => from.get(name)?.form === to.get(name)?.form && from.get(name)?.type === to.get(name)?.type,
  );
}

function resourceAnew(element: XmlElement, after: Json, { text, style, registry }: Work): TextEdit {
  const { unit, eol, isFlat } = style;
  const lines = styled(writeXml(after, registry, { layout: { unit, eol, isFlat } }).text, element.prefix, style);
  const root = readXmlTree(lines).root!;
  const inner = lines.slice(endOfAttributes(root), root.end).replaceAll(eol, eol + marginAt(text, element.start));
  // What the element declares is needed below it.
  const attributes = text.slice(element.nameEnd, endOfAttributes(element));
  const written = lines.slice(root.start, root.nameEnd) + attributes + inner;
  return { offset: element.start, length: element.end - element.start, text: written };
}

function difference(
  place: Place,
  name: string,
  kind: ElementKind | undefined,
  before: Slot,
  after: Slot,
  work: Work,
): void {
  if (place.attribute) {
    work.put(attributeEdits(place.attribute, String(after.value), work.text));
    return;
  }
  const { element, inner } = place;
  const [from, to] = [before.value, after.value];
  const form = kind?.form ?? (isObject(from) ? 'complex' : 'primitive');
  if (form === 'xhtml' && typeof from === 'string' && typeof to === 'string') {
    work.put(divEdit(element, to, work.text, work.style));
  } else if (form === 'resource' && inner && isObject(from) && isObject(to) && isResource(to)) {
    resource(inner, from, to, work);
  } else if (form === 'complex' && isObject(from) && isObject(to)) {
    const of = !kind || kind.type === 'Extension' ? 'Extension' : 'other';
    memberEdits({ element, kinds: kind?.inside(), of }, from, to, work);
  } else if (
    (form === 'primitive' || form === 'attribute') &&
    !isObject(from) &&
    (isSingle(to) || (to === undefined && kind))
  ) {
    if (from !== to) work.put(valueEdits(element, isSingle(to) ? String(to) : undefined, work));
    memberEdits({ element, kinds: kind?.inside(), of: 'primitive' }, before.beside ?? {}, after.beside ?? {}, work);
  } else if (place.isShared) work.put(undefined);
  else {
    const { start, end } = element;
    const text = work.written(element.parent!, name, kind, after)(marginOfLine(work.text, start));
    work.put([{ offset: start, length: end - start, text }]);
  }
}

function isResource({ resourceType }: Json): boolean {
  return typeof resourceType === 'string' && isXmlName(resourceType);
}

function valueEdits(element: XmlElement, value: string | undefined, { text, style }: Work): TextEdit[] | undefined {
  const attribute = attributeNamed(element, 'value');
  if (value === undefined) return attribute ? [attributeRemoval(element, attribute)] : [];
  if (attribute) return attributeEdits(attribute, value, text);
  return [attributeAdded(element, 'value', value, style)];
}

function written(
  { prefix }: XmlElement,
  name: string,
  kind: ElementKind | undefined,
  { value, beside }: Slot,
  { registry, style }: Work,
): Written {
  return (margin) => {
    const layout = { indent: margin ?? '', unit: style.unit, eol: margin === undefined ? '' : style.eol };
    return styled(xmlElementOf(name, value, kind, registry, { ...layout, beside }), prefix, style);
  };
}
