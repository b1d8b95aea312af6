// Fixes of what the rules find in the sections of a document.
import { isWithin, join, valueAt } from '../document/pointer';
import type { Change, Finding, Fix } from '../finding';
import { codingsOf } from '../itk3/codings';
import { documentOf, entryOf, inDocument, type ItkDocument, type Section, textOf } from '../itk3/document';
import { labelIn } from '../itk3/label';
import type { Coded, SectionAlternative, SectionUse } from '../itk3/use-case';
import { referenceIn, resolve } from '../itk3/message';
import { isObject, list } from '../json';
import { meantBy } from '../rules/section-code';
import { isTitled } from '../rules/section-title';
import { equal } from '../validate/equal';
import { writeSectionTexts } from '../refactor/section-text';
import type { FixMaker, Fixing } from './fixing';
import { referralsTo } from './wiring';

interface Spot {
  document: ItkDocument;
  section: Section;
}

function sectionAt({ pointer }: Finding, { message, knowledge }: Fixing): Spot | undefined {
  const document = documentOf(message, knowledge);
  const section = document?.sections.find((s) => isWithin(pointer, s.pointer));
  return document && section && { document, section };
}

const coded = ({ system, code, display }: Coded): Coded => ({ system, code, display });

/** The code that goes with the title. */
const missingCode: FixMaker = (finding, fixing) => {
  const spot = sectionAt(finding, fixing);
  if (!spot || spot.section.coding) return [];
  const { pointer, resource } = spot.section;
  const meant = meantBy(spot.section, spot.document);
  if (!meant) return [];
  const { code } = meant;
  const at = join(pointer, 'code');
  const change: Change = isObject(resource.code)
    ? { kind: 'set', pointer: join(at, 'coding'), value: [coded(code)], before: 'text' }
    : { kind: 'set', pointer: at, value: { coding: [coded(code)] }, before: 'text' };
  return [{ title: `Add the code ${code.code}, ${code.display}`, ...change }];
};

const missingTitle: FixMaker = (finding, fixing) => {
  const spot = sectionAt(finding, fixing);
  const { form, resource, pointer } = spot?.section ?? {};
  if (!form || pointer === undefined || resource?.title !== undefined) return [];
  const [before] = Object.keys(resource!);
  const at = join(pointer, 'title');
  return [{ title: `Add the title ${form.title}`, kind: 'set', pointer: at, value: form.title, before }];
};

/** The code follows the title, where the section of that title is not there yet. */
const codeOfTitle: FixMaker = (finding, fixing) => {
  const spot = sectionAt(finding, fixing);
  const title = spot?.section.resource.title;
  if (!spot || typeof title !== 'string') return [];
  const { document, section } = spot;
  const other = document.useCase.sections.find((s) => s !== section.use && isTitled(s, title));
  if (!other || document.sections.some(({ use }) => use === other)) return [];
  const { code } = other;
  return [
    {
      title: `Change the code to ${code.code}, ${code.display}`,
      sure: false,
      kind: 'set',
      pointer: section.codingAt,
      value: coded(code),
    },
  ];
};

const repeated: FixMaker = (finding, fixing) => {
  const spot = sectionAt(finding, fixing);
  if (!spot) return [];
  const { section, document } = spot;
  const first = document.sections.find((s) => s.form === section.form);
  if (!first || first === section) return [];
  const alike = equal(section.resource, first.resource);
  const { title } = section.form!;
  const said = equal(section.resource.text, first.resource.text) && equal(section.resource.entry, first.resource.entry);
  const remove: Fix = { title: `Remove the second ${title}`, sure: alike, kind: 'remove', pointer: section.pointer };
  if (said) return [remove];
  const join = joined(first, section);
  return join ? [{ title: `Join it with the first ${title}`, sure: false, kind: 'all', changes: join }] : [];
};

