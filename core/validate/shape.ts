// The shape of base STU3: ajv's errors in the writer's words.
import { childNamed, choiceNames, type Element, isChoice, isList, plainName } from '../definitions/element';
import type { Registry } from '../definitions/registry';
import { type Pointer, join, segmentsOf, valueAt } from '../document/pointer';
import type { Finding } from '../finding';
import { isObject, list, object } from '../json';
import type { Located } from '../itk3/message';
import { nearest } from '../nearest';
import { meantByOtherName } from './other-names';
import { saysForm, whyNoDay } from './primitives';
import type { ShapeError } from '../knowledge';
import type { Run } from './stage';
import { because, either, fhirValue, shortened, times } from './wording';

export function validateShape({ message, knowledge, report }: Run): void {
  for (const located of message.resources) {
    // Asked of the registry first: every object has a "constructor", no message has one.
    const validate = knowledge.registry.isResource(located.type) ? knowledge.shapes[located.type] : undefined;
    if (!validate) {
      const near = nearest(located.type, knowledge.registry.resourceTypes());
      report({
        rule: 'resource-type',
        severity: 'error',
        pointer: join(located.pointer, 'resourceType'),
        part: 'value',
        message: `FHIR STU3 has no resource type "${located.type}"${near ? `: did you mean ${near}?` : '.'}`,
        ...(near && {
          fixes: [
            { kind: 'set', title: `Change to ${near}`, pointer: join(located.pointer, 'resourceType'), value: near },
          ],
        }),
      });
      continue;
    }
    if (validate(located.resource)) continue;
    for (const error of mostTelling(validate.errors ?? [])) {
      const finding = translate(error, located, knowledge.registry);
      if (finding) report(finding);
    }
  }
}

/** A value that is not even of the right kind breaks several rules at once: what kind it should be says it all. */
function mostTelling(errors: readonly ShapeError[]): ShapeError[] {
  // Items of a list of primitives may be null beside a companion, so each wrong one fails that alternative as well.
  const real = errors.filter((e) => e.keyword !== 'anyOf' && !(e.keyword === 'type' && e.params.type === 'null'));
  const hollow = new Set(real.filter((e) => e.keyword === 'minProperties').map((e) => e.instancePath));
  const wrongKind = new Set(real.filter((e) => e.keyword === 'type').map((e) => e.instancePath));
  const seen = new Set<string>();
  return real.filter((error) => {
    const isKind = wrongKind.has(error.instancePath);
    const key = `${error.instancePath} ${isKind ? 'kind' : `${error.keyword} ${JSON.stringify(error.params)}`}`;
    if (error.keyword === 'required' && hollow.has(error.instancePath)) return false;
    if (seen.has(key) || (isKind && error.keyword !== 'type')) return false;
    seen.add(key);
    return true;
  });
}

function translate(error: ShapeError, at: Located, registry: Registry): Finding | undefined {
  const pointer = at.pointer + error.instancePath;
  const value = valueAt(at.resource, error.instancePath);
  const element = elementAt(at, error.instancePath, registry);
  const name = lastName(pointer) ?? at.type;
  const base = { severity: 'error' as const, source: sourceOfType(at) };
  switch (error.keyword) {
    case 'additionalProperties':
      return {
        ...base,
        ...unknownProperty(String(error.params.additionalProperty), pointer, element, value, registry),
      };
    case 'required': {
      const missing = String(error.params.missingProperty);
      // A primitive may be there by its companion alone, such as _status with an extension.
      if (isObject(value) && value[`_${missing}`] !== undefined) return undefined;
      const short = element && registry.childrenOf(element).get(missing)?.short;
      return {
        ...base,
        rule: 'required',
        pointer,
        part: 'key',
        message: `${missing} is missing${because(short)}`,
        missing,
      };
    }
    case 'type':
      return { ...base, ...wrongKind(error, pointer, name, value, element) };
    case 'minItems':
      return {
        ...base,
        rule: 'empty',
        pointer,
        part: 'value',
        message: `${name} is an empty list: put something in it or remove it.`,
      };
    case 'minProperties':
      return {
        ...base,
        rule: 'empty',
        pointer,
        part: 'value',
        message: `${name} is empty: put something in it or remove it.`,
      };
    default:
      return { ...base, ...wrongForm(error, pointer, name, value, element) };
  }
}

