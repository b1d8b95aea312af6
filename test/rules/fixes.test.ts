// What the fixes of rules write, to the letter. That each mends its fault is held over all faults by test/core/fixes.test.ts.
import assert from 'node:assert/strict';
import { fixesOf } from '../../core/fixes/fixes-of';
import { jsonEditsFor } from '../../core/document/json-edits';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import { composition, documentBundle, handling, header, patient, resource, section } from '../faults/fault';
import { check, fresh, fresher, type Offer, offers, OURS, response, seeded } from '../faults/proving';
import { author, copy } from '../faults/of-rule';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const MEDICINES = '933361000000108';
const ALLERGIES = '886921000000105';
const PATIENT = '886731000000109';
const CONTACTS = 'contacts-with-professionals';
const LEGAL = '886961000000102';

const div = (m: Loose, code: string): string => section(m, code).text.div as string;
const rewrite = (m: Loose, code: string, from: string | RegExp, to: string): void => {
  assert.notEqual(div(m, code).replace(from, to), div(m, code), 'the text has no such place');
  section(m, code).text.div = div(m, code).replace(from, to);
};
const fill = (m: Loose, code: string, label: string, to: string): void =>
  rewrite(m, code, new RegExp(`(<th>${label}</th><td>).*?</td>`), `$1${to}</td>`);
/** The cell beside the first such label. */
const cell = (m: Loose, code: string, label: string): string | undefined =>
  new RegExp(`<th>${label}</th><td>(.*?)</td>`).exec(div(m, code))?.[1];

/** What is offered for the only finding of a rule in a message that was cut about. */
function offered(rule: string, change: (m: Loose) => void, message: unknown = OURS): Offer[] {
  const text = JSON.stringify(message, null, 2);
  const broken = seeded(text, { name: rule, rule, path: '', marks: '', change });
  const found = fresher(check(broken, knowledge()).findings, check(text, knowledge()).findings).filter(
    (f) => f.rule === rule,
  );
  assert.equal(found.length, 1, JSON.stringify(found, null, 1));
  return offers(found[0]!, broken, knowledge());
}

/** The message after the fix of this title. */
function mended(rule: string, title: string, change: (m: Loose) => void, message: unknown = OURS): Loose {
  const all = offered(rule, change, message);
  const offer = all.find((o) => o.title === title);
  assert.ok(offer, `${title} is not among ${all.map((o) => o.title).join(' | ')}`);
  return JSON.parse(offer.after);
}

const titles = (all: Offer[]): string[] => all.map(({ title, isSure }) => (isSure ? '! ' : '') + title);

