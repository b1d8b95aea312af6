// Where each rule looks, so that hover can tell what is asked before anything is wrong.

/**
 * By rule: paths as FHIR writes them, with slices where only one slice is meant, and the type of the Bundle before it where
 * only one type of Bundle is.
 */
export const PLACES: Readonly<Record<string, readonly string[]>> = {
  'nhs-number': ['Patient.identifier:nhsNumber', 'Patient.identifier:nhsNumber.value'],
  'professional-number': [
    'Practitioner.identifier:sdsUserID.value',
    'Practitioner.identifier:sdsRoleProfileID.value',
    'Practitioner.qualification.identifier',
  ],
  'ods-code': [
    'Organization.identifier:odsOrganisationCode.value',
    'Organization.identifier:odsSiteCode.value',
    'Location.identifier:odsSiteCode.value',
  ],
  'time-in-future': [
    'MessageHeader.timestamp',
    'Composition.date',
    'Patient.birthDate',
    'MedicationDispense.whenHandedOver',
  ],
  'header-id': ['MessageHeader.id'],
  'handling-key': [
    'MessageHeader.extension:ITKMessageHandling',
    'MessageHeader.extension:ITKMessageHandling.extension',
  ],
  'handling-value': ['MessageHeader.extension:ITKMessageHandling'],
  'message-event': ['MessageHeader.event', 'MessageHeader.event.code'],
  'message-definition': [
    'MessageHeader.extension:ITKMessageHandling.extension:MessageDefinition',
    'MessageHeader.extension:ITKMessageHandling.extension:MessageDefinition.valueReference',
    'MessageHeader.extension:ITKMessageHandling.extension:MessageDefinition.valueReference.reference',
  ],
  'composition-profile': ['Composition.meta.profile'],
  'header-sender': ['MessageHeader.sender'],
  'sender-reference': [
    'MessageHeader.extension:ITKMessageHandling.extension:SenderReference',
    'MessageHeader.extension:ITKMessageHandling.extension:SenderReference.valueString',
  ],
  'source-endpoint': ['MessageHeader.source', 'MessageHeader.source.endpoint'],
  'header-focus': ['MessageHeader.focus'],
  'message-size': ['message Bundle.entry', 'Binary.content'],
  'response-event': ['MessageHeader.response'],
  'response-identifier': ['MessageHeader.response.identifier'],
  'response-code': [
    'MessageHeader.response.code',
    'OperationOutcome.issue.severity',
    'OperationOutcome.issue.code',
    'OperationOutcome.issue.details',
  ],
  'response-issues': ['OperationOutcome.issue'],
  'response-diagnostics': ['OperationOutcome.issue.diagnostics'],
  'response-privacy': ['OperationOutcome.issue.diagnostics', 'OperationOutcome.text.div'],
  'response-content': ['MessageHeader.response'],
  'obsolete-codes': ['OperationOutcome.issue.details.coding.code'],
  'one-document': ['MessageHeader.focus'],
  'document-identity': ['document Bundle.identifier', 'document Bundle.meta.lastUpdated'],
  'document-kind': ['Composition.type', 'Composition.extension:careSettingTypeExtension'],
  'document-entries': ['document Bundle.entry'],
  'duplicate-identifier': ['Encounter.identifier', 'Organization.identifier', 'Practitioner.identifier'],
  replacement: ['Composition.relatesTo', 'Composition.identifier'],
  attachment: ['Binary.contentType', 'Binary.content'],
  'time-order': ['Composition.date', 'document Bundle.meta.lastUpdated', 'MessageHeader.timestamp', 'Encounter.period'],
  'section-code': ['Composition.section', 'Composition.section.code'],
  'section-title': ['Composition.section.title'],
  'section-repeated': ['Composition.section'],
  'section-entry': ['Composition.section.entry'],
  'guide-version': ['Composition.section', 'Composition.type'],
  'nhs-number-status': ['Patient.identifier:nhsNumber.extension:nhsNumberVerificationStatus'],
  'patient-identity': ['Patient.identifier', 'Patient.birthDate', 'Patient.name', 'Patient.gender', 'Patient.address'],
  'organisation-identity': ['Organization.identifier', 'Organization.name'],
  'author-identifier': ['Composition.author', 'Practitioner.identifier'],
  'allergy-status': ['AllergyIntolerance.verificationStatus'],
  'dispense-status': ['MedicationDispense.status'],
  'dispense-quantity': [
    'MedicationDispense.quantity',
    'MedicationDispense.quantity.extension:quantityText.valueString',
  ],
  'days-supply': [
    'MedicationDispense.daysSupply',
    'MedicationDispense.daysSupply.value',
    'MedicationDispense.daysSupply.unit',
    'MedicationDispense.daysSupply.code',
  ],
  'dose-directions': ['MedicationDispense.dosageInstruction', 'MedicationDispense.dosageInstruction.text'],
  'named-in-text': [
    'Composition.section:allergiesAndAdverseReactions.text.div',
    'Composition.section:medicationsAndMedicalDevices.text.div',
  ],
  'supply-in-text': ['Composition.section:medicationsAndMedicalDevices.text.div'],
  'patient-in-text': ['Composition.section:patientDemographics.text.div'],
  'practice-in-text': ['Composition.section:gpPractice.text.div'],
  'contact-in-text': ['Composition.section:attendanceDetails.text.div'],
  'reference-display': ['Composition.subject.display', 'MedicationDispense.medicationReference.display'],
};

/** The same by path. */
const RULES_AT: ReadonlyMap<string, readonly string[]> = byPath();

function byPath(): Map<string, string[]> {
  const rules = new Map<string, string[]>();
  for (const [rule, paths] of Object.entries(PLACES))
    for (const path of paths) rules.set(path, [...(rules.get(path) ?? []), rule]);
  return rules;
}

/**
 * The ids of the rules that look at a place.
 * @param path with its slices: `Patient.identifier:nhsNumber.value`
 * @param kind type of the Bundle, where the place is in one itself
 */
export function rulesAt(path: string, kind = ''): readonly string[] {
  const names = new Set([path, path.replace(/:[^.]+/g, '')]);
  return [...names].flatMap((name) => [...(RULES_AT.get(name) ?? []), ...(RULES_AT.get(`${kind} ${name}`) ?? [])]);
}
