// What an answer says, of a received document or of a file that holds an acknowledgement.
import type * as vscode from 'vscode';
import type { SourceDocument } from '../../core/document/source-document';
import { readResponse } from '../../core/itk3/response';
import type { Received } from '../../exchange/received';
import { type ResponseSentence, type SentAs, sentenceOfResponse } from '../../exchange/response-sentence';
import { knowledge } from '../knowledge';

/** Who knows what was received in this window, and what was sent. */
export interface Answers {
  of(uri: vscode.Uri): Received | undefined;
  sentAs(received: Received): SentAs | undefined;
}

export interface Said {
  sentence: ResponseSentence;
  /** What it answers was sent from here, or is open. */
  canGo: boolean;
}

/** Undefined of what answers nothing. */
export function answerIn(uri: vscode.Uri, source: SourceDocument | undefined, answers: Answers): Said | undefined {
  const received = answers.of(uri);
  const read = received ?? (source && fromFile(source));
  if (!read) return undefined;
  const sentence = sentenceOfResponse(read, answers.sentAs(read), undefined, knowledge());
  return sentence && { sentence, canGo: received?.acknowledgement !== undefined && sentence.verdict !== 'accepted' };
}

function fromFile({ value, bytes }: SourceDocument): Received | undefined {
  const acknowledgement = readResponse(value, knowledge());
  return acknowledgement && { meshId: '', bytes, kind: '', acknowledgement };
}