describe('fixes of texts', () => {
  it('one cell is written, and the rest of the text stays as it is', () => {
    const after = mended('supply-in-text', 'Write 2 cartridge in the text', (m) =>
      fill(m, MEDICINES, 'Quantity Supplied', '3 cartridges'),
    );
    assert.equal(div(after, MEDICINES), div(OURS, MEDICINES));
  });

  it('markup in the cell goes with the words it held, and words are escaped', () => {
    const name = 'Salt & <water> 0.9% solution';
    const after = mended('named-in-text', `Write ${name} in the text`, (m) => {
      resource(m, 'Medication').code.coding[0].display = name;
      resource(m, 'MedicationDispense').medicationReference.display = name;
      fill(m, MEDICINES, 'Medication', '<p><b>Aspirin</b> 75mg</p>');
    });
    assert.equal(cell(after, MEDICINES, 'Medication'), 'Salt &amp; &lt;water&gt; 0.9% solution');
    assert.equal(cell(after, MEDICINES, 'Quantity Supplied'), '2 cartridge');
  });

  it('a name in parts stays in its parts', () => {
    const change = (m: Loose): void =>
      rewrite(
        m,
        PATIENT,
        'Given name: Marmaduke</p><p>Family name: Testwell',
        'Given name: Barnaby</p><p>Family name: Elsewhere',
      );
    const written = mended('patient-in-text', 'Write Mr Marmaduke Testwell in the text', change);
    assert.equal(div(written, PATIENT), div(OURS, PATIENT));
    const taken = mended('patient-in-text', 'Take Barnaby Elsewhere from the text', change);
    assert.deepEqual(patient(taken).name[0], {
      ...patient(OURS).name[0],
      family: 'Elsewhere',
      given: ['Barnaby'],
    });
  });

  it('a date is written in the form in which another stood', () => {
    for (const [there, right] of [
      ['05-Mar-1957', '29-Feb-1956'],
      ['5 March 1957', '29 February 1956'],
      ['01/12/1956 (70y)', '29/02/1956 (70y)'],
      ['1957-03-05', '1956-02-29'],
    ]) {
      const after = mended('patient-in-text', 'Write 1956-02-29 in the text', (m) =>
        fill(m, PATIENT, 'Date of birth', there!),
      );
      assert.equal(cell(after, PATIENT, 'Date of birth'), right);
    }
  });

  it('of the time of a contact the day is written, of one in the form of FHIR the whole', () => {
    const day = mended('contact-in-text', 'Write 2026-11-20 in the text', (m) =>
      fill(m, CONTACTS, 'Date and time of contact', '1 January 2020, 10:00'),
    );
    assert.equal(cell(day, CONTACTS, 'Date and time of contact'), '20 November 2026, 10:00');
    const whole = mended('contact-in-text', 'Write 2026-11-20T09:30:00+00:00 in the text', (m) =>
      fill(m, CONTACTS, 'Date and time of contact', '2020-03-04T10:00:00Z'),
    );
    assert.equal(div(whole, CONTACTS), div(OURS, CONTACTS));
  });

  it('the hour of a contact is not taken from the text, whose zone nobody knows', () => {
    const all = offered('contact-in-text', (m) =>
      fill(m, CONTACTS, 'Date and time of contact', '1 January 2020, 10:00'),
    );
    assert.deepEqual(titles(all), ['Write 2026-11-20 in the text']);
  });

  it('days are taken from the text into the dispense, with the quantity in words', () => {
    const days = mended('supply-in-text', 'Take 28 days from the text', (m) =>
      fill(m, MEDICINES, 'Days Supply', '28 days'),
    );
    assert.deepEqual(resource(days, 'MedicationDispense').daysSupply, {
      ...resource(OURS, 'MedicationDispense').daysSupply,
      value: 28,
    });
    const quantity = mended('supply-in-text', 'Take 3 cartridges from the text', (m) =>
      fill(m, MEDICINES, 'Quantity Supplied', '3 cartridges'),
    );
    assert.equal(resource(quantity, 'MedicationDispense').quantity.value, 3);
    assert.equal(resource(quantity, 'MedicationDispense').quantity.extension[0].valueString, '3 cartridge');
  });

  it('a medicine that the text leaves out is written with what was supplied', () => {
    const after = mended('named-in-text', 'Write Paracetamol 500mg tablets in the text', (m) => {
      const added = another(m, resource(m, 'MedicationDispense'));
      const medication = another(m, resource(m, 'Medication'), 2);
      medication.code.coding[0].display = 'Paracetamol 500mg tablets';
      added.medicationReference = { reference: `urn:uuid:${medication.id as string}` };
      added.quantity = { value: 16, unit: 'tablet' };
      resource(m, 'List').entry.push({ item: { reference: `urn:uuid:${added.id}` } });
    });
    assert.ok(
      div(after, MEDICINES).endsWith(
        '<tr><th>Medication</th><td>Paracetamol 500mg tablets</td></tr>' +
          '<tr><th>Dose directions</th><td>12 units twice a day before meals</td></tr>' +
          '<tr><th>Quantity Supplied</th><td>16 tablet</td></tr><tr><th>Days Supply</th><td>14 day</td></tr>' +
          '</tbody></table></div>',
      ),
      div(after, MEDICINES),
    );
  });

  it('a medicine that nothing else knows leaves the text with its rows', () => {
    const after = mended('named-in-text', 'Remove Aspirin 75mg from the text', (m) =>
      rewrite(
        m,
        MEDICINES,
        '</tbody>',
        '<tr><th>Medication</th><td>Aspirin 75mg</td></tr><tr><th>Days Supply</th><td>7 day</td></tr></tbody>',
      ),
    );
    assert.equal(div(after, MEDICINES), div(OURS, MEDICINES));
  });
});

