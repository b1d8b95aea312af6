// The sections that a document may still have, with their text written from what its resources say.
import { documentOf } from '../itk3/document';
import type { Located } from '../itk3/message';
import type { SectionUse } from '../itk3/use-case';
import { type Draft, lazily } from './draft';
import type { Drafting } from './drafting';
import { draftAround } from './element';
import { type Assembled, assembled } from './resource';
import { formsOf, partsOf, type SectionForm, type World } from './section-parts';
import { type Setting, settingOf } from './setting';

export interface SectionOffer {
  /** As the use-case calls it. */
  name: string;
  title: string;
  conformance: SectionUse['conformance'];
  readonly draft: Draft;
}

/** The sections that the guide knows and the Composition has not, in the guide's order. */
export function sectionOffers(composition: Located, drafting: Drafting): SectionOffer[] {
  const setting = settingOf(drafting);
  const document = drafting.message && documentOf(drafting.message, drafting.knowledge);
  if (!setting) return [];
  const there = document?.composition === composition ? document.sections.map(({ use }) => use) : [];
  return sectionDrafts(setting)
    .filter(({ use }) => !there.includes(use))
    .map(({ use: { name, conformance }, form: { title }, draft }) => ({
      name,
      title,
      conformance,
      get draft() {
        return draft();
      },
    }));
}

interface SectionDraft {
  use: SectionUse;
  form: SectionForm;
  draft: () => Draft;
}

/** Every section of the guide in its version. @param whole the message in which they will stand, where it is made already */
export function sectionDrafts(setting: Setting, whole?: Assembled): SectionDraft[] {
  const { drafting } = setting;
  // Made when the first of them is asked for.
  const world = lazily((): World => {
    const { message } = whole ?? assembled(setting);
    return { message, document: documentOf(message, drafting.knowledge), isNew: whole !== undefined };
  });
  return formsOf(setting).map(({ use, form }) => ({
    use,
    form,
    draft: lazily(() => sectionDraft(use, form, setting, world())),
  }));
}

function sectionDraft(use: SectionUse, form: SectionForm, setting: Setting, world: World): Draft {
  const { registry } = setting.drafting.knowledge;
  const asked = partsOf(use, form, setting, world);
  const sections = registry.tree(setting.kind.useCase!.composition)?.children?.get('section');
  const element = sections?.slices?.find(({ sliceName }) => sliceName === form.slice) ?? sections;
  return element ? draftAround([element], asked, setting.drafting) : asked;
}
