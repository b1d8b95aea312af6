// The network as a parameter: one question out, one answer back, and the real thing over node:http and node:https.
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface TerminologyResponse {
  status: number;
  body: string;
}

/**
 * One GET. Any status is an answer, a redirect too: it is not followed. Only the lack of an answer rejects: with an
 * `AbortError` when the signal stopped it, otherwise with an error that carries Node's `code`.
 */
export type Transport = (url: URL, signal: AbortSignal) => Promise<TerminologyResponse>;

/** Answers about one code are a few kilobytes. */
const LARGEST = 4 * 1024 * 1024;

/** Whoever asks: a public server shall not be flooded. */
const CONNECTIONS = { keepAlive: true, maxSockets: 4 };

/** The real network. Certificates are always checked; connections are few and kept for the next question. */
export function createTransport(maximumBytes = LARGEST): Transport {
  const agents = { http: new HttpAgent(CONNECTIONS), https: new HttpsAgent(CONNECTIONS) };
  return async (url, signal) => {
    try {
      return await exchange(url, signal, agents, maximumBytes);
    } catch (error) {
      // The server may have closed a kept connection just now; a question can be asked twice.
      if (!(error instanceof StaleConnection)) throw error;
      return exchange(url, signal, agents, maximumBytes);
    }
  };
}

interface Agents {
  http: HttpAgent;
  https: HttpsAgent;
}

class StaleConnection extends Error {}

function exchange(url: URL, signal: AbortSignal, agents: Agents, maximumBytes: number): Promise<TerminologyResponse> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new DOMException('Cancelled', 'AbortError'));
      return;
    }
    const headers = { Accept: 'application/fhir+json', 'Accept-Encoding': 'identity' };
    const outgoing =
      url.protocol === 'https:'
        ? httpsRequest(url, {
            headers,
            agent: agents.https,
            minVersion: 'TLSv1.2',
            // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn the check off.
            rejectUnauthorized: true,
          })
        : httpRequest(url, { headers, agent: agents.http });
    const done = (): void => signal.removeEventListener('abort', cancel);
    const fail = (error: Error): void => {
      done();
      reject(error);
      outgoing.destroy();
    };
    const cancel = (): void => fail(new DOMException('Cancelled', 'AbortError'));
    signal.addEventListener('abort', cancel, { once: true });
    let isAnswered = false;
    outgoing.on('error', (error: Error & { code?: string }) => {
      const isStale = outgoing.reusedSocket && !isAnswered && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      fail(isStale ? new StaleConnection() : error);
    });
    outgoing.on('response', (incoming) => {
      isAnswered = true;
      collect(incoming, maximumBytes).then((body) => {
        done();
        resolve({ status: incoming.statusCode ?? 0, body });
      }, fail);
    });
    outgoing.end();
  });
}

async function collect(incoming: IncomingMessage, maximumBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBytes) throw Object.assign(new Error('Too large'), { code: 'ERR_BODY_TOO_LARGE' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