/** Another entry of the document like one that is there. */
function another(m: Loose, like: Loose, n = 1): Loose {
  const id = `00000000-0000-4000-8000-00000000004${n}`;
  const added = { ...copy(like), id };
  documentBundle(m).entry.push({ fullUrl: `urn:uuid:${id}`, resource: added });
  return added;
}

describe('fixes of numbers', () => {
  const number = (m: Loose, value: string): void => {
    patient(m).identifier[0].value = value;
    fill(m, PATIENT, 'NHS number', value);
  };

  it('the check digit of a number for tests is reckoned anew, in the text as well', () => {
    const after = mended('nhs-number', 'Change to 999 014 2017, with its check digit', (m) => number(m, '9990142010'));
    assert.equal(patient(after).identifier[0].value, '9990142017');
    assert.equal(cell(after, PATIENT, 'NHS number'), '999 014 2017');
  });

  it('that of a number that a person may have is not', () => {
    assert.deepEqual(
      offered('nhs-number', (m) => number(m, '4010232130')),
      [],
    );
  });

  it('a code of an organisation comes from the text or from one of its name, never from nowhere', () => {
    assert.deepEqual(
      titles(offered('ods-code', (m) => (resource(m, 'Organization', 1).identifier[0].value = 'ZZZ9900000'))),
      ['Change to ZZZ99, as the text says'],
    );
    assert.deepEqual(
      titles(offered('ods-code', (m) => (resource(m, 'Organization').identifier[0].value = 'not an ODS code'))),
      [],
    );
  });

  it('of two things that an organisation lacks, one is better than none, but not unasked', () => {
    const all = offered('organisation-identity', (m) => {
      const practice = resource(m, 'Organization', 1);
      Reflect.deleteProperty(practice as object, 'name');
      practice.identifier = [{ system: 'urn:x:y', value: 'no code' }];
      rewrite(m, '886711000000101', '<p>Name: Make-Believe Medical Centre</p>', '');
    });
    assert.deepEqual(titles(all), ['Add the ODS code ZZZ99, as the text says']);
  });

  it('a number that would be that of another is not put in unasked', () => {
    const change = (value: string) => (m: Loose) => {
      another(m, author(m)).identifier = [{ system: 'https://fhir.hl7.org.uk/Id/gmc-number', value }];
      author(m).identifier = [{ system: 'https://fhir.hl7.org.uk/Id/gmc-number', value: 'C6122477' }];
    };
    assert.deepEqual(titles(offered('professional-number', change('6122477'))), ['Change to 6122477']);
    assert.deepEqual(titles(offered('professional-number', change('7654321'))), ['! Change to 6122477']);
  });
});

