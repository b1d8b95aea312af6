// Narratives: XHTML inside the text of a resource or section (http://hl7.org/fhir/STU3/narrative.html, txt-1 and txt-2).
import { join, type Pointer } from '../document/pointer';
import type { Report } from '../finding';
import { isObject, type Json, list } from '../json';
import type { Located } from '../itk3/message';
import { checkAttribute, checkElement, type SayWithin } from './narrative-content';
import { checkLinks, type Links, noteLink } from './narrative-links';
import type { Run } from './stage';
import { NARRATIVE } from './stage-rules';
import { shortened } from './wording';
import { decoded, ENTITIES } from './xhtml';
import { firstInk } from '../document/xml-characters';
import { scanXml, type XmlAttribute, type XmlProblem } from './xml-scan';

const NAMESPACE = 'http://www.w3.org/1999/xhtml';

/** Whoever has mended these looks again; a hostile narrative would have thousands. */
const MOST_FINDINGS = 20;

export function validateNarratives({ message, report }: Run): void {
  for (const located of message.resources) {
    const links: Links = { wanted: [], anchors: new Set() };
    for (const [div, pointer] of narrativesOf(located)) check(div, pointer, links, report);
    checkLinks(links, (located.container ?? located).resource);
  }
}

/** Each div with something in it, and where it stands; what is empty altogether is the shape's business. */
function* narrativesOf({ resource, type, pointer }: Located): Generator<[string, Pointer]> {
  const owners: [Json, Pointer][] = [[resource, pointer]];
  // The list grows while it is read: sections have sections.
  for (const [owner, at] of owners) {
    const { text, section } = owner;
    if (isObject(text) && typeof text.div === 'string' && firstInk(text.div, 0, text.div.length) >= 0)
      yield [text.div, join(at, 'text', 'div')];
    if (type !== 'Composition') continue;
    list(section).forEach((inner, i) => {
      if (isObject(inner)) owners.push([inner, join(at, 'section', i)]);
    });
  }
}

function check(div: string, pointer: Pointer, links: Links, report: Report): void {
  let said = 0;
  const say: SayWithin = (rule, within, message, { severity, fix } = {}) => {
    if (said++ >= MOST_FINDINGS) return;
    const info = NARRATIVE[rule];
    report({
      rule,
      severity: severity ?? info.severity,
      pointer,
      part: 'value',
      ...(within && { within }),
      message,
      source: info.source,
      ...(fix && { fixes: [{ kind: 'set', title: fix.title, pointer, value: fix.text }] }),
    });
  };
  const seen = { ink: false, problem: false, escaped: false };
  scanXml(div, {
    open: (name, offset, attributes, depth) => {
      if (attributes.some((a) => a.name === 'src') && name === 'img') seen.ink = true;
      if (said >= MOST_FINDINGS) return;
      if (depth === 0) checkRoot(div, name, offset, attributes, say);
      if (depth > 0 || name === 'div') checkElement(name, offset, say);
      for (const attribute of attributes) {
        if (said >= MOST_FINDINGS) return;
        if (attribute.name !== 'xmlns') checkAttribute(name, attribute, div, say);
        else if (depth > 0) checkInnerNamespace(attribute, say);
        noteLink(links, attribute, name, say);
      }
    },
    text: (from, to) => {
      seen.ink ||= firstInk(div, from, to) >= 0 && /[^ \t\r\n]/.test(decoded(div.slice(from, to)));
      const tag = seen.escaped ? undefined : ESCAPED_TAG.exec(div.slice(from, to));
      if (!tag) return;
      seen.escaped = true;
      const message = `A reader sees ${decoded(tag[0])} as text: markup is written with < and >, not &lt; and &gt;.`;
      say('narrative-content', { offset: from + tag.index, length: tag[0].length }, message, { severity: 'warning' });
    },
    cdata: (from, to) => {
      seen.ink ||= firstInk(div, from + 9, to - 3) >= 0;
      const message = 'A browser does not show CDATA: write the text itself, with &lt; for < and &amp; for &.';
      say('narrative-content', { offset: from, length: to - from }, message, { severity: 'warning' });
    },
    problem: (problem) => {
      // The first says it all: what comes after a broken tag may only follow from it.
      if (!seen.problem) sayProblem(div, problem, say);
      seen.problem = true;
    },
  });
  if (!seen.ink && !seen.problem)
    say('narrative-empty', undefined, 'This narrative says nothing: put text or a picture in it, or remove it.');
}