type Part = Pick<Finding, 'rule' | 'pointer' | 'part' | 'message' | 'fixes'>;

function unknownProperty(
  property: string,
  parent: Pointer,
  element: Element | undefined,
  value: unknown,
  registry: Registry,
): Part {
  const names = element ? propertyNames(element, registry) : [];
  const free = names.filter((name) => !(isObject(value) && Object.hasOwn(value, name)));
  // The bare name of a choice is no slip of one of its forms.
  const isChosen = element !== undefined && registry.childrenOf(element).has(`${property}[x]`);
  const slip = isChosen ? undefined : nearest(property, free);
  const near = slip ?? meantByOtherName(property, free);
  const forms = near === undefined ? choiceFor(property, element, registry) : undefined;
  const pointer = join(parent, property);
  const codings = property === 'coding' && isObject(value) ? value.coding : undefined;
  // Of what STU3 does not know, XML does not tell whether it is a list.
  const coding: unknown = isObject(codings) ? codings : list(codings)[0];
  if (isObject(coding) && names.includes('code') && names.includes('system'))
    return {
      rule: 'unknown-property',
      pointer,
      part: 'key',
      message: `${element?.name} is a Coding itself: system, code and display stand in it without coding.`,
      fixes: [{ kind: 'set', title: 'Take the coding out', pointer: parent, value: coding }],
    };
  const owner = element?.path ?? 'this object';
  return {
    rule: 'unknown-property',
    pointer,
    part: 'key',
    message: `${owner} has no property "${shortened(property)}"${near ? `: did you mean "${near}"?` : forms ? `: use ${forms}.` : '.'}`,
    fixes: [
      ...(near
        ? [
            {
              kind: 'rename' as const,
              title: `Rename to ${near}`,
              pointer,
              name: near,
              sure: slip !== undefined && suits(object(value)[property], slip, element!, registry),
            },
          ]
        : []),
      // Whoever wrote it wanted to say something.
      { kind: 'remove', title: `Remove ${shortened(property)}`, pointer, sure: false },
    ],
  };
}

/** Whether a value is of the kind that stands under a name: a list or not, an object or not. */
function suits(value: unknown, name: string, owner: Element, registry: Registry): boolean {
  const element = childNamed(registry.childrenOf(owner), name);
  if (!element) return false;
  const items = isList(element) ? value : [value];
  const isPrimitive = /^[a-z]/.test(element.types[0]?.code ?? 'Element');
  return Array.isArray(items) && items.every((item) => isObject(item) !== isPrimitive && !Array.isArray(item));
}

/** The forms of the choice that a name seems to be of: `medicationString` -> `medicationCodeableConcept or medicationReference`. */
function choiceFor(property: string, element: Element | undefined, registry: Registry): string | undefined {
  for (const child of element ? registry.childrenOf(element).values() : []) {
    if (!isChoice(child) || !property.startsWith(child.name.slice(0, -3))) continue;
    const names = [...choiceNames(child).keys()];
    return names.length > 6 ? `${names.slice(0, 6).join(', ')} or another form of ${child.name}` : either(names);
  }
  return undefined;
}

/** All names that STU3 lets stand inside an element, choices spelt out. */
export function propertyNames(element: Element, registry: Registry): string[] {
  return [...registry.childrenOf(element).values()].flatMap((child) =>
    isChoice(child) ? [...choiceNames(child).keys()] : [child.name],
  );
}