describe('fixes of the envelope', () => {
  it('a header follows the document, or the document the header', () => {
    const after = mended(
      'composition-profile',
      'Announce ITK010D (ITK Digital Medicine Emergency Supply Document) in the header',
      (m) => {
        header(m).event.code = 'ITK009D';
        handling(m, 'MessageDefinition').valueReference.reference =
          'https://fhir.nhs.uk/STU3/MessageDefinition/ITK-DM-Immunization-MessageDefinition-1';
      },
    );
    assert.deepEqual(header(after), header(OURS));
  });

  it('a key keeps its place and gets the type of value that it has', () => {
    const after = mended('handling-value', 'Change to valueString "None"', (m) => {
      const key = handling(m, 'LocalExtension');
      delete key.valueString;
      key.valueBoolean = true;
    });
    assert.deepEqual(header(after), header(OURS));
  });

  it('a key that is missing is added with the value that the guide asks for', () => {
    for (const key of [
      'BusAckRequested',
      'InfAckRequested',
      'MessageDefinition',
      'SenderReference',
      'LocalExtension',
    ]) {
      const after = mended('required', `Add extension "${key}"`, (m) => {
        const [extension] = header(m).extension;
        extension.extension = extension.extension.filter((e: Loose) => e.url !== key);
      });
      assert.deepEqual(handling(after, key), handling(OURS, key));
    }
  });

  it('of several bundles each may be the focus', () => {
    const all = offered('header-focus', (m) => {
      m.entry.push({
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000043',
        resource: { resourceType: 'Bundle', type: 'collection' },
      });
      m.entry.splice(2, 0, m.entry.pop());
      delete header(m).focus;
    });
    assert.deepEqual(titles(all), [
      'Point at Bundle · collection · 0 entries',
      'Point at Bundle · document · 11 entries',
    ]);
  });

  it('an id is that of the fullUrl', () => {
    const after = mended('header-id', `Add the id ${header(OURS).id as string}`, (m) => delete header(m).id);
    assert.deepEqual(Object.keys(header(after) as object).slice(0, 2), ['resourceType', 'id']);
    assert.deepEqual(header(after), header(OURS));
  });
});

describe('fixes of the document', () => {
  it('whoever stands there twice is referred to once, wherever that was', () => {
    const after = mended(
      'duplicate-identifier',
      'Refer to the first Organization everywhere and remove this one',
      (m) => {
        const spare = another(m, resource(m, 'Organization', 1));
        patient(m).managingOrganization.reference = `urn:uuid:${spare.id as string}`;
      },
    );
    assert.deepEqual(after, OURS);
  });

  it('one that says more is not given up unasked', () => {
    const all = offered('duplicate-identifier', (m) => {
      another(m, resource(m, 'Organization', 1)).alias = ['The old surgery'];
    });
    assert.deepEqual(titles(all), ['Refer to the first Organization everywhere and remove this one']);
  });

  it('a copy that is to replace its original gets an identifier of its own', () => {
    const after = mended(
      'replacement',
      'Give this document an identifier of its own, so that it replaces the one named here',
      (m) => {
        composition(m).relatesTo = [{ code: 'replaces', targetIdentifier: copy(composition(m).identifier) }];
      },
    );
    assert.equal(composition(after).identifier.value, fresh().randomUUID());
    assert.deepEqual(composition(after).relatesTo[0].targetIdentifier, composition(OURS).identifier);
  });

  it('an allergy that is none leaves list and text, and what else is there stays', () => {
    const after = mended(
      'allergy-status',
      'Leave AllergyIntolerance · Imaginaryn out of the document, its list and its text',
      (m) => {
        const added = another(m, resource(m, 'AllergyIntolerance'));
        added.verificationStatus = 'refuted';
        added.code = { text: 'Imaginaryn' };
        resource(m, 'List', 1).entry.push({ item: { reference: `urn:uuid:${added.id as string}` } });
        rewrite(m, ALLERGIES, '</tbody>', '<tr><th>Causative agent</th><td>Imaginaryn</td></tr></tbody>');
      },
    );
    assert.deepEqual(after, OURS);
  });

  it('the last allergy takes its list and its section with it', () => {
    const after = mended(
      'allergy-status',
      'Leave AllergyIntolerance · No known drug allergy out of the document, its list and its text',
      (m) => (resource(m, 'AllergyIntolerance').verificationStatus = 'refuted'),
    );
    assert.equal(section(after, ALLERGIES), undefined);
    assert.equal(resource(after, 'List', 1), undefined);
    assert.equal(resource(after, 'AllergyIntolerance'), undefined);
    assert.equal(composition(after).section.length, composition(OURS).section.length - 1);
  });

  it('two sections of one kind become one that says what both said', () => {
    const after = mended('section-repeated', 'Join it with the first Legal information', (m) => {
      const more = copy(section(m, LEGAL));
      more.text.div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>And more.</p></div>';
      composition(m).section.push(more);
    });
    assert.equal(div(after, LEGAL), div(OURS, LEGAL).replace(/<\/div>$/, '<p>And more.</p></div>'));
    assert.equal(composition(after).section.length, composition(OURS).section.length);
  });

  it('a section without a text gets what its entry says', () => {
    const after = mended('section-entry', 'Write what the Encounter says as text', (m) => {
      Reflect.deleteProperty(section(m, CONTACTS) as object, 'text');
    });
    assert.equal(cell(after, CONTACTS, 'Date and time of contact'), '20 November 2026, 09:30');
  });

  it('a time takes the form that its element has', () => {
    const all = offered('time-in-future', (m) => (resource(m, 'MedicationDispense').whenHandedOver = '2031-01-01'));
    assert.deepEqual(titles(all), ['Set whenHandedOver to 2026-11-20, the start of the contact']);
    const instants = offered('time-in-future', (m) => (documentBundle(m).meta.lastUpdated = '2031-01-01T10:00:00Z'));
    assert.deepEqual(titles(instants), ['Set lastUpdated to 2026-11-20T09:30:00+00:00, when the document was written']);
  });
});

