// What a response code means for the message that it answers, and what its sender must do.
import { dutyOf } from '../../core/itk3/duty';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import { codeAt } from './codes';
import { prose } from './markdown';
import { from } from './sources';
import type { Spot } from './spot';

export function responseCode(spot: Spot): string | undefined {
  const { knowledge } = spot;
  const found = codeAt(spot);
  if (!found || found.system !== knowledge.envelope.responseCodes) return undefined;
  const known = knowledge.responseCodes.find((one) => one.code === found.code);
  if (!known) return undefined;
  const { layer, outcome, conflict, responseCode: header, severity, issueCodes } = known;
  const duty = dutyOf({ code: found.code, layer, outcome }, knowledge);
  return [
    `**${outcome === 'positive' ? 'Positive' : 'Negative'}** answer of the ${layer} layer`,
    duty && `What the sender must do: ${lowered(prose(duty.says))} ${from(duty.source)}`,
    `Goes with response \`${header}\`, severity \`${severity}\`, issue ${issueCodes.map((c) => `\`${c}\``).join(', ')}`,
    conflict && prose(conflict),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** The message that an acknowledgement answers. */
export function answered(spot: Spot): string | undefined {
  const { name, value, at, besideAt, message, knowledge } = spot;
  if (at.type !== 'MessageHeader' || name !== 'identifier' || typeof value !== 'string') return undefined;
  if (besideAt !== `${at.pointer}/response`) return undefined;
  const announced = readAnnounced(message, knowledge);
  if (!announced || !isResponse(announced, knowledge)) return undefined;
  const { unreadable } = knowledge.envelope.response;
  return value.startsWith('UNREADABLE')
    ? `Stands where the message could not be read, with the code ${unreadable.code} ${from(unreadable.source)}`
    : 'The id of the MessageHeader of the message that is answered';
}
