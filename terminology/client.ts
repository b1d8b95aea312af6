// One FHIR terminology server, spoken to in the dialect that it has: STU3 or R4 and what came after.
import { errorFromFailure, errorFromStatus, notFhir, TerminologyError } from './errors';
import { type Concept, readConcept, readSearch, readValidation, resourceIn, type Validation } from './parameters';
import { SNOMED_CT } from './snomed';
import { createTransport, type Transport } from './transport';

export type Dialect = 'STU3' | 'R4';

export interface Coded {
  system: string;
  code: string;
  display?: string;
}

/**
 * Every function rejects with a TerminologyError and nothing else, and gives undefined when the server has no answer:
 * it does not know the system, the value set or the operation.
 */
export interface TerminologyClient {
  /** Host and port, as a person would name the server. */
  readonly host: string;
  dialect(signal: AbortSignal): Promise<Dialect>;
  /** Whether the system has the code, and the display where one is given. STU3 can be asked this of SNOMED CT alone. */
  validateInSystem(coded: Coded, dialect: Dialect, signal: AbortSignal): Promise<Validation | undefined>;
  validateInValueSet(coded: Coded, valueSet: string, signal: AbortSignal): Promise<Validation | undefined>;
  /** Undefined also when the system has no such code: the answers of servers do not tell the two apart. */
  lookup(coded: Coded, signal: AbortSignal): Promise<Concept | undefined>;
  /** Whether the server has the whole of a code system; undefined when it cannot be asked. */
  hasSystem(system: string, signal: AbortSignal): Promise<boolean | undefined>;
}

/** @param transport the network; by default the real one. Throws a TerminologyError when the address cannot be used. */
export function createTerminologyClient(address: string, transport: Transport = createTransport()): TerminologyClient {
  const base = baseOf(address);
  const { host } = base;

  /** Everything a server is asked is a GET: in every dialect it may be, and it changes nothing. */
  const get = async (path: string, query: Record<string, string | undefined>, signal: AbortSignal) => {
    const url = new URL(base.href + path);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const response = await transport(url, signal).catch((failure: unknown) => {
      throw errorFromFailure(signal.aborted ? { name: 'AbortError' } : failure, host);
    });
    const error = errorFromStatus(response, host);
    if (error) throw error;
    const resource = resourceIn(response);
    if (!resource && response.status < 400) throw notFhir(host);
    return response.status < 400 ? resource : undefined;
  };

  const validateInValueSet: TerminologyClient['validateInValueSet'] = async (coded, valueSet, signal) => {
    const { system, code, display } = coded;
    const resource = await get('ValueSet/$validate-code', { url: valueSet, system, code, display }, signal);
    return resource && readValidation(resource);
  };

  return {
    host,

    async dialect(signal) {
      const statement = await get('metadata', {}, signal);
      const { resourceType, fhirVersion } = statement ?? {};
      if (resourceType !== 'CapabilityStatement' || typeof fhirVersion !== 'string') throw notFhir(host);
      return /^(3\.|1\.[1-9])/.test(fhirVersion) ? 'STU3' : 'R4';
    },

    async validateInSystem(coded, dialect, signal) {
      const { system, code, display } = coded;
      if (dialect === 'STU3') {
        // All of SNOMED CT is a value set too; other systems have none by rule.
        return system === SNOMED_CT ? validateInValueSet(coded, `${SNOMED_CT}?fhir_vs`, signal) : undefined;
      }
      const resource = await get('CodeSystem/$validate-code', { url: system, code, display }, signal);
      return resource && readValidation(resource);
    },

    validateInValueSet,

    async lookup({ system, code }, signal) {
      const resource = await get('CodeSystem/$lookup', { system, code }, signal);
      return resource && readConcept(resource);
    },

    async hasSystem(system, signal) {
      const resource = await get('CodeSystem', { url: system, _summary: 'true' }, signal);
      return resource && readSearch(resource)?.some((found) => found.url === system && !PARTIAL.has(found.content));
    },
  };
}

/** Where a system is held only in part, nothing can be said not to be in it. */
const PARTIAL: ReadonlySet<unknown> = new Set(['fragment', 'example', 'supplement']);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The address everything hangs below, with a slash at its end. */
function baseOf(address: string): URL {
  const wrong = (what: string) =>
    new TerminologyError('invalid-address', `The address of the terminology server cannot be used: ${what}`);
  const text = address.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw wrong('give one such as https://example.org/fhir.');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    throw wrong('plain http is only for a server on this machine, so give one that starts with https://.');
  if (url.username !== '' || url.password !== '') throw wrong('take the user name and the password out of it.');
  if (url.search !== '' || url.hash !== '') throw wrong('take off what follows "?" or "#".');
  return new URL(`${url.pathname.replace(/\/+(metadata\/*)?$/, '')}/`, url.origin);
}