describe('fixes of what the message lacks', () => {
  const lacking = (type: string) => (m: Loose) => {
    const { entry } = documentBundle(m);
    entry.splice(
      entry.findIndex((e: Loose) => e.resource.resourceType === type),
      1,
    );
  };
  /** Those offered wherever the message refers to what is no longer there. */
  const adding = (type: string) => {
    const message: Loose = copy(OURS);
    lacking(type)(message);
    const text = JSON.stringify(message, null, 2);
    const { findings } = check(text, knowledge());
    return findings
      .filter(({ rule }) => rule === 'reference-missing')
      .map((f) => [f, offers(f, text, knowledge()).filter(({ title }) => title.startsWith('Add what'))] as const);
  };

  it('what is referred to is added as an entry, and the reference leads to it', () => {
    const subjects = adding('Patient').filter(([{ pointer }]) => pointer.endsWith('/subject/reference'));
    assert.ok(subjects.length > 1);
    for (const [{ pointer }, all] of subjects) {
      assert.deepEqual(titles(all), ['Add what it points at: Patient – whom the supply was for']);
      const after = check(all[0]!.after, knowledge());
      assert.deepEqual(
        after.findings.filter((f) => f.rule === 'reference-missing' && f.pointer === pointer),
        [],
      );
      const { entry } = documentBundle(JSON.parse(all[0]!.after));
      assert.equal(entry.length, documentBundle(OURS as Loose).entry.length);
      assert.equal(entry.at(-1).resource.resourceType, 'Patient');
    }
  });

  it('nothing of a type that may not stand there is offered', () => {
    for (const [{ pointer }, all] of adding('Encounter'))
      assert.deepEqual(
        titles(all),
        /\/(encounter|context)\/reference$/.test(pointer)
          ? ['Add what it points at: Encounter – the contact with the pharmacy']
          : [],
      );
  });

  it('a section with the title of one that is not there may be that one, so nothing is sure', () => {
    const code = (m: Loose): Loose => composition(m).section.find((s: Loose) => s.title === 'History');
    const without = (m: Loose): void => {
      composition(m).section = composition(m).section.filter((s: Loose) => s !== code(m));
      section(m, LEGAL).title = ' history';
    };
    const all = offered('section-title', without);
    assert.deepEqual(titles(all), ['Change to Legal information', 'Change the code to 717121000000105, History']);
    const changed = composition(JSON.parse(all[1]!.after)).section.find((s: Loose) => s.title === ' history');
    assert.deepEqual(changed.code.coding, [
      { system: 'http://snomed.info/sct', code: '717121000000105', display: 'History' },
    ]);
  });

  it('a section may be meant by the display of its code as well', () => {
    const all = offered('section-title', (m) => {
      const { section: sections } = composition(m);
      composition(m).section = sections.filter((s: Loose) => s.code.coding[0].code !== CONTACTS);
      section(m, LEGAL).title = 'Contacts  with professionals';
    });
    assert.deepEqual(titles(all), [
      'Change to Legal information',
      'Change the code to contacts-with-professionals, Contacts with professionals',
    ]);
  });

  it('a section with the title of another that is there keeps its code', () => {
    assert.deepEqual(titles(offered('section-title', (m) => (section(m, LEGAL).title = 'History'))), [
      '! Change to Legal information',
    ]);
  });
});

