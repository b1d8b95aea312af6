import assert from 'node:assert/strict';
import { filled, isHole, partsOf } from '../../core/draft/draft';
import { type SectionOffer, sectionOffers } from '../../core/draft/section';
import { documentOf } from '../../core/itk3/document';
import { rowsFor, writeTable } from '../../core/itk3/write-section-text';
import { readRows } from '../../core/itk3/section-text';
import type { Loose } from '../loose';
import { knowledge } from '../knowledge';
import { drafting, example, faults, messageOf, only } from './drafting';

/** The example without some of its sections, and what is offered there. */
function offered(keep: (title: string) => boolean): { value: Loose; sections: Loose[]; offers: SectionOffer[] } {
  const value: Loose = example();
  const message = messageOf(value);
  const { resource } = only(message, 'Composition');
  const composition: Loose = resource;
  composition.section = composition.section.filter(({ title }: Loose) => keep(title as string));
  const left = messageOf(value);
  const offers = sectionOffers(only(left, 'Composition'), drafting({ message: left }));
  return { value, sections: composition.section as Loose[], offers };
}

describe('the sections that are offered', () => {
  const names = (offers: SectionOffer[]): string[] => offers.map(({ name }) => name);

  it('are those that are not there, in the order of the guide', () => {
    assert.deepEqual(names(offered(() => true).offers), ['distribution']);
    assert.deepEqual(names(offered((title) => !/^(Plan|GP|Allerg)/.test(title)).offers), [
      'allergies',
      'gpPractice',
      'plan',
      'distribution',
    ]);
  });

  it('stand for the ones that were there: no finding', () => {
    const { value, sections, offers } = offered(() => false);
    for (const { name, draft } of offers) if (name !== 'distribution') sections.push(filled(draft));
    assert.deepEqual(faults(value, 'information'), []);
  });

  it('say what the resources say, and leave to a person what they do not', () => {
    const { offers } = offered(() => false);
    const textOf = (name: string): readonly unknown[] =>
      partsOf((offers.find((offer) => offer.name === name)!.draft as Loose).text.div)!;
    assert.ok(!textOf('demographics').some(isHole));
    assert.match(textOf('demographics').join(''), /999 014 2017.*1 Pretend Lane, Nowhere/);
    assert.equal(textOf('legal').filter(isHole).length, 3);
  });

  it('are in the words of an older guide, where the document is of that', () => {
    const value: Loose = example();
    const composition: Loose = only(messageOf(value), 'Composition').resource;
    const [contacts] = composition.section.filter(({ title }: Loose) => title === 'Contact with professionals');
    contacts.title = 'Attendance Details';
    contacts.code.coding[0] = {
      system: 'http://snomed.info/sct',
      code: '1077881000000105',
      display: 'Attendance details',
    };
    composition.section = [contacts];
    const message = messageOf(value);
    const offers = sectionOffers(only(message, 'Composition'), drafting({ message }));
    assert.equal(offers.find(({ name }) => name === 'legal')?.title, 'Consent');
  });
});

describe('the text of a section', () => {
  it('is written as it is read', () => {
    const message = messageOf(example());
    const document = documentOf(message, knowledge())!;
    const rows = document.sections.map((section) => [section.use?.name, rowsFor(section, document, message)] as const);
    const medicine = 'Humulin M3 100units/ml suspension for injection 3ml cartridges (CST Pharma Ltd)';
    assert.deepEqual(Object.fromEntries(rows).medications, [
      { label: 'Medication', text: medicine },
      { label: 'Dose directions', text: '12 units twice a day before meals' },
      { label: 'Quantity Supplied', text: '2 cartridge' },
      { label: 'Days Supply', text: '14 day' },
    ]);
    for (const [, written] of rows)
      assert.deepEqual(
        readRows(writeTable(written)).map(({ label, cell }) => [label, cell.text]),
        written.map(({ label, text }) => [label.toLowerCase(), text.replace(/\n/g, ' ')]),
      );
  });

  it('holds whatever people write', () => {
    const text = 'Fish & chips <b>"daily"</b> \u0007\nand more';
    const [row] = readRows(writeTable([{ label: 'A < B', text }]));
    assert.deepEqual([row?.label, row?.cell.text], ['a < b', 'Fish & chips <b>"daily"</b> and more']);
  });

  it('is written of anything', () => {
    for (const patient of [
      1,
      null,
      { name: [1], address: 'x', telecom: {}, identifier: [null], contact: [{ name: 3 }] },
    ]) {
      const value: Loose = example();
      const entry: Loose = messageOf(value).resources.find(({ type }) => type === 'Patient')!.resource;
      Object.assign(entry, patient);
      const message = messageOf(value);
      const document = documentOf(message, knowledge())!;
      for (const section of document.sections) assert.ok(writeTable(rowsFor(section, document, message)));
    }
  });
});