function wrongKind(
  error: ShapeError,
  pointer: Pointer,
  name: string,
  value: unknown,
  element: Element | undefined,
): Part {
  const wanted = String(error.params.type);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const message = `${name} is larger than any number that can be read.`;
    return { rule: 'primitive-form', pointer, part: 'value', message };
  }
  const base = { rule: 'kind', pointer, part: 'value' as const };
  if (wanted === 'array')
    return {
      ...base,
      message: `${name} is a list here: put the value in [ ].`,
      // What is nothing is nothing in a list too.
      ...(value !== null &&
        !(isObject(value) && Object.keys(value).length === 0) && {
          fixes: [{ kind: 'set', title: 'Put it in a list', pointer, value: [value] }],
        }),
    };
  if (Array.isArray(value)) {
    const only = value.length === 1 ? (value[0] as unknown) : undefined;
    // An element that stands twice in XML is a list, too.
    const instead = value.length > 1 ? `and stands ${times(value.length)}` : 'not a list';
    return {
      ...base,
      message: `${name} is a single value here, ${instead}.`,
      ...(only !== undefined && { fixes: [{ kind: 'set', title: 'Take it out of the list', pointer, value: only }] }),
    };
  }
  const code = element?.types[0]?.code;
  if (wanted === 'object')
    return { ...base, message: `${owner(name, code)} is an object { … }, not ${fhirValue(value)}.` };
  if (wanted === 'string' && ['number', 'boolean'].includes(typeof value))
    return {
      ...base,
      message: `${owner(name, code)} is text: put it in double quotes.`,
      fixes: [{ kind: 'set', title: 'Put it in quotes', pointer, value: String(value) }],
    };
  const form =
    saysForm(code ?? '') ??
    { number: 'a number', integer: 'a whole number', boolean: 'true or false' }[wanted] ??
    wanted;
  return { ...base, message: `${name} must be ${form}, not ${fhirValue(value)}.` };
}

function owner(name: string, code: string | undefined): string {
  return name.endsWith(']') ? `This ${code ?? 'item'}` : name;
}

function wrongForm(
  error: ShapeError,
  pointer: Pointer,
  name: string,
  value: unknown,
  element: Element | undefined,
): Part {
  const format = typeof error.params.format === 'string' ? error.params.format : element?.types[0]?.code;
  const urn = typeof value === 'string' ? /^urn:(uuid|oid):/.exec(value)?.[1] : undefined;
  const form = saysForm(format === 'uri' && urn !== undefined ? urn : (format ?? ''));
  const isPlainText = format === 'string' || format === 'markdown';
  const noDay = typeof value === 'string' && /date|instant/i.test(format ?? '') ? whyNoDay(value) : undefined;
  const message =
    value === '' && isPlainText
      ? `${name} is empty: put something in it or remove it.`
      : noDay !== undefined
        ? `${fhirValue(value)} does not exist: ${noDay}.`
        : `${fhirValue(value)} is not ${form ?? `right for ${name}`}${form?.endsWith('.') ? '' : '.'}`;
  return { rule: 'primitive-form', pointer, part: 'value', message };
}

/** `entry[0]` rather than `0`. */
function lastName(pointer: Pointer): string | undefined {
  const segments = segmentsOf(pointer);
  const last = segments.at(-1);
  return last !== undefined && /^\d+$/.test(last) && segments.length > 1 ? `${segments.at(-2)}[${last}]` : last;
}

function elementAt(at: Located, instancePath: Pointer, registry: Registry): Element | undefined {
  let element = registry.type(at.type);
  for (const segment of segmentsOf(instancePath)) {
    if (/^\d+$/.test(segment)) continue;
    if (!element) return undefined;
    element = childNamed(registry.childrenOf(element), plainName(segment));
  }
  return element;
}

function sourceOfType({ type }: Located): Finding['source'] {
  return { title: `FHIR STU3 ${type}`, url: `http://hl7.org/fhir/STU3/${type.toLowerCase()}.html` };
}
