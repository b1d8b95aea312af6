// A type or profile: its elements as a tree, with how often, of what type, and what is asked of them.
import type { Knowledge } from '../../knowledge';
import type { Constraint, Definition, TypeReference } from '../definition';
import { type Element, isExtension } from '../element';
import { lastPart, type Registry } from '../registry';
import type { Content, Row } from './page';

export function structureRows(url: string, { registry }: Knowledge): Content | undefined {
  const definition = registry.definition(url);
  const tree = registry.tree(url);
  if (!definition || !tree) return undefined;
  const isProfile = definition.derivation === 'constraint';
  const cells = elementCells(tree, tree.path, 0, { registry, url, isProfile });
  const { contexts } = definition;
  return {
    name: definition.name,
    what: [kindOf(definition), ...(tree.short === undefined ? [] : [tree.short])].join(': '),
    facts: [
      ['Version', definition.version],
      ['Based on', definition.base],
      ['Stands in', contexts?.join(', ')],
      ['Modifier', definition.isModifier ? 'it changes the meaning of what it stands in' : undefined],
    ],
    rows: [
      ...(isProfile ? [{ text: `A dot marks what ${definition.name} itself says.` }, { text: '' }] : []),
      ...aligned([{ cells: ['  Element', 'Card.', 'Type', 'What is asked'] }, ...cells]),
      ...constraintRows(tree),
    ],
  };
}

function kindOf({ kind, type, derivation }: Definition): string {
  if (derivation === 'constraint') return type === 'Extension' ? 'Extension' : `Profile of ${type}`;
  return kind === 'resource' ? 'Resource of STU3' : 'Data type of STU3';
}

interface Cells {
  cells: [string, string, string, string];
  key?: string;
}

interface Walk {
  registry: Registry;
  /** The definition whose own words are marked. */
  url: string;
  isProfile: boolean;
}

const DEEPEST = 12;

function elementCells(element: Element, id: string, depth: number, walk: Walk): Cells[] {
  const { url, isProfile } = walk;
  const own = isProfile && element.says === url;
  const name = element.sliceName === undefined ? element.name : `:${element.sliceName}`;
  const row: Cells = {
    key: id,
    cells: [
      `${own ? '• ' : '  '}${'  '.repeat(depth)}${depth === 0 ? id : name}`,
      `${element.min}..${element.max === Infinity ? '*' : element.max}`,
      depth === 0 ? '' : element.types.map((type) => typeWords(type, walk.registry)).join(' | '),
      askedOf(element),
    ],
  };
  const children = depth < DEEPEST ? [...(element.children?.values() ?? [])] : [];
  return [
    row,
    ...children
      .filter((child) => isTold(child, depth, walk))
      .flatMap((child) => elementCells(child, `${id}.${child.name}`, depth + 1, walk)),
    ...(element.slices ?? []).flatMap((slice) =>
      elementCells(slice, `${id}:${slice.sliceName ?? ''}`, depth + 1, walk),
    ),
  ];
}

/** Every element may have an id and extensions: inside others they are told where a profile speaks of them. */
function isTold(child: Element, depth: number, { registry }: Walk): boolean {
  if (depth === 0 || !(isExtension(child) || child.name === 'id')) return true;
  return registry.definition(child.says)?.derivation === 'constraint' || (child.slices?.length ?? 0) > 0;
}

function typeWords({ code, targets }: TypeReference, registry: Registry): string {
  const named = (targets ?? []).map((one) => registry.definition(one)?.name ?? lastPart(one));
  return named.length > 0 ? `${code}(${[...new Set(named)].join(' | ')})` : code;
}

function askedOf({ short, types, fixed, pattern, binding, mustSupport, slicing, maxLength, max }: Element): string {
  const profiles = types.flatMap((type) => type.profiles ?? []);
  const by = slicing?.discriminators.map(({ type, path }) => `${type} of ${path}`).join(', ');
  return [
    max === 0 ? 'not allowed' : '',
    profiles.length > 0 ? `as ${profiles.join(' or ')}` : '',
    fixed === undefined ? '' : `always ${JSON.stringify(fixed)}`,
    pattern === undefined ? '' : `holds ${JSON.stringify(pattern)}`,
    binding ? `codes (${binding.strength}) of ${binding.valueSet}` : '',
    mustSupport ? 'must be supported' : '',
    slicing ? `slices (${slicing.rules})${by ? ` by ${by}` : ''}` : '',
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    (short ?? '').replace(/\s+/g, ' '),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** What is longer moves what follows it: most rows are to be read without scrolling. */
const WIDEST = [36, 5, 20];

function aligned(rows: Cells[]): Row[] {
  const widths = WIDEST.map((widest, i) => Math.min(widest, Math.max(...rows.map(({ cells }) => cells[i]!.length))));
  return rows.map(({ cells, key }) => ({
    text: cells.map((cell, i) => (i < widths.length ? cell.padEnd(widths[i]!) : cell)).join('  '),
    ...(key !== undefined && { key }),
  }));
}

function constraintRows(tree: Element): Row[] {
  const found = new Map<string, { constraint: Constraint; path: string }>();
  const visit = (element: Element, depth: number): void => {
    for (const constraint of element.constraints ?? [])
      if (!found.has(constraint.key)) found.set(constraint.key, { constraint, path: element.path });
    if (depth > DEEPEST) return;
    for (const child of element.children?.values() ?? []) visit(child, depth + 1);
    for (const slice of element.slices ?? []) visit(slice, depth + 1);
  };
  visit(tree, 0);
  if (found.size === 0) return [];
  const rows = [...found.values()].map(({ constraint: { key, severity, human }, path }) => ({
    text: `  ${key.padEnd(8)}  ${severity.padEnd(7)}  ${path}: ${human.replace(/\s+/g, ' ')}`,
  }));
  return [{ text: '' }, { text: 'Constraints' }, ...rows];
}
