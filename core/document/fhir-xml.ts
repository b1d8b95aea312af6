// FHIR XML read as the values that FHIR JSON has (http://hl7.org/fhir/STU3/xml.html and json.html): the definitions say
// what is a list, a number or a boolean. The order of elements is not judged here, and where they stood is not kept.
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { childNamed, type Element, isList } from '../definitions/element';
import { BASE, type Registry } from '../definitions/registry';
import type { Json } from '../json';
import { putPrimitive, putValue, readPrimitive } from './fhir-json-value';
import { createXhtmlReader, XHTML, type XhtmlReader } from './xhtml-text';

export interface XmlProblem {
  /** One sentence. */
  message: string;
  /** In UTF-16 code units from the start of the text. */
  offset: number;
}

export interface FhirXml {
  /** The resource as FHIR JSON, as far as it could be read; undefined when nothing could. */
  value: unknown;
  problems: XmlProblem[];
}

const FHIR = 'http://hl7.org/fhir';
const XML_SCHEMA = 'http://www.w3.org/2001/XMLSchema-instance';

/** Messages nest about 20 deep, and hold some thousand elements: beyond this is a mistake or an attack. */
const DEEPEST = 200;
const MOST_ELEMENTS = 1_000_000;
const MOST_PROBLEMS = 100;

/** What is thrown to leave the parser, and caught here. */
const ENOUGH = Symbol('enough');

/** An element that has been opened and not yet closed. */
interface Frame {
  name: string;
  /** What is being built: an object, or the id and extensions that stand beside a primitive. */
  value: Json;
  /** What may stand inside; undefined where it is not known. */
  children: ReadonlyMap<string, Element> | undefined;
  /** Of an element such as `entry.resource`: what is inside is a resource, named by its type. */
  resources?: Json[];
  /** Puts what was built in its place. */
  close: () => void;
}

/** Reads a resource; broken text gives problems and as much of the value as can be read. Never throws. */
export function readFhirXml(text: string, registry: Registry): FhirXml {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const problems: XmlProblem[] = [];
  const frames: Frame[] = [];
  let value: unknown;
  let elements = 0;
  let depth = 0;
  let xhtml: XhtmlReader | undefined;
  let foreign = false;

  const tell = (message: string, offset: number): void => {
    problems.push({ message, offset });
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error, but the one way out of the parser
    if (problems.length >= MOST_PROBLEMS) throw ENOUGH;
  };
  const stop = (message: string): never => {
    tell(message, parser.position);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- no error, but the one way out of the parser
    throw ENOUGH;
  };
  const startOfTag = (): number => text.lastIndexOf('<', parser.position - 1);

  parser.on('error', ({ message }) => {
    if (message !== 'undefined entity.') stop(`This is not well-formed XML: ${message.replace(/\.$/, '')}.`);
    tell('XML knows only the entities amp, lt, gt, quot and apos: write the character itself.', parser.position);
  });
  parser.on('doctype', () => {
    stop('FHIR XML has no DOCTYPE: remove it. Nothing after it is read, for it may bring in other files.');
  });
  parser.on('opentag', (tag) => {
    if (++depth > DEEPEST) stop(`Nested more than ${DEEPEST} levels deep: no FHIR message is.`);
    if (++elements > MOST_ELEMENTS) stop('More than a million elements: no FHIR message is that large.');
    if (xhtml) {
      xhtml.open(tag);
      return;
    }
    const frame = frames.at(-1);
    if (!frame) frames.push(resource(tag, (root) => (value = root)));
    else if (frame.resources) frames.push(resource(tag, (inner) => void frame.resources!.push(inner)));
    else open(tag, frame);
  });
  parser.on('closetag', () => {
    depth--;
    if (xhtml) {
      const div = xhtml.close(parser.position);
      if (div === undefined) return;
      putValue(frames.at(-1)!.value, 'div', div, false);
      xhtml = undefined;
    } else frames.pop()?.close();
  });
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (words) => {
      if (xhtml) xhtml.text(words);
      else if (/\S/.test(words))
        tell(`Text stands between the elements of ${frames.at(-1)?.name ?? 'the message'}.`, parser.position);
    });

  const open = (tag: SaxesTagNS, { name: owner, value: parent, children }: Frame): void => {
    const name = tag.local;
    const element = children && childNamed(children, name);
    const code = element?.types.length === 1 ? element.types[0]!.code : undefined;
    if (code === 'xhtml') {
      if (tag.uri !== XHTML) tell(`The div of ${owner} must be of the namespace ${XHTML}.`, startOfTag());
      xhtml = createXhtmlReader(text, startOfTag());
      xhtml.open(tag);
      return;
    }
    checkNamespace(tag);
    checkAttributes(tag, ['id', 'value', 'url']);
    const many = element !== undefined && isList(element);
    const inside: Json = {};
    if (tag.attributes.id) inside.id = tag.attributes.id.value;
    const raw = tag.attributes.value?.value;
    if (isPrimitive(element, code) || (!element && raw !== undefined)) {
      const read = raw === undefined ? undefined : readPrimitive(raw, code);
      frames.push({
        name,
        value: inside,
        children: registry.type(code ?? 'Element')?.children,
        close: () => putPrimitive(parent, name, read, inside, many),
      });
      return;
    }
    if (tag.attributes.url && (code === 'Extension' || !element)) inside.url = tag.attributes.url.value;
    const resources: Json[] | undefined = code === 'Resource' ? [] : undefined;
    frames.push({
      name,
      value: inside,
      children: element && !resources ? registry.childrenOf(element, code) : undefined,
      resources,
      close: () => {
        for (const one of resources?.length ? resources : [inside]) putValue(parent, name, one, many);
      },
    });
  };

  const resource = (tag: SaxesTagNS, put: (value: Json) => void): Frame => {
    checkNamespace(tag);
    checkAttributes(tag, []);
    const inner: Json = { resourceType: tag.local };
    return {
      name: tag.local,
      value: inner,
      children: registry.isResource(tag.local) ? registry.type(tag.local)?.children : undefined,
      close: () => put(inner),
    };
  };

  const isPrimitive = (element: Element | undefined, code: string | undefined): boolean =>
    code !== undefined && !element?.children && registry.definition(BASE + code)?.kind === 'primitive-type';

  /** Where the namespace is forgotten it is so for all elements, so it is said once. */
  const checkNamespace = ({ local, uri }: SaxesTagNS): void => {
    if (uri === FHIR || foreign) return;
    foreign = true;
    tell(`${local} must be of the namespace ${FHIR}${uri === '' ? '.' : `, not ${uri}.`}`, startOfTag());
  };

  const checkAttributes = ({ local, attributes }: SaxesTagNS, allowed: readonly string[]): void => {
    const wrong = Object.values<SaxesAttributeNS>(attributes).filter(
      ({ local: name, prefix, uri }) =>
        name !== 'xmlns' && prefix !== 'xmlns' && uri !== XML_SCHEMA && !(uri === '' && allowed.includes(name)),
    );
    if (wrong.length === 0) return;
    const at = startOfTag();
    for (const { name } of wrong) tell(`${local} may not have the attribute "${name}" in FHIR.`, at);
  };

  try {
    parser.write(text).close();
  } catch (thrown) {
    if (thrown !== ENOUGH) throw thrown;
  }
  // What was still open keeps what it holds, inner before outer.
  for (const frame of frames.reverse()) frame.close();
  return { value, problems };
}
