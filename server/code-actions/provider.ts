// What the sources of code actions have in common. Each is a file in this folder, and stands in the list of the feature.
import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../../core/document/text-edits';
import type { Span } from '../../core/document/source-document';
import type { Severities } from '../../core/severities';
import type { PlacedFinding } from '../../core/validate/check-document';
import type { Pair, Shown } from '../exceptions';
import type { Session } from '../feature';
import type { CodeAction } from 'vscode-languageserver';

/** What somebody wants to know what to do about. */
export interface Asked extends Shown {
  document: TextDocument;
  /** Whether it is the message, not the exceptions beside it. */
  isMessage: boolean;
  span: Span;
  /** Those that the span touches. */
  touched: readonly PlacedFinding[];
  /** What the client asks for by name; it shows others than these nowhere. */
  only: readonly string[] | undefined;
  pair: Pair;
  rules: Severities;
  session: Session;
}

/** Something that can be done; what it changes is worked out when it is chosen, where the client can wait so long. */
export interface Offer {
  title: string;
  diagnostics?: Diagnostic[];
  isPreferred?: boolean;
  /** In the document that was asked about; none when there is nothing to do after all. */
  edits: () => TextEdit[];
}

/** An offer, or an action that is whole as it stands. */
export type Offered = Offer | Pick<CodeAction, 'title' | 'edit' | 'command' | 'diagnostics' | 'disabled'>;

export interface Provider {
  /** Of all its actions, as clients ask for them: `quickfix`, `refactor.rewrite`. */
  kind: string;
  /** Left out, it is for everybody; else not for an editor that only looks whether there is something to do. */
  isFor?: 'whoever invokes' | 'whoever names it';
  offers: (asked: Asked) => Offered[];
}

export function isOffer(offered: Offered): offered is Offer {
  return 'edits' in offered;
}
