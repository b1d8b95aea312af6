import { join, type Pointer } from '../document/pointer';
import { codingsOf } from '../itk3/codings';
import { documentOf } from '../itk3/document';
import type { Versions } from '../itk3/use-case';
import { isAfter } from '../itk3/versions';
import type { Rule } from './rule';
import { sourced } from './sourced';

interface Part extends Versions {
  name: string;
  pointer: Pointer;
}

/** Old messages are still sent, so an old part is no fault; only parts that never stood in one guide are explained. */
export const guideVersion: Rule = {
  id: 'guide-version',
  severity: 'information',
  asks: 'The type and the sections of a document belong to one version of the guide.',
  source: sourced('Digital Medicines 1.1.3 to 1.2.9 and GP Connect Emergency Supply 1.3.0, headings'),
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    if (!document) return;
    const parts: Part[] = document.sections.flatMap(({ form, codingAt }) =>
      form ? [{ name: form.title, since: form.since, until: form.until, pointer: join(codingAt, 'code') }] : [],
    );
    const { composition, useCase } = document;
    const type = codingsOf(composition.resource.type, join(composition.pointer, 'type'));
    for (const kind of useCase.documentType ? [useCase.documentType, ...(useCase.documentType.alternatives ?? [])] : [])
      for (const { coding, pointer } of type)
        if (coding.code === kind.code.code && coding.system === kind.code.system)
          parts.push({ name: kind.code.display, since: kind.since, until: kind.until, pointer: join(pointer, 'code') });
    const newest = parts.reduce<Part | undefined>((n, p) => (isAfter(p.since, n?.since) ? p : n), undefined);
    for (const { name, until, pointer } of parts)
      if (newest && until !== undefined && isAfter(newest.since, until))
        say(
          pointer,
          `${name} is of the guide up to ${until}, but ${newest.name} came with ${newest.since}: write them as one version has them.`,
          {
            related: [{ pointer: newest.pointer, message: `In the guide since ${newest.since}` }],
          },
        );
  },
};
