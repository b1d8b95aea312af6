// FHIR XML to complete in, with a mark where the cursor stands.
import fs from 'node:fs';
import { writeXml } from '../../core/document/write-xml';
import { knowledge } from '../knowledge';

export const patientXml = (inside: string): string =>
  `<Patient xmlns="http://hl7.org/fhir">\n  ${inside}\n</Patient>\n`;
export const messageXml = (inside: string): string =>
  `<Bundle xmlns="http://hl7.org/fhir">\n  <type value="message"/>\n  ${inside}\n</Bundle>\n`;

export const exampleValue = (): Record<string, unknown> =>
  JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8')) as Record<string, unknown>;

export function asXml(value: unknown): string {
  return writeXml(value, knowledge().registry).text;
}
