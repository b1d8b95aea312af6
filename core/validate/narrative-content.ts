// What one element of a narrative may be and carry (invariant txt-1 of STU3).
import { nearest } from '../nearest';
import { shortened } from './wording';
import * as xhtml from './xhtml';
import type { XmlAttribute } from './xml-scan';

/** A stretch of the narrative, in code units. */
export interface Stretch {
  offset: number;
  length: number;
}

/** Says what is wrong with a stretch; a repair takes the place of another stretch. */
export type SayWithin = (
  rule: 'narrative-xml' | 'narrative-content' | 'narrative-active' | 'narrative-link' | 'narrative-empty',
  where: Stretch | undefined,
  message: string,
  more?: { severity?: 'warning'; fix?: { title: string; text: string } },
) => void;

export function checkElement(name: string, offset: number, say: SayWithin): void {
  if (xhtml.ELEMENTS.has(name)) return;
  const where = { offset, length: name.length };
  const tag = `<${shortened(name)}>`;
  const lower = name.toLowerCase();
  const plain = lower.slice(lower.indexOf(':') + 1);
  if (xhtml.ACTIVE_ELEMENTS.has(plain)) {
    say(
      'narrative-active',
      where,
      `${tag} may not stand in a narrative: nothing in it may run, load or ask for input.`,
    );
  } else if (xhtml.DOUBTFUL_ELEMENTS.has(name)) {
    say('narrative-content', where, `Sources differ on ${tag}: ${DIFFER}`, { severity: 'warning' });
  } else if (xhtml.ELEMENTS.has(plain)) {
    say('narrative-content', where, `${tag} is written <${plain}> in a narrative.`);
  } else {
    const near = lower.length < 3 ? undefined : nearest(lower, xhtml.ELEMENTS);
    const instead = Object.hasOwn(xhtml.INSTEAD, plain) ? xhtml.INSTEAD[plain] : undefined;
    const hint = instead === undefined ? (near === undefined ? '.' : `: did you mean <${near}>?`) : `: use ${instead}.`;
    say('narrative-content', where, `${tag} is none of the elements that a narrative may have${hint}`);
  }
}

const DIFFER =
  'HTML 4.0 or the HL7 validator allows it in a narrative, the XPath of invariant txt-1 does not, so a receiver may refuse it.';

/** @param text the whole narrative, to know how to take the attribute out of it */
export function checkAttribute(element: string, attribute: XmlAttribute, text: string, say: SayWithin): void {
  const { name, offset } = attribute;
  if (xhtml.ATTRIBUTES.has(name)) {
    checkValue(element, attribute, say);
    return;
  }
  if (name.startsWith('xmlns:')) return;
  const where = { offset, length: name.length };
  const lower = name.toLowerCase();
  const fix = { title: `Remove ${shortened(name)}`, text: without(attribute, text) };
  if (/^on[a-z]/.test(lower)) {
    say('narrative-active', where, `${shortened(name)} runs a script: nothing in a narrative may run.`, { fix });
  } else if (xhtml.DOUBTFUL_ATTRIBUTES.has(name)) {
    say('narrative-content', where, `Sources differ on ${name}: ${DIFFER}`, { severity: 'warning', fix });
  } else {
    const near = lower.length < 3 ? undefined : nearest(lower, xhtml.ATTRIBUTES);
    const hint = near === undefined ? ': remove it.' : `: did you mean ${near}?`;
    say('narrative-content', where, `${shortened(name)} is none of the attributes that a narrative may have${hint}`, {
      fix,
    });
  }
}

/** Of an attribute that may stand: does it lead out, or run anything? */
function checkValue(element: string, { name, value, valueOffset }: XmlAttribute, say: SayWithin): void {
  const where = { offset: valueOffset, length: value.length };
  if (name === 'style') {
    const active = xhtml.activeStyle(xhtml.decoded(value));
    if (active !== undefined)
      say('narrative-active', where, `A style in a narrative may load or run nothing: ${shortened(active)} must go.`);
    return;
  }
  if (!xhtml.ADDRESSES.has(name)) return;
  const address = xhtml.decoded(value);
  const scheme = xhtml.schemeOf(address);
  const isImage = element === 'img' && name === 'src';
  if (scheme === 'javascript' || scheme === 'vbscript' || (scheme === 'data' && !isPicture(address, isImage)))
    say('narrative-active', where, `${name} may not be a ${scheme}: address: nothing in a narrative may run.`);
  else if (isImage && scheme !== 'data' && address.trim() !== '' && !address.startsWith('#')) {
    const message =
      'A picture from elsewhere may not be there for the reader: put it into the resource and name it by #id, or as a data: address.';
    say('narrative-link', where, message);
  }
}

function isPicture(address: string, isImage: boolean): boolean {
  return isImage && /^\s*data:image\/(?!svg)/i.test(address.slice(0, 200));
}

/** The narrative without an attribute and the space before it. */
function without({ offset, value, valueOffset }: XmlAttribute, text: string): string {
  return text.slice(0, offset).trimEnd() + text.slice(valueOffset + value.length + 1);
}
