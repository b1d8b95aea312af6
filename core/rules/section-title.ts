import { join } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { nearest } from '../nearest';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Only where the profile fixes no title; the letter case differs from source to source, so it is not looked at. */
export const sectionTitle: Rule = {
  id: 'section-title',
  severity: 'warning',
  asks: 'The title of a section is neither that of another section nor misspelt.',
  source: sourced('GP Connect Emergency Supply 1.3.0, sections and example'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    for (const { resource, pointer, use, form } of document.sections) {
      if (!use || !form || (!use.freeTitle && form === use) || (form !== use && form.slice !== null)) continue;
      if (resource.title === undefined) {
        // The slices have one by their profile.
        if (form.slice === null)
          say(pointer, `This section has no title: the guide calls it ${form.title}.`, { part: 'key' });
        continue;
      }
      if (typeof resource.title !== 'string') continue;
      const title = plain(resource.title);
      const names = (s: { title: string; code: { display: string } }): string[] => [
        plain(s.title),
        plain(s.code.display),
      ];
      if (names(form).includes(title)) continue;
      const at = join(pointer, 'title');
      const other = document.useCase.sections.find((s) => s !== use && names(s).includes(title));
      // Where that section is not there, this may be it: only a person knows whether the title or the code is wrong.
      const isEither = other !== undefined && !document.sections.some((s) => s.use === other);
      const fix = { kind: 'set' as const, title: `Change to ${form.title}`, pointer: at, value: form.title };
      const fixes = [isEither ? { ...fix, sure: false } : fix];
      if (other) {
        const text = `This is the title of another section, ${other.code.code}; the code here is that of ${form.title}.`;
        say(at, text, { fixes, related: [{ pointer: join(pointer, 'code'), message: form.code.display }] });
      } else if (nearest(title, names(form)) !== undefined)
        say(at, `The guide writes this title as ${form.title}.`, { severity: 'information', fixes });
    }
  },
};

function plain(title: string): string {
  return title.toLowerCase().replace(/\s+/g, ' ').trim();
}
