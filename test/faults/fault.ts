// A fault is one change of a valid message that must give one finding. The lists beside this file hold them, by stage.
import type { Loose } from '../loose';

export interface Fault {
  name: string;
  /** A change of the value … */
  change?: (message: Loose) => void;
  /** … or of its text, which is indented by two spaces. */
  edit?: (text: string) => string;
  /** Profiles that are known beside ours, for what none of ours says. */
  profiles?: readonly object[];
  rule: string;
  severity?: 'error' | 'warning' | 'information';
  /** FHIR path of the finding, from the innermost resource on: `Patient.name[0].use`; `[*]` for any index. */
  path: string;
  /** How the text that is underlined starts. */
  marks: string;
}

/** The entries of a message: its header, the document bundle, and the resources in it. */
export const header = (m: Loose): Loose => m.entry[0].resource;
export const documentBundle = (m: Loose): Loose => m.entry.at(-1).resource;
export const composition = (m: Loose): Loose => documentBundle(m).entry[0].resource;
/** The n-th resource of a type in the document. */
export const resource = (m: Loose, type: string, n = 0): Loose =>
  documentBundle(m)
    .entry.map((e: Loose) => e.resource)
    .filter((r: Loose) => r.resourceType === type)[n];
export const patient = (m: Loose): Loose => resource(m, 'Patient');
export const section = (m: Loose, code: string): Loose =>
  composition(m).section.find((s: Loose) => s.code.coding[0].code === code);
/** A key of the message handling extension. */
export const handling = (m: Loose, key: string): Loose =>
  header(m).extension[0].extension.find((e: Loose) => e.url === key);