/** What the second says behind what the first says. */
function joined(first: Section, second: Section): Change[] | undefined {
  const [one, other] = [textOf(first), textOf(second)];
  const [, inner] = /^\s*<div\b[^>]*>([^]*)<\/div\s*>\s*$/.exec(other?.div ?? '') ?? [];
  const end = one?.div.lastIndexOf('</div') ?? -1;
  const rest = Object.keys(second.resource).filter((name) => !['title', 'code', 'text', 'entry'].includes(name));
  if (!one || inner === undefined || end < 0 || rest.length > 0) return undefined;
  const entries = list(first.resource.entry);
  const more = list(second.resource.entry).filter((entry) => !entries.some((e) => equal(e, entry)));
  return [
    { kind: 'set', pointer: one.pointer, value: one.div.slice(0, end) + inner + one.div.slice(end) },
    ...(more.length > 0
      ? [{ kind: 'set', pointer: join(first.pointer, 'entry'), value: [...entries, ...more] } as const]
      : []),
    { kind: 'remove', pointer: second.pointer },
  ];
}

/** The resources of the type that the guide asks for; what is over goes. */
const entries: FixMaker = (finding, fixing) => {
  const spot = sectionAt(finding, fixing);
  const use = spot?.section.use;
  if (!spot || !use) return [];
  const { message } = fixing;
  const { section, document } = spot;
  const at = join(section.pointer, 'entry');
  if (finding.pointer === at) return [{ title: 'Remove entry', sure: false, kind: 'remove', pointer: at }];
  if (finding.pointer === join(at, 1)) {
    const isRight = entryOf(message, document, section)?.type === use.entry;
    const reference = referenceIn(valueAt(message.root.resource, finding.pointer));
    const target = reference === undefined ? undefined : resolve(message, document.composition, reference);
    const title = target ? `Remove this entry, which leads to ${labelIn(message, target)}` : 'Remove this entry';
    // What nothing else leads to would be lost with it.
    const isLedTo = target !== undefined && referralsTo(target, message).length > 1;
    return [{ title, sure: isRight && isLedTo, kind: 'remove', pointer: finding.pointer }];
  }
  if (section.resource.text === undefined) {
    const value = valueAt(writeSectionTexts(message, fixing.knowledge, section.pointer), join(section.pointer, 'text'));
    const title = `Write what the ${use.entry ?? 'entry'} says as text`;
    const text = join(section.pointer, 'text');
    return value === undefined ? [] : [{ title, sure: false, kind: 'set', pointer: text, value, before: 'entry' }];
  }
  if (use.entry === null) return [];
  const fitting = inDocument(message, document, use.entry).filter(({ fullUrl }) => fullUrl !== undefined);
  const isMissing = list(section.resource.entry).length === 0;
  return fitting.map((target) => ({
    title: `Point at ${labelIn(message, target)}`,
    sure: fitting.length === 1,
    kind: 'set',
    pointer: isMissing ? at : join(at, 0, 'reference'),
    value: isMissing ? [{ reference: target.fullUrl }] : target.fullUrl,
  }));
};

/** What an older guide had is written as the newer has it. */
const newer: FixMaker = (finding, fixing) => {
  const document = documentOf(fixing.message, fixing.knowledge);
  if (!document) return [];
  const { useCase, composition } = document;
  const section = document.sections.find((s) => isWithin(finding.pointer, s.pointer));
  if (section?.use && section.form !== section.use) return [modern(section, section.use, section.form!)];
  const type = codingsOf(composition.resource.type, join(composition.pointer, 'type')).find(({ pointer }) =>
    isWithin(finding.pointer, pointer),
  );
  if (!type || !useCase.documentType) return [];
  const { code } = useCase.documentType;
  return [{ title: `Change to ${code.display}`, sure: false, kind: 'set', pointer: type.pointer, value: coded(code) }];
};

function modern(
  { pointer, codingAt, resource }: Section,
  use: SectionUse,
  { title }: SectionUse | SectionAlternative,
): Fix {
  const code: Change = { kind: 'set', pointer: codingAt, value: coded(use.code) };
  const old = typeof resource.title === 'string' && resource.title.toLowerCase() === title.toLowerCase();
  const renamed: Change[] = old ? [{ kind: 'set', pointer: join(pointer, 'title'), value: use.title }] : [];
  return { title: `Change to ${use.title}, ${use.code.code}`, sure: false, kind: 'all', changes: [code, ...renamed] };
}

export const SECTION_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'section-code': [missingCode],
  'section-title': [missingTitle, codeOfTitle],
  'section-repeated': [repeated],
  'section-entry': [entries],
  'guide-version': [newer],
};
