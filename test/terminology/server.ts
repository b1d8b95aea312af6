// A FHIR terminology server for tests, on loopback: it speaks both dialects from a table, and can be told to misbehave.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SNOMED = 'http://snomed.info/sct';
export const LOCAL = 'https://example.org/CodeSystem/colours';
export const COLOURS = 'https://example.org/ValueSet/warm-colours';
export const UK = `${SNOMED}/83821000000107/version/20260401`;

interface Concept {
  display: string;
  names?: string[];
  inactive?: boolean;
}

interface System {
  version?: string;
  concepts: Record<string, Concept>;
}

const SYSTEMS: Record<string, System> = {
  [SNOMED]: {
    version: UK,
    concepts: {
      '73211009': { display: 'Diabetes mellitus', names: ['Diabetes mellitus (disorder)', 'DM - Diabetes mellitus'] },
      '310080006': { display: 'Pharmacy service', names: ['Pharmacy service (qualifier value)'] },
      '154671004': { display: 'Ear, nose and throat disorder', inactive: true },
    },
  },
  [LOCAL]: { concepts: { red: { display: 'Red' }, blue: { display: 'Blue' } } },
};

export interface ServerOptions {
  fhirVersion?: string;
  systems?: Record<string, System>;
  /** By url: system|code. */
  valueSets?: Record<string, string[]>;
  /** Answers in the server's place when it gives true. */
  instead?: (path: string, query: URLSearchParams, response: ServerResponse, request: IncomingMessage) => boolean;
}

export interface TerminologyServer {
  /** The base, without a slash at its end. */
  address: string;
  host: string;
  /** What was asked, decoded: `CodeSystem/$lookup?system=…`. */
  asked: string[];
  stop(): Promise<void>;
}

export async function startTerminologyServer(options: ServerOptions = {}): Promise<TerminologyServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://loopback');
    const path = url.pathname.replace('/fhir/', '');
    asked.push(`${path}${url.search === '' ? '' : '?'}${decodeURIComponent(url.search.slice(1).replaceAll('+', ' '))}`);
    if (options.instead?.(path, url.searchParams, response, request)) return;
    const [status, body] = answer(path, url.searchParams, options);
    send(response, status, body);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/fhir`,
    host: `127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/fhir+json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function parameters(values: Record<string, string | boolean>, more: unknown[] = []): unknown {
  const parameter = Object.entries(values).map(([name, value]) =>
    typeof value === 'boolean' ? { name, valueBoolean: value } : { name, valueString: value },
  );
  return { resourceType: 'Parameters', parameter: [...parameter, ...more] };
}

export function outcome(code: string, diagnostics: string): unknown {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function answer(path: string, query: URLSearchParams, options: ServerOptions): [number, unknown] {
  const { fhirVersion = '4.0.1', systems = SYSTEMS } = options;
  const isStu3 = fhirVersion.startsWith('3');
  const get = (name: string): string => query.get(name) ?? '';
  if (path === 'metadata') return [200, { resourceType: 'CapabilityStatement', fhirVersion }];
  if (path === 'CodeSystem') {
    const found = systems[get('url')]
      ? [{ resource: { resourceType: 'CodeSystem', url: get('url'), content: 'complete' } }]
      : [];
    return [200, { resourceType: 'Bundle', type: 'searchset', total: found.length, entry: found }];
  }
  if (path === 'CodeSystem/$lookup') return lookup(systems[get('system')], get('code'));
  if (path === 'CodeSystem/$validate-code' && !isStu3) {
    const system = systems[get('url')];
    if (!system) return [404, outcome('not-found', 'A usable code system with that URL could not be resolved.')];
    return [200, validation(system, get('code'), query.get('display'))];
  }
  if (path === 'ValueSet/$validate-code') return validateInValueSet(query, options, systems);
  return [404, outcome('not-supported', 'No such operation')];
}

function validateInValueSet(
  query: URLSearchParams,
  options: ServerOptions,
  systems: Record<string, System>,
): [number, unknown] {
  const url = query.get('url') ?? '';
  const system = systems[query.get('system') ?? ''];
  const code = query.get('code') ?? '';
  if (url === `${SNOMED}?fhir_vs` && system) return [200, validation(system, code, query.get('display'))];
  const members = options.valueSets?.[url];
  if (!members) return [404, outcome('not-found', 'That value set could not be found')];
  if (members.includes(`${query.get('system') ?? ''}|${code}`)) return [200, parameters({ result: true })];
  return [200, parameters({ result: false, message: `The code '${code}' was not found in the value set '${url}'` })];
}

function lookup(system: System | undefined, code: string): [number, unknown] {
  const concept = system?.concepts[code];
  if (!concept) return [404, outcome('not-found', 'Code not found')];
  const designations = (concept.names ?? []).map((name) => ({
    name: 'designation',
    part: [{ name: 'value', valueString: name }],
  }));
  const inactive = {
    name: 'property',
    part: [
      { name: 'code', valueCode: 'inactive' },
      { name: 'value', valueBoolean: concept.inactive === true },
    ],
  };
  return [200, parameters({ name: 'A code system', display: concept.display }, [...designations, inactive])];
}

function validation({ version, concepts }: System, code: string, display: string | null): unknown {
  const concept = concepts[code];
  const about: Record<string, string> = version === undefined ? {} : { version };
  if (!concept) return parameters({ result: false, message: `Unknown code '${code}' in the CodeSystem`, ...about });
  const fits = display === null || [concept.display, ...(concept.names ?? [])].includes(display);
  return parameters({
    result: fits,
    ...(!fits && { message: 'The code exists but the display is not valid.' }),
    display: concept.display,
    ...(concept.inactive && { inactive: true }),
    ...about,
  });
}
