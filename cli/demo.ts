// itk3 demo: the toolkit's main job from end to end, without a window. Nothing is played: every step is the real thing.
import path from 'node:path';
import { readJson } from '../core/document/json-document';
import { readValue } from '../core/document/read-document';
import { headerOf } from '../core/itk3/message';
import { type Acknowledgement, readResponse } from '../core/itk3/response';
import { draftMessage } from '../core/draft/message';
import { checkDocument } from '../core/validate/check-document';
import { onTheWire, USUAL_FORMAT, wordFor } from '../exchange/wire';
import { createMeshClient, type MeshClient } from '../mesh/client';
import type { Sandbox } from '../mesh/sandbox/sandbox';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { failingOn } from './judging/fail-on';
import { judge } from './judging/judge';
import { printable } from './printable';
import { textReporter } from './reporters/text';
import { painterFor } from './reporters/colours';
import { mailboxesOf, startPractice } from './sandbox';
import type { Terminal } from './terminal';
import { report } from './judging/round';

export const demo: Command = {
  name: 'demo',
  summary: 'Checks, makes, sends and has answered a message, all on this machine',
  options: {},
  takes: 'none',
  help: `itk3 demo

Validates an example with mistakes, makes a new message, validates it, starts the MESH sandbox on a free port of this
machine, sends the message to the GP practice there, and reads the acknowledgements that come back. Exit code 0 when
every step truly succeeded, otherwise 2 with a sentence.
`,
  async run(args, terminal) {
    const { positionals } = readArguments(args, {}, 'itk3 demo');
    if (positionals.length > 0) throw new CommandError('demo takes no arguments: it brings its own messages.');
    const tell = narrator(terminal);
    await checkMistakes(terminal, tell);
    const message = makeMessage(terminal, tell);
    const sandbox = await startPractice(terminal, { port: 0 });
    try {
      await exchange(message, sandbox, terminal, tell);
    } finally {
      await sandbox.close();
    }
    tell.step('Done: checked, made, sent, received and answered, all on this machine.');
    return EXIT.ok;
  },
};

interface Narrator {
  step: (title: string) => void;
  say: (text: string) => void;
}

function narrator(terminal: Terminal): Narrator {
  const paint = painterFor(terminal);
  return {
    step: (title) => void terminal.stdout.write(`\n${paint(title, 'bold')}\n`),
    say: (text) => void terminal.stdout.write(`   ${printable(text)}\n`),
  };
}

function insist(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new CommandError(`The demo stops here: ${problem}`);
}

async function checkMistakes(terminal: Terminal, { step }: Narrator): Promise<void> {
  const example = path.join(terminal.folder, '../examples/emergency-supply-with-mistakes.json');
  step('1. Check a message that has mistakes');
  terminal.stdout.write('\n');
  const run = textReporter(terminal, { failOn: 'error', exact: false, hasBaseline: false });
  const code = report(
    await judge(path.relative(terminal.cwd, example), terminal),
    run,
    failingOn('error', false),
    terminal,
  );
  run.end({ code });
  insist(code !== EXIT.misuse, 'the example could not be read. Run it from a checkout of the project.');
  insist(code === EXIT.findings, 'the example was to have mistakes, and none were found.');
}

interface Made {
  id: string;
  workflow: { request: string; acknowledgement: string };
  text: string;
}

function makeMessage(terminal: Terminal, { step, say }: Narrator): Made {
  const knowledge = terminal.knowledge();
  const [useCase] = knowledge.useCases;
  insist(useCase !== undefined, 'no kind of message is known.');
  const { messageKind, title, workflow } = useCase;

  step(`2. Make a new message: ${messageKind}`);
  const { randomUUID, random } = terminal;
  const mailbox = mailboxesOf().sender.mailbox;
  const value = draftMessage(messageKind, { knowledge, fresh: { now: terminal.now(), randomUUID, random, mailbox } });
  const text = JSON.stringify(value, null, 2);
  const { message, findings } = checkDocument(readJson(text), knowledge);
  const id = message && headerOf(message)?.resource.id;
  insist(typeof id === 'string', 'the new message has no identifier.');
  say(`${title}, ${sizeOf(text)}, message ${id}. The patient is invented.`);

  step('3. Check it');
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  insist(errors === 0, `the new message has ${errors} errors.`);
  say(`Valid: 0 errors${findings.length > 0 ? `, ${findings.length} remarks` : ', nothing to remark'}.`);
  return { id, workflow, text };
}

