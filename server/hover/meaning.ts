// What a value stands for: a code its concept, a reference its target, a url its definition.
import { parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { labelOf } from '../../core/itk3/label';
import { isObject } from '../../core/json';
import { entriesOf, type Located, type Message, referenceIn, resolve } from '../../core/itk3/message';
import type { Element } from '../../core/definitions/element';
import { formatNhsNumber, isNhsNumber, isTenDigits, isTestNumber, NHS_NUMBER_SYSTEM } from '../../core/nhs/nhs-number';
import type { Knowledge } from '../../core/knowledge';
import type { Applicable } from '../../core/validate/stage';
import type { TerminologyAnswer } from '../../core/validate/terminology-answers';
import { bindingsAt, codingPart } from '../bindings';
import { codesOf, valueSetName } from '../describe';
import { sameWords } from './explain';
import { code, link, prose } from './markdown';

export interface Around {
  message: Message;
  applicable: Applicable;
  knowledge: Knowledge;
  at: Located;
  elementsAt: (pointer: Pointer) => Element[];
  /** What a terminology server says of the Coding at a pointer. */
  saidOf: (coding: Pointer) => { answer: TerminologyAnswer; server: string } | undefined;
}

/** Markdown; undefined when the value means no more than it says. */
export function meaningOf(pointer: Pointer, around: Around): string | undefined {
  const value = valueAt(around.message.root.resource, pointer);
  const beside = valueAt(around.message.root.resource, parentOf(pointer));
  const name = segmentsOf(pointer).at(-1);
  const reference = referenceIn(value) ?? (name === 'reference' ? referenceIn(beside) : undefined);
  if (reference !== undefined) return target(reference, around);
  if (typeof value !== 'string') return undefined;
  if (name === 'resourceType') return resource(around);
  if (name === 'url') return extension(value, around.knowledge);
  if (/\/meta\/profile\/\d+$/.test(pointer)) return definition(value, around.knowledge);
  if (name === 'value' && isObject(beside) && beside.system === NHS_NUMBER_SYSTEM) return nhsNumber(value);
  return concept(value, pointer, beside, around);
}

function target(reference: string, { message, at, knowledge: { registry } }: Around): string {
  const found = resolve(message, at, reference);
  const kind = registry.messageDefinition(reference);
  if (kind) return `Names the kind of message: **${prose(kind.title ?? kind.event.code)}**`;
  if (!found) return `Points at ${code(reference)}, which is not in this ${at.bundle ? 'bundle' : 'resource'}.`;
  const label = labelOf(found.resource, (inner) => resolve(message, found, inner)?.resource);
  const place =
    found.container || !found.bundle
      ? 'contained here'
      : `entry ${entriesOf(message, found.bundle).indexOf(found) + 1} of this bundle`;
  return `Points at **${prose(label)}** (${place})`;
}

function resource({ at, applicable, knowledge: { registry } }: Around): string {
  const profiles = [...(applicable.get(at) ?? [])].flatMap((url) => registry.definition(url) ?? []);
  const lines = profiles.map(
    ({ name, version, url }) => `Checked against ${link([name, version].filter(Boolean).join(' '), url)}`,
  );
  const short = registry.type(at.type)?.definition;
  return [`**${prose(labelOf(at.resource))}**`, short && prose(short), ...lines].filter(Boolean).join('\n\n');
}

function extension(url: string, { registry }: Knowledge): string | undefined {
  const tree = registry.tree(url);
  if (registry.definition(url)?.type !== 'Extension' || !tree) return undefined;
  const says = tree.definition === tree.short ? undefined : tree.definition;
  return [`**${prose(tree.short ?? 'Extension')}**`, says && prose(says), definition(url, { registry })]
    .filter(Boolean)
    .join('\n\n');
}

function definition(url: string, { registry }: Pick<Knowledge, 'registry'>): string | undefined {
  const known = registry.definition(url);
  if (!known) return undefined;
  const what = known.derivation === 'constraint' ? `profile of ${known.type}` : known.kind;
  return `${link(known.title ?? known.name, known.url)}${known.version ? ` ${prose(known.version)}` : ''} · ${what}`;
}

function nhsNumber(value: string): string {
  if (!isTenDigits(value)) return 'NHS number: not ten digits';
  const check = isNhsNumber(value) ? 'check digit right' : 'check digit wrong';
  return `NHS number **${formatNhsNumber(value)}** · ${check}${isTestNumber(value) ? ' · of the test range' : ''}`;
}

function concept(
  value: string,
  pointer: Pointer,
  beside: unknown,
  { knowledge, elementsAt, saidOf }: Around,
): string | undefined {
  const part = codingPart(pointer, elementsAt);
  const coding = part !== undefined && isObject(beside) ? beside : { code: value };
  if (part === 'system') return system(value, knowledge);
  const bindings = bindingsAt(pointer, elementsAt);
  const known = codesOf(bindings, knowledge).find(
    (c) => c.code === coding.code && (coding.system === undefined || coding.system === c.system),
  );
  const contradiction = knowledge.contradictions.find(
    (c) => c.code === coding.code && c.system === coding.system && bindings.some((b) => b.valueSet === c.valueSet),
  );
  if (!known)
    return (
      [contradiction && prose(contradiction.says), heard(coding.code, saidOf(parentOf(pointer)))]
        .filter(Boolean)
        .join('\n\n') || undefined
    );
  const sets = bindings.filter((b) =>
    knowledge.terminology.expand(b.valueSet)?.codes.get(known.system)?.has(known.code),
  );
  return [
    `**${prose(known.display ?? known.code)}** ${code(known.code)}`,
    known.definition && !sameWords(known.definition, known.display) && prose(known.definition),
    contradiction && prose(contradiction.says),
    sets.length > 0 &&
      `In ${sets.map((b) => link(valueSetName(b.valueSet, knowledge.registry), b.valueSet)).join(', ')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function heard(word: unknown, said: ReturnType<Around['saidOf']>): string | undefined {
  if (typeof word !== 'string' || said?.answer.verdict !== 'valid') return undefined;
  const { display, inactive } = said.answer;
  const name = display === undefined ? code(word) : `**${prose(display)}** ${code(word)}`;
  return `${name}\n\n${inactive ? 'No longer in use, says' : 'Says'} ${prose(said.server)}`;
}

function system(url: string, { registry }: Knowledge): string | undefined {
  const known = registry.codeSystem(url);
  if (!known) return undefined;
  const size = known.complete ? ` · ${known.concepts.length} codes` : '';
  return `Code system ${link(known.name ?? url, url)}${known.version ? ` ${prose(known.version)}` : ''}${size}`;
}
