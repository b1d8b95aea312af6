// The FHIR JSON that servers answer with, read: Parameters, OperationOutcome, CapabilityStatement, Bundle. Nothing is trusted.
import type { TerminologyResponse } from './transport';

type Json = Record<string, unknown>;

/** What a `$validate-code` said. */
export interface Validation {
  result: boolean;
  message: string;
  /** The codes of its issues (`issues`, tx-issue-type): `not-found`, `invalid-display` and the like. */
  issues: ReadonlySet<string>;
  display?: string;
  version?: string;
  inactive: boolean;
  /** The server says itself that it has not got the code system. */
  isSystemUnknown: boolean;
}

/** What a `$lookup` said. */
export interface Concept {
  display: string;
  /** All its names, the display among them; only that where the server lists none. */
  names: string[];
  version?: string;
  inactive: boolean;
}

/** The resource in an answer; undefined when there is none. */
export function resourceIn({ body }: TerminologyResponse): Json | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && typeof value.resourceType === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined when it is no answer to `$validate-code`. */
export function readValidation(resource: Json): Validation | undefined {
  const parameters = parametersOf(resource);
  // Some servers write booleans as texts.
  const result = flag(parameters, 'result');
  if (result === undefined) return undefined;
  const issues = records(record(parameters.find(({ name }) => name === 'issues')?.resource).issue);
  return {
    result,
    message: text(parameters, 'message') ?? '',
    issues: new Set(issues.flatMap((issue) => records(record(issue.details).coding).map(({ code }) => String(code)))),
    display: text(parameters, 'display'),
    version: text(parameters, 'version'),
    inactive: isInactive(parameters),
    isSystemUnknown: parameters.some(
      ({ name }) => name === 'x-caused-by-unknown-system' || name === 'x-unknown-system',
    ),
  };
}

/** Undefined when it is no answer to `$lookup`. */
export function readConcept(resource: Json): Concept | undefined {
  const parameters = parametersOf(resource);
  const display = text(parameters, 'display');
  if (display === undefined) return undefined;
  const parts = (name: string): Json[][] => parameters.filter((p) => p.name === name).map((p) => records(p.part));
  const names = parts('designation').flatMap((part) => text(part, 'value') ?? []);
  const properties = parts('property').flatMap((part) => {
    const code = text(part, 'code');
    return code === undefined ? [] : [{ ...part.find((p) => p.name === 'value'), name: code }];
  });
  return {
    display,
    names: [display, ...names],
    version: text(parameters, 'version'),
    inactive: isInactive([...parameters, ...properties]),
  };
}

/** Whether a search found any, where the answer is one: undefined when it is none. */
export function readSearch(resource: Json): Json[] | undefined {
  if (resource.resourceType !== 'Bundle') return undefined;
  return records(resource.entry).map((entry) => record(entry.resource));
}

function parametersOf(resource: Json): Json[] {
  return resource.resourceType === 'Parameters' ? records(resource.parameter) : [];
}

/** `inactive` is the word of the standard, `active` the other one in use. */
function isInactive(parameters: Json[]): boolean {
  return flag(parameters, 'inactive') === true || flag(parameters, 'active') === false;
}

/** Whatever type the value has: `valueString`, `valueUri`, `valueCode`, …. */
function text(parameters: Json[], name: string): string | undefined {
  const value = valueOf(parameters, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function flag(parameters: Json[], name: string): boolean | undefined {
  const value = valueOf(parameters, name);
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

function valueOf(parameters: Json[], name: string): unknown {
  const parameter = parameters.find((one) => one.name === name);
  return parameter && Object.entries(parameter).find(([key]) => key.startsWith('value'))?.[1];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const record = (value: unknown): Json => (isRecord(value) ? value : {});

const records = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);
