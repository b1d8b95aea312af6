// What has to be changed beside a resource that is added, so that what should refer to it does.
import { join, type Pointer } from '../document/pointer';
import type { Change } from '../finding';
import { documentOf } from '../itk3/document';
import type { ResourceUse } from '../itk3/use-case';
import { isObject } from '../json';
import { filled } from './draft';
import type { Drafting } from './drafting';
import type { Player } from './players';
import { type Setting, settingOf } from './setting';
import { resolvedPart } from './tokens';

/** Undefined where something refers to it already, or nothing that is there may. @param fullUrl its own */
export function leadTo(use: ResourceUse, fullUrl: string, drafting: Drafting): Change | undefined {
  const setting = settingOf(drafting);
  if (!setting || setting.players.of(use.role).some(({ located }) => !located)) return undefined;
  setting.players.add(use, fullUrl);
  for (const path of use.ledToBy) {
    const [role = '', property = ''] = path.split('.');
    const owner = setting.players.of(role).find(({ located }) => located);
    const [name = '', section] = property.split(':');
    const change =
      owner &&
      (section === undefined ? changeOf(owner, name, fullUrl, setting) : inSection(section, fullUrl, drafting));
    if (change) return change;
  }
  return undefined;
}

function changeOf(
  { use, located, ...player }: Player,
  name: string,
  fullUrl: string,
  setting: Setting,
): Change | undefined {
  if (!located) return undefined;
  const asked = filled(resolvedPart(use.values[name], setting, { use, located, ...player }));
  const said = located.resource[name];
  const at = join(located.pointer, name);
  if (!Array.isArray(asked))
    return said === undefined && refersTo(asked, fullUrl) ? { kind: 'set', pointer: at, value: asked } : undefined;
  const item: unknown = asked.find((one) => refersTo(one, fullUrl));
  return item === undefined ? undefined : added(item, said, at);
}

function inSection(name: string, reference: string, { message, knowledge }: Drafting): Change | undefined {
  const section = message && documentOf(message, knowledge)?.sections.find(({ use }) => use?.name === name);
  return section && added({ reference }, section.resource.entry, join(section.pointer, 'entry'));
}

function added(item: unknown, said: unknown, at: Pointer): Change | undefined {
  if (Array.isArray(said)) return { kind: 'insert', pointer: join(at, said.length), value: item };
  return said === undefined ? { kind: 'set', pointer: at, value: [item] } : undefined;
}

function refersTo(value: unknown, fullUrl: string): boolean {
  if (!isObject(value)) return false;
  return value.reference === fullUrl || Object.values(value).some((inner) => refersTo(inner, fullUrl));
}
