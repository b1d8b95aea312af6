// Fixes of what the rules find in organisations, and which of them with their ODS codes a message knows.
import { join, valueAt } from '../document/pointer';
import type { Change, Fix } from '../finding';
import { documentOf, textOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import { headerOf, type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { asText, isObject, list, text } from '../json';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';
import { resourceAround } from '../validate/locate';
import type { FixMaker, Fixing } from './fixing';
import { odsCodeTold } from './told';
import { referralsTo } from './wiring';

export interface KnownOrganisation {
  located: Located;
  name: string;
  code: string;
}

/** Many findings ask of one message. */
const READ = new WeakMap<Message, KnownOrganisation[]>();

/** The organisations with a readable code and a name, each code once. */
export function organisationsOf(message: Message): readonly KnownOrganisation[] {
  const known = READ.get(message) ?? readOrganisations(message);
  READ.set(message, known);
  return known;
}

function readOrganisations({ resources }: Message): KnownOrganisation[] {
  const known = resources.flatMap((located): KnownOrganisation[] => {
    if (located.type !== 'Organization') return [];
    const name = text(located.resource.name);
    const codes = identifiersOf(located, ODS_SYSTEMS.slice(0, 1)).flatMap(
      ({ identifier }) => text(identifier.value) ?? [],
    );
    const code = codes.find(isOdsCode);
    return name !== undefined && code !== undefined ? [{ located, name, code }] : [];
  });
  return [...new Map(known.toReversed().map((k) => [k.code, k])).values()].reverse();
}

const organisationFacts: FixMaker = ({ pointer }, fixing) => {
  const { message } = fixing;
  const at = resourceAround(pointer, message);
  if (!at) return [];
  const name = text(at.resource.name);
  const lacksCode = identifiersOf(at, ODS_SYSTEMS).length === 0;
  const names = orNone(name === undefined ? namesOf(at, fixing) : []);
  const codes = orNone(lacksCode ? codesOf(at, name ?? names[0], fixing) : []);
  return names.flatMap((called) =>
    codes.flatMap((code): Fix[] => {
      const changes = [
        ...(code ? [code.change] : []),
        ...(called === undefined ? [] : [{ kind: 'set', pointer: join(at.pointer, 'name'), value: called } as const]),
      ];
      const parts = [
        ...(code ? [`the ODS code ${code.code}, ${code.why}`] : []),
        ...(called === undefined ? [] : [`the name ${called}`]),
      ];
      const isWhole = (code !== undefined || !lacksCode) && (called ?? name) !== undefined;
      const sure = isWhole && names.length * codes.length === 1 && code?.sure !== false;
      return changes.length === 0 ? [] : [{ title: `Add ${parts.join(', and ')}`, sure, kind: 'all', changes }];
    }),
  );
};

function orNone<T>(known: T[]): (T | undefined)[] {
  return known.length > 0 ? known : [undefined];
}

/** What others call it: references to it, the section that leads to it. */
function namesOf(at: Located, { message, knowledge }: Fixing): string[] {
  const displays = referralsTo(at, message).flatMap(({ pointer }) => {
    const reference = valueAt(message.root.resource, pointer);
    return isObject(reference) ? (text(reference.display) ?? []) : [];
  });
  const document = documentOf(message, knowledge);
  const sections = (document?.sections ?? []).filter(({ resource }) => {
    const reference = referenceIn(list(resource.entry)[0]);
    return reference !== undefined && document && resolve(message, document.composition, reference) === at;
  });
  const told = sections.flatMap((section) =>
    (textOf(section)?.rows ?? []).flatMap(({ cell }) => textIn(textOf(section)!.div, cell.within)),
  );
  return [...new Set([...displays, ...told])].slice(0, 5);
}

/** Of a paragraph that begins with the word. */
function textIn(div: string, { offset, length }: { offset: number; length: number }): string[] {
  const [, name] = /^Name:\s*([^<&]{1,200})(?:<|$)/.exec(div.slice(offset, offset + length)) ?? [];
  return name === undefined ? [] : [name.trim()];
}

function codesOf(
  at: Located,
  name: string | undefined,
  fixing: Fixing,
): { code: string; why: string; sure: boolean; change: Change }[] {
  const [system] = ODS_SYSTEMS;
  const identifiers = join(at.pointer, 'identifier');
  const there = list(at.resource.identifier);
  const add = (code: string): Change => {
    const value = { system, value: code };
    return there.length > 0
      ? { kind: 'insert', pointer: join(identifiers, there.length), value }
      : { kind: 'set', pointer: identifiers, value: [value] };
  };
  const told = odsCodeTold(at, fixing);
  const i = there.findIndex((identifier) => isObject(identifier) && isOdsCode(asText(identifier.value)));
  const found = there[i];
  if (isObject(found)) {
    const code = asText(found.value);
    const change: Change = { kind: 'set', pointer: join(identifiers, i, 'system'), value: system };
    const other =
      told === undefined || told === code
        ? []
        : [{ code: told, why: 'as the text says', sure: false, change: add(told) }];
    return [{ code, why: 'by giving the identifier its system', sure: told === code, change }, ...other];
  }
  if (told !== undefined) return [{ code: told, why: 'as the text says', sure: true, change: add(told) }];
  const namesakes = organisationsOf(fixing.message).filter((o) => o.name === name);
  return namesakes.map(({ code }) => ({ code, why: 'which another of its name has', sure: false, change: add(code) }));
}

/** Where the value is no code, the organisation may be one that has a code elsewhere. */
const odsCode: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const { message } = fixing;
  const at = resourceAround(pointer, message);
  if (!at || fixes.length > 0) return [];
  const told = odsCodeTold(at, fixing);
  const value = asText(valueAt(message.root.resource, pointer)).toLowerCase();
  const header = headerOf(message);
  const sender = header && referenceIn(header.resource.sender);
  const isSender = header && sender !== undefined && resolve(message, header, sender) === at;
  const known = organisationsOf(message).filter(({ located }) => located !== at);
  const namesakes = known.filter(({ name }) => name.toLowerCase() === value || name === at.resource.name);
  const change = (code: string, why: string): Fix => ({
    title: `Change to ${code}, ${why}`,
    sure: false,
    kind: 'set',
    pointer,
    value: code,
  });
  return [
    ...(told === undefined ? [] : [change(told, 'as the text says')]),
    ...(namesakes.length > 0 ? namesakes : isSender ? known : []).map(({ code, name }) =>
      change(code, `the code of ${name}`),
    ),
  ];
};

export const ORGANISATION_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'organisation-identity': [organisationFacts],
  'ods-code': [odsCode],
};
