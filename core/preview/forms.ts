// In which form a resource of each type is shown: the columns of a table, or facts one below the other.
import { join } from '../document/pointer';
import { asText, list, object, text } from '../json';
import { address, anyIdentifier, anyName, contacts, listed, nhsNumber, odsCode, personName, telephone } from './people';
import {
  amount,
  capital,
  concepts,
  conceptSaid,
  either,
  lines,
  objects,
  plain,
  type Reader,
  said,
  through,
  time,
  word,
} from './said';

export interface Form {
  /** Of several. */
  caption: string;
  /** A table has one line a resource; facts stand below each other. */
  table: boolean;
  columns: Readonly<Record<string, Reader>>;
}

const medicine = either(through('medicationReference', concepts('code')), concepts('medicationCodeableConcept'));

const directions: Reader = ({ resource, pointer }) => {
  const property = resource.dosageInstruction === undefined ? 'dosage' : 'dosageInstruction';
  const at = join(pointer, property);
  const doses = list(resource[property]);
  return lines(
    doses.map((dose, i) => said(text(object(dose).text), join(at, i, 'text'))),
    at,
  );
};

const reactions: Reader = ({ resource, pointer }) => {
  const at = join(pointer, 'reaction');
  return lines(
    list(resource.reaction).map((one, i) => {
      const { description, manifestation } = object(one);
      const told = list(manifestation).flatMap((m, j) => conceptSaid(m, join(at, i, 'manifestation', j))?.text ?? []);
      return said(text(description) ?? told.join(', '), join(at, i));
    }),
    at,
  );
};

const severities: Reader = ({ resource, pointer }) => {
  const at = join(pointer, 'reaction');
  return lines(
    list(resource.reaction).map((one, i) => said(capital(asText(object(one).severity)), join(at, i, 'severity'))),
    at,
  );
};

const clinicians: Reader = (at, message) =>
  lines(
    list(at.resource.participant).map((_, i) => {
      const resource = object(list(at.resource.participant)[i]);
      const pointer = join(at.pointer, 'participant', i);
      return through('individual', personName)({ ...at, resource, pointer }, message);
    }),
    join(at.pointer, 'participant'),
  );

const value: Reader = (at, message) =>
  either(
    amount('valueQuantity'),
    concepts('valueCodeableConcept'),
    plain('valueString'),
    time('valueDateTime'),
  )(at, message);

const event = (caption: string, when: Reader): Form => ({
  caption,
  table: true,
  columns: { What: concepts('code'), When: when, Status: either(word('clinicalStatus'), word('status')) },
});

const place: Form = {
  caption: 'Organisation',
  table: false,
  columns: { Name: anyName, 'ODS code': odsCode, Address: address, Telephone: telephone },
};

const FORMS: ReadonlyMap<string, Form> = new Map(
  Object.entries<Form>({
    MedicationDispense: {
      caption: 'Medicines supplied',
      table: true,
      columns: {
        Medicine: medicine,
        Directions: directions,
        Quantity: amount('quantity'),
        Days: amount('daysSupply'),
        'Handed over': either(time('whenHandedOver'), time('whenPrepared')),
        Kind: concepts('type'),
      },
    },
    MedicationStatement: {
      caption: 'Medicines',
      table: true,
      columns: {
        Medicine: medicine,
        Directions: directions,
        Since: time('effectivePeriod', 'start'),
        Status: word('status'),
      },
    },
    MedicationRequest: {
      caption: 'Medicines asked for',
      table: true,
      columns: { Medicine: medicine, Directions: directions, Written: time('authoredOn'), Status: word('status') },
    },
    Medication: { caption: 'Medicines', table: true, columns: { Medicine: concepts('code'), Form: concepts('form') } },
    AllergyIntolerance: {
      caption: 'Allergies',
      table: true,
      columns: {
        'Allergic to': concepts('code'),
        Reaction: reactions,
        Type: word('type'),
        Severity: severities,
        Certainty: word('verificationStatus'),
        Recorded: either(time('assertedDate'), time('onsetDateTime')),
      },
    },
    Immunization: {
      caption: 'Vaccinations',
      table: true,
      columns: {
        Vaccine: concepts('vaccineCode'),
        Given: time('date'),
        Batch: plain('lotNumber'),
        Site: concepts('site'),
        Status: word('status'),
      },
    },
    Condition: event('Conditions', either(time('onsetDateTime'), time('assertedDate'))),
    Procedure: event('Procedures', either(time('performedDateTime'), time('performedPeriod', 'start'))),
    Observation: {
      caption: 'Observations',
      table: true,
      columns: { What: concepts('code'), Value: value, When: either(time('effectiveDateTime'), time('issued')) },
    },
    Encounter: {
      caption: 'Contact',
      table: false,
      columns: {
        Began: time('period', 'start'),
        Ended: time('period', 'end'),
        Status: word('status'),
        Provider: through('serviceProvider', anyName),
        Clinician: clinicians,
      },
    },
    Patient: {
      caption: 'Patient',
      table: false,
      columns: {
        Name: listed,
        Born: time('birthDate'),
        Gender: word('gender'),
        'NHS number': nhsNumber,
        Address: address,
        Telephone: telephone,
        Contacts: contacts,
        Practice: through('managingOrganization', anyName),
      },
    },
    Organization: place,
    Location: { ...place, caption: 'Place' },
    HealthcareService: { ...place, caption: 'Service' },
    Practitioner: {
      caption: 'Practitioner',
      table: false,
      columns: { Name: personName, Identifiers: anyIdentifier, Telephone: telephone },
    },
    PractitionerRole: {
      caption: 'Role',
      table: false,
      columns: {
        Role: concepts('code'),
        Who: through('practitioner', personName),
        Where: through('organization', anyName),
      },
    },
    RelatedPerson: {
      caption: 'Related person',
      table: false,
      columns: { Name: personName, Relationship: concepts('relationship'), Telephone: telephone, Address: address },
    },
    Device: { caption: 'Device', table: false, columns: { What: concepts('type'), Identifiers: anyIdentifier } },
    OperationOutcome: { caption: 'Outcome', table: false, columns: { Says: issues(), Diagnostics: diagnostics() } },
  }),
);

/** Of whatever else there is, what most resources have. */
const ANY: Form = {
  caption: '',
  table: true,
  columns: {
    What: either(concepts('code'), concepts('type'), plain('title'), plain('name'), anyIdentifier, plain('id')),
    When: either(time('date'), time('issued'), time('created')),
    Status: word('status'),
  },
};

export function formOf(type: string): Form {
  return FORMS.get(type) ?? { ...ANY, caption: type };
}

function issues(): Reader {
  return ({ resource, pointer }) =>
    lines(
      list(resource.issue).map((one, i) => {
        const at = join(pointer, 'issue', i);
        return conceptSaid(object(one).details, join(at, 'details')) ?? said(text(object(one).code), join(at, 'code'));
      }),
      join(pointer, 'issue'),
    );
}

function diagnostics(): Reader {
  return ({ resource, pointer }) =>
    lines(
      objects(resource.issue).map((one, i) => said(text(one.diagnostics), join(pointer, 'issue', i, 'diagnostics'))),
      join(pointer, 'issue'),
    );
}
