import { join } from '../document/pointer';
import { type ItkDocument, documentOf, guideOf, type Section } from '../itk3/document';
import type { Coded, SectionUse } from '../itk3/use-case';
import { isObject } from '../json';
import { nearest } from '../nearest';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The slicing is open, so another section is allowed; but a slip in a code makes a section nobody looks for. */
export const sectionCode: Rule = {
  id: 'section-code',
  severity: 'warning',
  asks: 'The sections of a document have the codes by which some version of the guide knows them.',
  source: sourced('GP Connect Emergency Supply 1.3.0, sections; Digital Medicines 1.1.3 to 1.2.9, headings'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    const sections = document.sections;
    for (const section of sections) {
      if (section.use) continue;
      const meant = meantBy(section, document);
      // The profile says of a mandatory section, in better words, that it is missing.
      if (meant?.use.conformance === 'mandatory' && !sections.some((s) => s.use === meant.use)) continue;
      if (!section.coding) {
        const { code: given } = section.resource;
        // Of what is there but empty another stage speaks.
        if (given !== undefined && (!isObject(given) || given.coding !== undefined || given.text === undefined))
          continue;
        const code = meant ? `: ${meant.code.code}, ${meant.code.display}, goes with this title` : '';
        say(section.pointer, `This section has no code, by which receivers know it${code}.`, { part: 'key' });
      } else if (!meant) {
        const at = join(section.codingAt, 'code');
        const text = `Neither ${guideOf(document.useCase)} nor an earlier guide has a section with this code, so receivers may not look for it.`;
        say(at, text, { severity: 'information' });
      } else {
        const wrong = section.coding.code === meant.code.code ? 'system' : 'code';
        // The slices are known by their code, and their profile fixes the system.
        if (wrong === 'system' && meant.slice !== null) continue;
        const at = join(section.codingAt, wrong);
        const right = meant.code[wrong];
        say(at, `No version of the guide has a section with this ${wrong}: of ${meant.code.display} it is ${right}.`, {
          ...(section.coding[wrong] !== undefined && {
            fixes: [
              {
                kind: 'set',
                title: `Change to ${right}`,
                pointer: section.codingAt,
                value: {
                  ...section.coding,
                  [wrong]: right,
                  ...(wrong === 'code' && section.coding.display !== undefined && { display: meant.code.display }),
                },
              },
            ],
          }),
        });
      }
    }
  },
};

/** The section that the writer most likely means: of the same code, title or display, or one slip away. */
export function meantBy(
  { resource, coding }: Section,
  { useCase }: ItkDocument,
): { use: SectionUse; code: Coded; slice: string | null } | undefined {
  const forms = useCase.sections.flatMap((use) => [use, ...(use.alternatives ?? [])].map((f) => ({ ...f, use })));
  const words = [resource.title, coding?.display].flatMap((w) => (typeof w === 'string' ? [w.toLowerCase()] : []));
  const code = isObject(coding) && typeof coding.code === 'string' ? coding.code : '';
  const like = nearest(
    code,
    forms.map((f) => f.code.code),
  );
  return (
    forms.find((f) => f.code.code === code) ??
    forms.find((f) => words.includes(f.title.toLowerCase()) || words.includes(f.code.display.toLowerCase())) ??
    (like === undefined ? undefined : forms.find((f) => f.code.code === like))
  );
}
