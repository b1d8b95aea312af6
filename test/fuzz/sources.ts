// The messages that are mutated: the examples, drafts of every kind, acknowledgements, resources of every type, and what is
// published, where that is at hand.
import fs from 'node:fs';
import { kindsOf } from '../../core/draft/kind';
import { draftMessage } from '../../core/draft/message';
import { seeded } from '../../core/draft/seeded';
import { writeReply } from '../../core/itk3/reply';
import { readMessage } from '../../core/itk3/message';
import { anyResource } from '../any-resource';
import { knowledge } from '../knowledge';
import { publishedFiles, readPublished } from '../published';
import { ACKNOWLEDGEMENT, MESSAGE, RELATIVE } from '../server/messages';
import type { Random } from './random';

export const NOW = new Date('2026-12-01T12:00:00Z');

let made: string[] | undefined;

/** As JSON text. */
export function sources(): readonly string[] {
  return (made ??= [
    ...examples(),
    ...drafts(),
    ...acknowledgements(),
    ...published(),
    MESSAGE,
    ACKNOWLEDGEMENT,
    RELATIVE,
  ]);
}

function examples(): string[] {
  return fs
    .readdirSync('examples')
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => fs.readFileSync(`examples/${name}`, 'utf8'));
}

export function exampleText(): string {
  return fs.readFileSync('examples/emergency-supply.json', 'utf8');
}

function drafts(): string[] {
  return kindsOf(knowledge()).map(({ name }) => {
    const { random, randomUUID } = seeded(name);
    return JSON.stringify(draftMessage(name, { knowledge: knowledge(), fresh: { now: NOW, random, randomUUID } }));
  });
}

function acknowledgements(): string[] {
  const message = readMessage(JSON.parse(exampleText()));
  const { randomUUID } = seeded('acknowledgements');
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  return knowledge().responseCodes.flatMap(({ code }) => {
    const display = knowledge()
      .registry.codeSystem(knowledge().envelope.responseCodes)
      ?.concepts.find((one) => one.code === code)?.display;
    if (display === undefined) return [];
    return [JSON.stringify(writeReply(message, { code }, responder, knowledge(), { now: NOW, randomUUID }))];
  });
}

function published(): string[] {
  return publishedFiles('examples').map((file) => JSON.stringify(readPublished(file)));
}

/** Of any type, with nothing wrong in its form. */
export function resource(random: Random): string {
  const type = random.pick(knowledge().registry.resourceTypes());
  const { value } = anyResource({ type, seed: random.seed(), fullness: random.pick([0.05, 0.3, 0.7]) });
  return JSON.stringify(value);
}
