// A MESH sandbox outside the window, as a team's test server would be: to the window it is another server, to which
// nothing goes unasked. It ends with the test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const built = (file) => require(path.resolve('out', file));

/** Of every mailbox of the sandbox; they protect nothing. */
export const PASSWORD = 'password';
export const SHARED_KEY = 'TestKey';

/**
 * @typedef {object} OutsideSandbox
 * @property {string} url
 * @property {string} [authority] in PEM, with `tls`
 * @property {{ cert: string, key: string }} [clientCertificate] in PEM, with `clientCertificates`
 * @property {string[]} requests one line each: method, route, status
 * @property {(mailbox: string) => object} client a MESH client of one of its mailboxes
 * @property {(scenario: string | undefined) => void} play what every message meets from now on
 * @property {() => Promise<void>} settled resolves when everything that is due has happened
 * @property {() => Promise<void>} close
 */

/**
 * Starts a sandbox on a free port of this machine, with a GP practice that answers.
 * @param {object} [options] as of `startSandbox`: `strict`, `mailboxes`, `scenario`, `now`, `wait`, `folder`
 * @returns {Promise<OutsideSandbox>}
 */
export async function startOutside(options = {}) {
  const { startSandbox } = built('mesh/sandbox/sandbox.js');
  const { createPractice } = built('mesh/sandbox/receiver.js');
  const { createMeshClient } = built('mesh/client.js');
  const { loadKnowledge } = built('profiles/load.js');
  const { registeredPeople, registeredWorkflows } = built('core/draft/registered.js');
  const { DEFAULT_MAILBOXES } = built('mesh/sandbox/accounts.js');
  const { defaultPeople } = built('mesh/sandbox/people.js');
  const knowledge = loadKnowledge(path.resolve('dist'));
  const mailboxes = options.mailboxes ?? DEFAULT_MAILBOXES;
  const practice = mailboxes.find(({ answered }) => answered);
  const requests = [];
  const sandbox = await startSandbox({
    port: 0,
    receiver: practice && createPractice(knowledge, { odsCode: practice.odsCode }),
    workflows: registeredWorkflows(knowledge, mailboxes),
    people: [...(practice ? registeredPeople(knowledge, practice.mailbox) : []), ...defaultPeople(mailboxes)],
    log: (line) => requests.push(line),
    ...options,
  });
  return {
    url: sandbox.url,
    authority: sandbox.authority,
    clientCertificate: sandbox.clientCertificate,
    requests,
    client(mailbox) {
      const { password, sharedKey } = mailboxes.find((one) => one.mailbox === mailbox);
      const tls = sandbox.authority && { ca: sandbox.authority, ...sandbox.clientCertificate };
      return createMeshClient({ endpoint: new URL(sandbox.url), mailbox, password, sharedKey, tls });
    },
    play: (scenario) => sandbox.play(scenario),
    settled: () => sandbox.settled(),
    close: () => sandbox.close(),
  };
}

/**
 * Fills a mailbox with messages that are not answers to anything sent from a window.
 * @param {OutsideSandbox} sandbox
 * @param {number} count
 * @param {{ from?: string, to?: string, body?: (i: number) => string }} [options]
 */
export async function fillInbox(sandbox, count, { from = 'X26SURGERY', to = 'X26PHARMACY', body } = {}) {
  const client = sandbox.client(from);
  const example = readFileSync('examples/emergency-supply.json', 'utf8');
  const text = body ?? (() => example);
  const work = Array.from({ length: count }, (_, i) => i);
  const send = async () => {
    for (let i = work.shift(); i !== undefined; i = work.shift())
      await client.send({
        to,
        workflowId: 'DIGMED_EMG_MED',
        localId: `filled-${i}`,
        subject: `Filled ${i}`,
        fileName: `filled-${i}.json`,
        contentType: 'application/fhir+json',
        body: Buffer.from(text(i)),
      });
  };
  await Promise.all(Array.from({ length: 8 }, send));
}
