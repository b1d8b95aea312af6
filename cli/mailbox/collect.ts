// Empties a mailbox into a folder: each message is stored before MESH forgets it.
import { tellCollected, whyStayed } from '../../exchange/collected';
import { readReceived } from '../../exchange/received';
import { storeInto } from '../../exchange/store-message';
import { collect, type Failure } from '../../mesh/collect';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { createDurably } from '../../mesh/sandbox/durable';
import { EXIT } from '../exit';
import { printable } from '../printable';
import type { Terminal } from '../terminal';
import { folderNamed, mayTakeOut } from './keep';
import type { Means } from './list';
import type { OutputFormat } from './output';

export async function collectInbox(
  { place, client, journal }: Means,
  { out, yes, format }: { out: string; yes: boolean; format: OutputFormat },
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const folder = await folderNamed(out, terminal);
  if (!(await mayTakeOut('all messages', place, yes, terminal))) {
    stderr.write('itk3: Nothing was taken out.\n');
    return EXIT.misuse;
  }
  const knowledge = terminal.knowledge();
  const stored = new Map<string, string>();
  const collected: string[] = [];
  const failed: Failure[] = [];
  const files = () => collected.map((meshId) => ({ meshId, file: stored.get(meshId) ?? null }));
  let problem: MeshError | undefined;
  try {
    const taking: Pick<typeof client, 'inboxPages' | 'download' | 'acknowledge'> = {
      ...client,
      acknowledge: async (id, options) => {
        await client.acknowledge(id, options);
        collected.push(id);
        if (format === 'text') stdout.write(`${printable(stored.get(id) ?? id)}\n`);
      },
    };
    await collect(
      taking,
      async (message) => {
        stored.set(message.messageId, await storeInto(folder, message, knowledge, createDurably));
        // What cannot be matched now is none the less stored.
        await journal.take(place, [readReceived(message, knowledge, terminal.now())]);
      },
      { signal: terminal.interrupted(), onFailure: (failure) => failed.push(failure) },
    );
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    problem = error;
  }
  for (const failure of failed)
    if (failure.error !== problem) stderr.write(`itk3: ${printable(`${failure.messageId}: ${whyStayed(failure)}`)}\n`);
  if (problem) stderr.write(`itk3: ${printable(sentenceOf(problem))}\n`);
  if (format === 'json') stdout.write(`${JSON.stringify(files(), null, 2)}\n`);
  else stdout.write(`${tellCollected({ collected, failed })}\n`);
  return problem ? EXIT.misuse : failed.length > 0 ? EXIT.findings : EXIT.ok;
}
