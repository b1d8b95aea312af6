// Which proxy leads to an address, by settings and environment as other programs read them.

export interface ProxySettings {
  /** Its address; empty, the environment's is taken. */
  proxy?: string;
  /** Hosts that are reached without it. Any entry here, and the environment's list is not read. */
  noProxy?: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Undefined where none does. A loopback address is never reached through one.
 * The text itself when it is no address: a person has to be told, since going past a proxy may be forbidden.
 */
export function proxyFor(endpoint: URL, settings: ProxySettings, env: Env): URL | 'no address' | undefined {
  const host = endpoint.hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)) return undefined;
  const excepted = settings.noProxy?.length ? settings.noProxy : (env.no_proxy ?? env.NO_PROXY ?? '').split(',');
  const port = endpoint.port === '' ? '443' : endpoint.port;
  if (excepted.some((entry) => isExcepted(host, port, entry))) return undefined;
  const given = [settings.proxy, env.https_proxy, env.HTTPS_PROXY, env.http_proxy, env.HTTP_PROXY];
  const address = given.map((one) => one?.trim() ?? '').find((one) => one !== '');
  if (address === undefined) return undefined;
  const whole = /^\w+:\/\//.test(address) ? address : `http://${address}`;
  return URL.canParse(whole) ? new URL(whole) : 'no address';
}

/** `mesh.example`, `.example`, `*.example`, `mesh.example:8443` or `*`: a name stands for everything below it too. */
function isExcepted(host: string, port: string, entry: string): boolean {
  const [, name = '', only] = /^\s*(.*?)(?::(\d+))?\s*$/.exec(entry.toLowerCase()) ?? [];
  if (name === '' || (only !== undefined && only !== port)) return false;
  const domain = name.replace(/^\*?\./, '');
  return name === '*' || host === domain || host.endsWith(`.${domain}`);
}
