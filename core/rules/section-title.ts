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
      const { title } = resource;
      if (isTitled(form, title)) continue;
      const at = join(pointer, 'title');
      const other = document.useCase.sections.find((s) => s !== use && isTitled(s, title));
      // Where that section is not there, this may be it: only a person knows whether the title or the code is wrong.
      const isEither = other !== undefined && !document.sections.some((s) => s.use === other);
      const fix = { kind: 'set' as const, title: `Change to ${form.title}`, pointer: at, value: form.title };
      const fixes = [isEither ? { ...fix, sure: false } : fix];
      if (other) {
        const text = `This is the title of another section, ${other.code.code}; the code here is that of ${form.title}.`;
        say(at, text, { fixes, related: [{ pointer: join(pointer, 'code'), message: form.code.display }] });
      } else if (nearest(plain(title), namesOf(form)) !== undefined)
        say(at, `The guide writes this title as ${form.title}.`, { severity: 'information', fixes });
    }
  },
};

interface Named {
  title: string;
  code: { display: string };
}

/** Whether a title is that of the section, or the display of its code, letter case and blanks aside. */
export function isTitled(section: Named, title: string): boolean {
  return namesOf(section).includes(plain(title));
}

function namesOf({ title, code }: Named): string[] {
  return [plain(title), plain(code.display)];
}

function plain(title: string): string {
  return title.toLowerCase().replace(/\s+/g, ' ').trim();
}
