// The places where MESH is to be had, as data.

export interface Environment {
  id: 'local' | 'integration' | 'deployment' | 'live' | 'integration-hscn' | 'deployment-hscn' | 'live-hscn';
  name: string;
  endpoint: string;
  /** From where it is reached. HSCN is the health service's own network. */
  network: 'this machine' | 'internet' | 'HSCN';
  /** Messages there are about real people, and real recipients act on them. */
  live: boolean;
  /** Why it is better not used any more. */
  deprecated?: string;
  /** Certificates of both sides are asked for, from MESH's own authority. */
  mutualTls: boolean;
  source: string;
}

const SPECIFICATION = 'MESH API specification, server list, May 2026';
const CLIENT = 'NHS England mesh-client 3.2.3, named endpoints';
const HSCN = 'The address on HSCN is deprecated: the one on the internet takes its place.';

export const ENVIRONMENTS: readonly Environment[] = [
  {
    id: 'local',
    name: 'Sandbox on this machine',
    endpoint: 'http://localhost:8700/',
    network: 'this machine',
    live: false,
    mutualTls: false,
    source: 'NHS England mesh-sandbox, port by habit',
  },
  {
    id: 'integration',
    name: 'Integration',
    endpoint: 'https://msg.intspineservices.nhs.uk/',
    network: 'internet',
    live: false,
    mutualTls: true,
    source: SPECIFICATION,
  },
  {
    id: 'deployment',
    name: 'Deployment',
    endpoint: 'https://msg.depspineservices.nhs.uk/',
    network: 'internet',
    live: false,
    deprecated: 'The MESH API specification does not list it any more.',
    mutualTls: true,
    source: CLIENT,
  },
  {
    id: 'live',
    name: 'Live',
    endpoint: 'https://mesh-sync.spineservices.nhs.uk/',
    network: 'internet',
    live: true,
    mutualTls: true,
    source: SPECIFICATION,
  },
  {
    id: 'integration-hscn',
    name: 'Integration on HSCN',
    endpoint: 'https://msg.int.spine2.ncrs.nhs.uk/',
    network: 'HSCN',
    live: false,
    deprecated: HSCN,
    mutualTls: true,
    source: `${SPECIFICATION}; ${CLIENT}`,
  },
  {
    id: 'deployment-hscn',
    name: 'Deployment on HSCN',
    endpoint: 'https://msg.dep.spine2.ncrs.nhs.uk/',
    network: 'HSCN',
    live: false,
    deprecated: HSCN,
    mutualTls: true,
    source: CLIENT,
  },
  {
    id: 'live-hscn',
    name: 'Live on HSCN',
    endpoint: 'https://mesh-sync.national.ncrs.nhs.uk/',
    network: 'HSCN',
    live: true,
    deprecated: HSCN,
    mutualTls: true,
    source: `${SPECIFICATION}; ${CLIENT}`,
  },
];

/** Whether the address is this machine's own, where plain http is allowed. A tunnel there may lead anywhere. */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/**
 * Whose address it is, by its host alone: a port or a path of its own makes no live server a test. Undefined where it is
 * none that is known here. A tunnel on this machine looks like a sandbox.
 */
export function environmentOf(url: URL): Environment | undefined {
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  return ENVIRONMENTS.find(
    ({ network, endpoint }) =>
      (network === 'this machine' && isLoopback({ hostname: host })) || new URL(endpoint).hostname === host,
  );
}
