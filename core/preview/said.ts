// Values of a message as a person reads them, each with the place where it stands.
import { join, type Pointer } from '../document/pointer';
import { type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { longTime } from '../itk3/times';
import { asText, isObject, type Json, list, object, text } from '../json';

/** A value, of several lines where it says several things, and what it stands for in the message. */
export interface Said {
  text: string;
  at: Pointer;
}

/** Reads one thing of a resource; undefined where the resource does not say it. */
export type Reader = (at: Located, message: Message) => Said | undefined;

export function said(value: string | undefined, at: Pointer): Said | undefined {
  const line = value?.trim();
  return line ? { text: line, at } : undefined;
}

/** Several as one, at the place of all of them. */
export function lines(parts: readonly (Said | undefined)[], at: Pointer): Said | undefined {
  const told = parts.filter((part) => part !== undefined);
  if (told.length === 1) return told[0];
  return said(told.map(({ text: line }) => line).join('\n'), at);
}

export function conceptSaid(value: unknown, at: Pointer): Said | undefined {
  if (!isObject(value)) return undefined;
  const codings = list(value.coding);
  const shown = codings.findIndex((coding) => text(object(coding).display)?.trim());
  if (shown >= 0) return said(text(object(codings[shown]).display), join(at, 'coding', shown));
  if (text(value.text)?.trim()) return said(text(value.text), join(at, 'text'));
  const coded = codings.findIndex((coding) => text(object(coding).code));
  return coded < 0 ? undefined : said(text(object(codings[coded]).code), join(at, 'coding', coded));
}

/** Of the list of concepts at a property. */
export function concepts(property: string): Reader {
  return ({ resource, pointer }) => {
    const at = join(pointer, property);
    const values = resource[property];
    if (!Array.isArray(values)) return conceptSaid(values, at);
    return lines(
      values.map((value, i) => conceptSaid(value, join(at, i))),
      at,
    );
  };
}

/** Whichever of the readers finds something first. */
export function either(...readers: readonly Reader[]): Reader {
  return (at, message) => {
    for (const read of readers) {
      const found = read(at, message);
      if (found) return found;
    }
    return undefined;
  };
}

/** A plain value, with its first letter as a capital. */
export function word(property: string): Reader {
  return ({ resource, pointer }) => said(capital(asText(resource[property])), join(pointer, property));
}

export function plain(property: string): Reader {
  return ({ resource, pointer }) => said(asText(resource[property]), join(pointer, property));
}

/** A date or time at a path. */
export function time(...path: string[]): Reader {
  return ({ resource, pointer }) => {
    const value = path.reduce<unknown>((inner, name) => object(inner)[name], resource);
    return said(longTime(value), join(pointer, ...path));
  };
}

export function amount(property: string): Reader {
  return ({ resource, pointer }) => {
    const { value, unit, extension } = object(resource[property]);
    const written = list(extension).find((one) => text(object(one).valueString));
    const at = join(pointer, property);
    if (written) return said(text(object(written).valueString), at);
    return typeof value === 'number' ? said([String(value), asText(unit)].join(' '), at) : undefined;
  };
}

/** What is read of the resource that a reference leads to; its display where it leads nowhere. */
export function through(property: string, read: Reader): Reader {
  return (at, message) => {
    const reference = object(list(at.resource[property])[0] ?? at.resource[property]);
    const led = followed(reference, at, message);
    return (led && read(led, message)) ?? said(text(reference.display), join(at.pointer, property));
  };
}

export function followed(reference: unknown, from: Located, message: Message): Located | undefined {
  const told = referenceIn(reference);
  return told === undefined ? undefined : resolve(message, from, told);
}

export function capital(one: string): string {
  return one.slice(0, 1).toUpperCase() + one.slice(1);
}

export function identifierOf({ resource, pointer }: Located, system: (system: string) => boolean): Said | undefined {
  const at = join(pointer, 'identifier');
  const found = list(resource.identifier).findIndex((one) => system(asText(object(one).system)));
  return found < 0 ? undefined : said(asText(object(list(resource.identifier)[found]).value), join(at, found));
}

export function words(value: unknown): string {
  return list(value)
    .flatMap((part) => text(part) ?? [])
    .join(' ');
}

export function objects(value: unknown): Json[] {
  return list(value).filter(isObject);
}
