// FHIR XML to complete in, with a mark where the cursor stands.
import fs from 'node:fs';
import { after, before } from 'mocha';
import { writeXml } from '../../core/document/write-xml';
import { knowledge } from '../knowledge';
import { type Client, completeAt, type Completed, startClient } from './client';

export const patientXml = (inside: string): string =>
  `<Patient xmlns="http://hl7.org/fhir">\n  ${inside}\n</Patient>\n`;
export const messageXml = (inside: string): string =>
  `<Bundle xmlns="http://hl7.org/fhir">\n  <type value="message"/>\n  ${inside}\n</Bundle>\n`;

export const exampleValue = (): Record<string, unknown> =>
  JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8')) as Record<string, unknown>;

export function asXml(value: unknown): string {
  return writeXml(value, knowledge().registry).text;
}

export interface CompletingXml {
  client: () => Client;
  complete: (marked: string, trigger?: string) => Promise<Completed>;
}

/** A client for all cases of the describe around it. */
export function completingXml(): CompletingXml {
  let client: Client | undefined;
  before(async () => {
    client = await startClient();
  });
  after(() => client?.stop());
  return {
    client: () => client!,
    complete: (marked, trigger) => completeAt(client!, marked, trigger, 'xml'),
  };
}