async function exchange(message: Made, sandbox: Sandbox, terminal: Terminal, tell: Narrator): Promise<void> {
  const { step, say } = tell;
  const { sender, practice } = mailboxesOf(sandbox.mailboxes);
  const client = createMeshClient(
    { ...sender, endpoint: new URL(sandbox.url) },
    { now: terminal.now, randomUUID: terminal.randomUUID },
  );

  step('4. Send it over MESH');
  const wire = onTheWire(message.text, USUAL_FORMAT, terminal.knowledge().registry);
  insist(!('problem' in wire), 'XML cannot say all of the new message.');
  say(`A sandbox listens on ${sandbox.url}, for this machine only.`);
  await client.handshake();
  say(`${sender.mailbox} (${sender.name}) has shaken hands: mailbox, password and shared key are right.`);
  const { messageId } = await client.send({
    to: practice.mailbox,
    workflowId: message.workflow.request,
    localId: sender.odsCode,
    contentType: wire.contentType,
    body: Buffer.from(wire.text),
  });
  say(`It travels as ${wordFor(wire.format)}, ${sizeOf(wire.text)}, as ITK3 messages do.`);
  say(`MESH took the message for ${practice.mailbox} (${practice.name}), workflow ${message.workflow.request}.`);
  say(`MESH calls it ${messageId}.`);

  step('5. Read the acknowledgements');
  await sandbox.settled();
  const waiting = await client.inbox();
  const answers: Acknowledgement[] = [];
  for (const id of waiting) answers.push(await readAnswer(id, message, client, terminal, tell));
  for (const layer of ['infrastructure', 'business'] as const) {
    const count = answers.filter((answer) => answer.layer === layer && answer.accepted === true).length;
    insist(count === 1, `one positive ${layer} acknowledgement was due, and ${count} came.`);
  }
  insist((await client.inbox()).length === 0, 'the inbox is not empty after its messages were acknowledged.');
  say('Both are collected: the inbox is empty.');

  step('6. Ask MESH what became of the message');
  const { status } = await client.track(messageId);
  insist(status === 'acknowledged', `the practice was to have collected it, but its status is "${status}".`);
  say(`Status "${status}": ${practice.name} has collected it.`);
}

async function readAnswer(
  id: string,
  message: Made,
  client: MeshClient,
  { knowledge }: Terminal,
  { say }: Narrator,
): Promise<Acknowledgement> {
  const { body, from, workflowId } = await client.download(id);
  const answer = readResponse(readValue(body.toString('utf8'), knowledge().registry), knowledge());
  insist(answer !== undefined, 'what lies in the inbox is no ITK3 acknowledgement.');
  insist(answer.answers === message.id, 'an acknowledgement answers another message.');
  insist(workflowId === message.workflow.acknowledgement, 'an acknowledgement came under another workflow.');
  const verdict = answer.accepted ? 'accepted' : 'rejected';
  say(
    `${capital(answer.layer ?? 'unknown')} acknowledgement from ${from ?? 'nobody'} (ODS ${answer.responder ?? 'unknown'}): ${verdict}`,
  );
  say(`   ${answer.code ?? 'no code'} ${answer.display ?? ''}`);
  if (answer.meaning) say(`   ${answer.meaning}`);
  if (answer.diagnostics) say(`   It adds: ${answer.diagnostics}`);
  // Only now, when it has been read: after this MESH forgets it.
  await client.acknowledge(id);
  return answer;
}

function sizeOf(text: string): string {
  return `${(Buffer.byteLength(text) / 1024).toFixed(0)} KiB`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
