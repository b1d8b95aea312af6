// How messages travel over MESH, as the data in profiles/ have it.

/** The ids under which a kind of message travels, and what answers it. */
export interface Workflow {
  request: string;
  acknowledgement: string;
  /** What else is printed somewhere, and why it is not taken. */
  note?: string;
  source: string;
}

/** What the guide of a kind of message asks of the outside of its messages; what is left out is not asked. */
export interface AddressingRules {
  /** Messages to a practice are addressed by their patient. */
  routing?: { says: string; source: string };
  /** Pieces with one `[placeholder]` or none each. A piece whose placeholder has no value in a message is left out. */
  subject?: { segments: string[]; note?: string; source: string };
  /** The ODS code of the organisation that sends. */
  localId?: { is: 'sender'; note?: string; source: string };
}

/** `GPPROVIDER_<NHS number>_<yyyyMMdd>_<surname>`: MESH finds the patient's practice (profiles/itk3/envelope.json). */
export interface PracticeAddress {
  prefix: string;
  /** The workflows for which MESH says that it does so. */
  workflows: string[];
  note: string;
  source: string;
}
