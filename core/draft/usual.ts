// What is in a draft although no cardinality asks for it.

/** What people write in a value of the type, of which the definitions require next to nothing. */
export const USUAL: Readonly<Record<string, readonly string[]>> = {
  Address: ['line', 'city', 'postalCode'],
  Annotation: ['text'],
  Attachment: ['contentType', 'data'],
  CodeableConcept: ['coding'],
  Coding: ['system', 'code', 'display'],
  ContactPoint: ['system', 'value', 'use'],
  Dosage: ['text'],
  HumanName: ['use', 'family', 'given'],
  Identifier: ['system', 'value'],
  Meta: ['profile'],
  Narrative: ['status', 'div'],
  Period: ['start'],
  Quantity: ['value', 'unit'],
  Range: ['low', 'high'],
  Ratio: ['numerator', 'denominator'],
  Reference: ['reference'],
  Timing: ['event'],
};

/** What invariants ask for where the cardinalities do not, by the path of what it stands in. */
export const NEEDED: Readonly<Record<string, readonly string[]>> = {
  AllergyIntolerance: ['clinicalStatus'],
  'Appointment.participant': ['actor'],
  AppointmentResponse: ['actor'],
  CapabilityStatement: ['description', 'rest'],
  'Composition.section': ['title', 'text'],
  Condition: ['clinicalStatus'],
  Consent: ['policyRule'],
  'ImmunizationRecommendation.recommendation': ['vaccineCode'],
  Organization: ['name', 'identifier'],
  ValueSet: ['compose'],
  'ValueSet.compose.include': ['system'],
};
