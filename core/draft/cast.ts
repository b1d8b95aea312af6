// The invented people, places and medicines that a new message is about. The set of them stands in profiles/synthetic/.

export interface InventedAddress {
  line: string[];
  city: string;
  postalCode: string;
}

export interface InventedPatient {
  /** Of the 999 range, with its right check digit. */
  nhsNumber: string;
  prefix: string;
  given: string[];
  family: string;
  gender: 'male' | 'female' | 'other' | 'unknown';
  /** yyyy-mm-dd */
  birthDate: string;
  address: InventedAddress;
  phone: string;
}

export interface InventedOrganisation {
  odsCode: string;
  name: string;
  address: InventedAddress;
  phone: string;
}

export interface InventedPractitioner {
  prefix: string;
  given: string[];
  family: string;
  /** System and value of the number by which the person is known. */
  identifier: { system: string; value: string };
}

export interface Medicine {
  /** dm+d, in the system of SNOMED CT. */
  code: string;
  display: string;
  dose: string;
  quantity: number;
  /** In the singular. */
  unit: string;
  /** The unit's concept in SNOMED CT, where a published example has one. */
  unitCode?: string;
  days: number;
}

/** All there are to choose from. */
export interface Invented {
  patients: InventedPatient[];
  pharmacies: InventedOrganisation[];
  practices: InventedOrganisation[];
  pharmacists: InventedPractitioner[];
  doctors: InventedPractitioner[];
  medicines: Medicine[];
}

/** Who and what one message is about. */
export interface Cast {
  patient: InventedPatient;
  pharmacy: InventedOrganisation;
  practice: InventedOrganisation;
  pharmacist: InventedPractitioner;
  doctor: InventedPractitioner;
  medicines: Medicine[];
}
