// Whatever is drafted from a profile is valid by it: every resource, and every element and slice of the profiles at hand.
import assert from 'node:assert/strict';
import { type Element, isChoice, isExtension, isList } from '../../core/definitions/element';
import { BASE } from '../../core/definitions/registry';
import { type Draft, filled, isHole, partsOf } from '../../core/draft/draft';
import { draftOf, draftProperty } from '../../core/draft/element';
import { isForbidden, namesOf, narrowed } from '../../core/draft/spot';
import { isObject } from '../../core/json';
import { validate } from '../../core/validate/validate';
import type { Loose } from '../loose';
import { knowledge } from '../knowledge';
import { drafting } from './drafting';

/** What no draft of the resource alone can do. */
const RESOURCES: Record<string, string> = {
  'ITK-Document-Bundle-1': 'what the Composition leads to has no entry in it',
  StructureDefinition: 'its invariants hold together url, base and differential',
  Linkage: 'an invariant asks for two items where the cardinality asks for one',
};

/** What a draft cannot know from its place alone, by the profile and the place. */
const ELEMENTS: Record<string, string> = {
  'code.coding': 'the codes are bound where the concept stands, not at its codings',
  'issue.details.coding': 'the same',
  'relationship.coding': 'the same',
  'code.coding.code': 'the same, of a code alone',
  'relationship.coding.code': 'the same',
  'relationship.coding.system': 'the same, of a system alone',
  'event.code': 'the same',
};

const { registry } = knowledge();
const resourceOf = (url: string): Element => {
  const { type, derivation } = registry.definition(url)!;
  const types = [{ code: type, ...(derivation === 'constraint' && { profiles: [url] }) }];
  return { ...registry.tree(url)!, types };
};
const make = (url: string): Loose => filled(draftOf([resourceOf(url)], drafting()));
const errorsIn = (value: unknown): string[] =>
  validate(value, knowledge())
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule, message }) => `${rule}: ${message}`);
const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

describe('every draft', () => {
  const profiles = registry.profileUrls().filter((url) => registry.isResource(registry.definition(url)!.type));

  it('of a resource is valid', () => {
    const urls = [...profiles, ...registry.resourceTypes().map((type) => `${BASE}${type}`)];
    const invalid = urls.flatMap((url) => {
      const errors = errorsIn(make(url));
      return errors.length > 0 ? [[nameOf(url), errors] as const] : [];
    });
    const unexpected = invalid.filter(([name]) => RESOURCES[name] === undefined);
    assert.deepEqual(unexpected, []);
    assert.deepEqual(invalid.map(([name]) => name).sort(), Object.keys(RESOURCES).sort());
  });

  it('of an element or a slice of a profile brings no error with it', () => {
    const tried: string[] = [];
    const excused = new Set<string>();
    const invalid = profiles.flatMap((url) =>
      everyPlace(resourceOf(url)).flatMap(({ names, property, elements, slice }) => {
        const item = slice === '' || !isList(elements[0]!) ? undefined : draftOf(elements, drafting());
        const draft = item === undefined ? draftProperty(elements, drafting()) : [item];
        // Where nothing is required inside, there is a place to fill in and no more.
        if (isEmpty(draft)) return [];
        const resource = make(url);
        const before = new Set(errorsIn(resource));
        const into = names.reduce<Loose>((value, name) => [value?.[name]].flat()[0], resource);
        if (!isObject(into)) return [];
        for (const other of isChoice(elements[0]!) ? namesOf(elements) : []) Reflect.deleteProperty(into, other);
        Object.assign(into, { [property]: filled(draft) });
        const place = `${[...names, property].join('.')}${slice}`;
        tried.push(place);
        // Another slice that must be there is not what is tried.
        const errors = errorsIn(resource).filter((e) => !before.has(e) && !(slice !== '' && e.startsWith('required')));
        if (errors.length > 0 && ELEMENTS[place] !== undefined) excused.add(place);
        return errors.length === 0 || excused.has(place) ? [] : [[nameOf(url), place, errors[0]]];
      }),
    );
    assert.deepEqual(invalid, []);
    assert.deepEqual([...excused].sort(), Object.keys(ELEMENTS).sort());
    assert.ok(tried.length > 400, `${tried.length} tried`);
  });
});

interface Place {
  /** From the resource to what it stands in. */
  names: string[];
  property: string;
  elements: Element[];
  slice: string;
}

/** Every child, choice and slice of the resource and of what it must have. */
function everyPlace(element: Element, names: string[] = []): Place[] {
  return [...registry.childrenOf(element)].flatMap(([name, child]) => {
    if (isForbidden([child]) || name === 'id' || name === 'contained') return [];
    const slices = (child.slices ?? []).filter((slice) => !isForbidden([slice]) && !isChoice(slice));
    const isPlain = !isChoice(child) && !isExtension(child) && slices.length === 0;
    return [
      ...namesOf([child]).map((property) => ({
        names,
        property,
        elements: isChoice(child) ? narrowed([child], property) : [child],
        slice: '',
      })),
      ...slices.map((slice) => ({ names, property: name, elements: [slice], slice: `:${slice.sliceName}` })),
      ...(isPlain && child.min > 0 && names.length < 2 ? everyPlace(child, [...names, name]) : []),
    ];
  });
}

function isEmpty(draft: Draft): boolean {
  if (isHole(draft)) return typeof draft.example === 'object';
  if (partsOf(draft)) return false;
  if (Array.isArray(draft)) return draft.some(isEmpty);
  return isObject(draft) && Object.values(draft).some(isEmpty);
}
