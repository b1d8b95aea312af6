// Texts to complete in, with a mark where the cursor stands, and what is told of them.
import fs from 'node:fs';
import { after, before } from 'mocha';
import { type Located, readMessage } from '../../core/itk3/message';
import { type Client, completeAt, type Completed, startClient } from './client';

export const PATIENT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
export const COMPOSITION =
  'https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-DM-EmergencySupply-Composition-1';
export const HANDLING = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-ITK-MessageHandling-2';
export const claimed = (type: string, profile: string, rest: string): string =>
  `{ "resourceType": "${type}", "meta": { "profile": ["${profile}"] }, ${rest} }`;
export const patient = (rest: string): string => claimed('Patient', PATIENT, rest);
export const composition = (rest: string): string => claimed('Composition', COMPOSITION, rest);
export const header = (rest: string): string =>
  `{ "resourceType": "Bundle", "type": "message", "entry": [{ "fullUrl": "urn:uuid:1", "resource": { "resourceType": "MessageHeader", ${rest} } }] }`;

export const DOCUMENT = (resource: string): string => `{ "resourceType": "Bundle", "type": "document", "entry": [
  { "fullUrl": "urn:uuid:0", "resource": ${resource} },
  { "fullUrl": "urn:uuid:1", "resource": { "resourceType": "Patient", "name": [{ "family": "Testcase", "given": ["Wilma"] }],
    "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018" }] } },
  { "fullUrl": "urn:uuid:2", "resource": { "resourceType": "Organization", "name": "Nowhere Pharmacy", "identifier": [{ "value": "FZZ99" }] } },
  { "fullUrl": "urn:uuid:3", "resource": { "resourceType": "Encounter", "period": { "start": "2026-01-31" }, "status": "finished" } },
  { "fullUrl": "urn:uuid:4", "resource": { "resourceType": "MedicationDispense", "medicationReference": { "reference": "urn:uuid:5" } } },
  { "fullUrl": "urn:uuid:5", "resource": { "resourceType": "Medication", "code": { "text": "Example insulin" } } },
  { "resource": { "resourceType": "Patient", "id": "without-full-url" } }
] }`;

/** Our example, in which something else stands in place of one value. @param name its properties, such as `meta.profile.0` */
export function inExample(type: string, name: string, marked: string): string {
  return changed(type, name, (owner, last) => (owner[last] = MARK)).replace(JSON.stringify(MARK), () => marked);
}

/** Our example without a property, and the cursor where its name would be typed. */
export function withoutName(type: string, name: string): string {
  const text = changed(type, name, (owner, last) => {
    Reflect.deleteProperty(owner, last);
    owner[MARK] = MARK;
  });
  return text.replace(`"${MARK}": "${MARK}"`, '"|"');
}

/** Our example without the first entry of a type, and the cursor where it stood. */
export function withoutEntry(type: string): string {
  const document = resourcesIn(fs.readFileSync(EXAMPLE, 'utf8')).filter((located) => located.type === 'Bundle')[1]!;
  const entries = document.resource.entry as { resource: { resourceType: string } }[];
  const at = entries.findIndex(({ resource }) => resource.resourceType === type);
  return inExample('Bundle', `entry.${document.pointer.split('/')[2]}.resource.entry.${at}`, '|');
}

function changed(type: string, name: string, change: (owner: Record<string, unknown>, last: string) => void): string {
  const message = JSON.parse(fs.readFileSync(EXAMPLE, 'utf8')) as unknown;
  const owner = readMessage(message)!.resources.find((located) => located.type === type)!.resource;
  const names = name.split('.');
  const last = names.pop()!;
  change(
    names.reduce<unknown>((value, one) => (value as Record<string, unknown>)[one], owner) as Record<string, unknown>,
    last,
  );
  return JSON.stringify(message, null, 2);
}

const EXAMPLE = 'examples/emergency-supply.json';

/** All resources of a text, outer before inner. */
export function resourcesIn(text: string): Located[] {
  return readMessage(JSON.parse(text))!.resources;
}

const MARK = '\u2064';

export interface Completing {
  client: () => Client;
  complete: (marked: string, trigger?: string) => Promise<Completed>;
}

/** A client for all cases of the describe around it. */
export function completing(language?: string): Completing {
  let client: Client | undefined;
  before(async () => {
    client = await startClient();
  });
  after(() => client?.stop());
  return {
    client: () => client!,
    complete: (marked, trigger) => completeAt(client!, marked, trigger, language),
  };
}
