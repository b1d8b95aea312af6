// The header's own values: the event that announces a kind of message, handling keys, the mailbox.
import { handlingKeys } from '../../core/itk3/handling';
import { isWithin } from '../../core/document/pointer';
import { codeAt } from './codes';
import { code, prose } from './markdown';
import { from } from './sources';
import type { Spot } from './spot';

export function event(spot: Spot): string | undefined {
  const { knowledge, at } = spot;
  const found = codeAt(spot);
  if (at.type !== 'MessageHeader' || !found || found.system !== knowledge.envelope.eventSystem) return undefined;
  const useCase = knowledge.useCases.find((one) => one.event.code === found.code);
  if (!useCase) return undefined;
  const { workflow, guide, title } = useCase;
  return [
    `Announces: ${prose(title)} · ${prose(guide.title)} ${prose(guide.version)}`,
    `Travels over MESH as ${code(workflow.request)}, its acknowledgements as ${code(workflow.acknowledgement)} ${from(workflow.source)}`,
  ].join('\n\n');
}

/** What a key of the handling extension asks for, with the value that stands there. */
export function handling({ pointer, message, at, knowledge: { envelope } }: Spot): string | undefined {
  if (at.type !== 'MessageHeader') return undefined;
  const key = handlingKeys(message, envelope)?.find((one) => isWithin(pointer, one.pointer));
  if (!key || pointer.endsWith('/url')) return undefined;
  const meaning = envelope.handlingMeanings.find((one) => one.key === key.url && one.value === key.value);
  return meaning && `**${prose(key.url)}** ${code(String(meaning.value))}: ${prose(meaning.says)}`;
}

export function mailbox({ name, value, at, besideAt }: Spot): string | undefined {
  if (at.type !== 'MessageHeader' || besideAt !== `${at.pointer}/source` || name !== 'endpoint') return undefined;
  if (typeof value !== 'string') return undefined;
  return `MESH mailbox **${prose(value)}** of the sender · acknowledgements go there`;
}