describe('fixes of acknowledgements', () => {
  it('what identifies the patient is taken out wherever it stands, and not repeated', () => {
    const [offer] = offered(
      'response-privacy',
      (m) =>
        (m.entry.at(-1).resource.issue[0].diagnostics =
          'No record of 9990000018, nor of 999 000 0018, born 31/01/1956, here.'),
      response('30002'),
    );
    assert.equal(offer!.title, 'Take out what identifies the patient');
    assert.equal(
      JSON.parse(offer!.after).entry.at(-1).resource.issue[0].diagnostics,
      'No record of [removed], nor of [removed], [removed], here.',
    );
  });

  it('what stands beside a code follows it', () => {
    const after = mended(
      'response-code',
      'Let response.code, severity and code be those of 20013, Success',
      (m) => {
        header(m).response.code = 'fatal-error';
        m.entry.at(-1).resource.issue[0].severity = 'fatal';
      },
      response('20013'),
    );
    assert.deepEqual(after, response('20013'));
  });
});

describe('fixes that a person chooses', function () {
  this.timeout(60_000);

  const PERSONS: readonly string[] = [
    'patient-identity',
    'patient-in-text',
    'named-in-text',
    'supply-in-text',
    'practice-in-text',
    'contact-in-text',
    'dose-directions',
    'nhs-number-status',
    'time-order',
    'time-in-future',
    'reference-display',
    'allergy-status',
    'guide-version',
    'one-document',
    'replacement',
    'author-identifier',
    'narrative-link',
  ];

  for (const [message, lists] of [
    [OURS, FAULTS],
    [response('30002'), RESPONSE_FAULTS],
  ] as const)
    it('what a person says of people, supplies and times is never changed unasked', () => {
      const text = JSON.stringify(message, null, 2);
      const before = check(text, knowledge()).findings;
      const unasked = Object.values(lists)
        .flat()
        .filter(({ rule }) => PERSONS.includes(rule))
        .flatMap((fault) => {
          const broken = seeded(text, fault);
          const [finding] = fresher(check(broken, knowledge()).findings, before);
          return offers(finding!, broken, knowledge()).filter(({ isSure }) => isSure);
        });
      assert.deepEqual(titles(unasked), []);
    });

  it('whatever stands where, makers of fixes do not fail', () => {
    for (const base of [OURS, response('30002')])
      for (const odd of [null, 7, [], {}, 'x <b>', { reference: '#' }])
        for (const text of cutAbout(base, odd)) tryAll(text);
  });
});

/** The message with something odd in a few of its places. */
function* cutAbout(base: unknown, odd: unknown): Generator<string> {
  const places: [Loose, string][] = [];
  const visit = (value: Loose): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value as object)) {
      places.push([value, key]);
      visit(value[key]);
    }
  };
  const message = copy(base);
  visit(message);
  for (let i = 0; i < places.length; i += 47) {
    const [owner, key] = places[i]!;
    const there = owner[key];
    owner[key] = odd;
    yield JSON.stringify(message);
    owner[key] = there;
  }
}

function tryAll(text: string): void {
  const { findings, message, applicable } = check(text, knowledge());
  for (const finding of message && applicable ? findings : [])
    for (const fix of fixesOf(finding, {
      message: message!,
      applicable: applicable!,
      knowledge: knowledge(),
      fresh: fresh(),
    }))
      assert.doesNotThrow(() => jsonEditsFor(text, fix), fix.title);
}