function checkRoot(
  div: string,
  name: string,
  offset: number,
  attributes: readonly XmlAttribute[],
  say: SayWithin,
): void {
  const where = { offset, length: name.length };
  if (name !== 'div') {
    say('narrative-xml', where, `A narrative is a <div>, not a <${shortened(name)}>: put this inside one.`);
    return;
  }
  const xmlns = attributes.find((a) => a.name === 'xmlns');
  const put = (from: number, to: number, text: string) => ({
    fix: { title: 'Set the namespace of XHTML', text: div.slice(0, from) + text + div.slice(to) },
  });
  if (!xmlns) {
    const end = offset + name.length;
    const message = `This <div> has no namespace: write <div xmlns="${NAMESPACE}">.`;
    say('narrative-xml', where, message, put(end, end, ` xmlns="${NAMESPACE}"`));
  } else if (decoded(xmlns.value) !== NAMESPACE) {
    const { valueOffset: from, value } = xmlns;
    const message = `The namespace of a narrative is "${NAMESPACE}".`;
    say('narrative-xml', { offset: from, length: value.length }, message, put(from, from + value.length, NAMESPACE));
  }
  // A reader that takes the content from the first > on, as the standard lets it, would be led astray.
  for (const { value, valueOffset } of attributes) {
    const angle = value.indexOf('>');
    if (angle < 0) continue;
    say(
      'narrative-xml',
      { offset: valueOffset + angle, length: 1 },
      'In the tag of the outer <div>, > is written &gt;.',
    );
  }
}

function checkInnerNamespace({ value, valueOffset }: XmlAttribute, say: SayWithin): void {
  if (decoded(value) === NAMESPACE) return;
  const message = 'Everything in a narrative is XHTML: no other namespace may stand here.';
  say('narrative-content', { offset: valueOffset, length: value.length }, message);
}

function sayProblem(div: string, { kind, offset, length, message, edit }: XmlProblem, say: SayWithin): void {
  const where = { offset, length };
  if (kind === 'ampersand') {
    say('narrative-xml', where, message, { fix: { title: 'Write &amp;', text: escaped(div) } });
  } else if (kind === 'entity') {
    const entity = div.slice(offset, offset + length);
    const name = entity.slice(1, -1);
    const code = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (code === undefined) say('narrative-xml', where, `${message}: write the character itself.`);
    else {
      const fix = { title: `Write &#${code};`, text: div.replaceAll(entity, `&#${code};`) };
      say('narrative-xml', where, `${message}, HTML alone has it: write &#${code}; or the character itself.`, { fix });
    }
  } else if (!div.includes('<')) {
    const isEscaped = /^\s*&lt;/.test(div);
    const fix = isEscaped
      ? { title: 'Write < and > as they are', text: decoded(div) }
      : { title: 'Put it in a <div>', text: `<div xmlns="${NAMESPACE}">${escaped(div)}</div>` };
    say(
      'narrative-xml',
      where,
      isEscaped ? 'The markup of a narrative is written with < and >, not &lt; and &gt;.' : message,
      { fix },
    );
  } else {
    const fix = edit && {
      title: edit.title,
      text: div.slice(0, edit.offset) + edit.text + div.slice(edit.offset + edit.length),
    };
    say('narrative-xml', where, message, fix && { fix });
  }
}

/** Markup that was escaped like text. */
export const ESCAPED_TAG = /&lt;\/?(?:b|br|div|em|h[1-6]|i|li|ol|p|span|strong|table|tbody|td|th|tr|ul)\s*\/?&gt;/i;

/** With &amp; for each & that starts no entity. */
function escaped(text: string): string {
  return text.replace(/&(?!(?:[A-Za-z][A-Za-z0-9]{0,31}|#\d{1,32}|#x[0-9A-Fa-f]{1,32});)/g, '&amp;');
}
