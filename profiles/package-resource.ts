// One file of a package as a FHIR resource.
import { readJson } from '../core/document/json-document';
import { readXml } from '../core/document/xml-document';
import type { Registry } from '../core/definitions/registry';
import { isObject, type Json, list } from '../core/json';
import { type PackageFile, whyUnusable } from './package-files';

/** What a package may hold that says something about messages; everything else in it is passed over. */
const KINDS = '(?:StructureDefinition|ValueSet|CodeSystem|MessageDefinition)';
const IN_XML = new RegExp(`<(?:\\w+:)?${KINDS}[\\s/>]`);
const IN_JSON = new RegExp(`"resourceType"\\s*:\\s*"${KINDS}"`);
const KIND = new RegExp(`^${KINDS}$`);

/** Undefined when the file holds none that is of use: packages hold other JSON and XML too. What is broken is told. */
export function readResource(file: PackageFile, registry: Registry, problems: string[]): Json | undefined {
  const tell = (why: string): void => void problems.push(`${file.name} ${why}`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes());
  } catch (error) {
    tell(error instanceof TypeError ? 'is not UTF-8 text: save it as UTF-8.' : whyUnusable(error));
    return undefined;
  }
  const isXml = /\.xml$/i.test(file.name);
  if (!(isXml ? IN_XML : IN_JSON).test(text)) return undefined;
  const { value, problem } = isXml ? fromXml(text, registry) : fromJson(text);
  if (problem) {
    tell(`is broken at line ${lineOf(text, problem.offset)}: ${lowerFirst(problem.message)}`);
    return undefined;
  }
  return isObject(value) && typeof value.resourceType === 'string' && KIND.test(value.resourceType) ? value : undefined;
}

/** Of FHIR, as the package.json of a FHIR package names them; empty when there is none, or it says nothing. */
export function fhirVersionsOf(files: readonly PackageFile[]): string[] {
  const manifest = files.find(({ name }) => /[\\/]package\.json$/.test(name));
  try {
    const json: unknown = manifest && JSON.parse(new TextDecoder().decode(manifest.bytes()));
    if (!isObject(json)) return [];
    return [json.fhirVersions, json['fhir-version-list']].flatMap(list).filter((v) => typeof v === 'string');
  } catch {
    // It is no resource, so what is wrong with it is not ours to say.
    return [];
  }
}

interface Read {
  value: unknown;
  problem?: { message: string; offset: number };
}

function fromXml(text: string, registry: Registry): Read {
  const { value, problems } = readXml(text, registry);
  const [problem] = problems;
  return { value, ...(problem && { problem: { message: problem.message, offset: problem.span.offset } }) };
}

function fromJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The words of JSON.parse would quote the file.
    const [problem] = readJson(text).problems;
    return {
      value: undefined,
      problem: { message: problem?.message ?? 'No JSON.', offset: problem?.span.offset ?? 0 },
    };
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence[0]!.toLowerCase() + sentence.slice(1) : sentence;
}
