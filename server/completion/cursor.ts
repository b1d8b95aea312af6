// Where completion was asked for, whichever way the text is written.
import type { Pointer } from '../../core/document/pointer';
import type { Format, Span } from '../../core/document/source-document';

export interface Cursor {
  format: Format;
  /** Whether a property's name belongs here, or a value, or, while nothing is there yet, a whole document. */
  kind: 'key' | 'value' | 'document';
  /** The object that the name belongs to, or the place of the value itself. */
  pointer: Pointer;
  /** What an accepted completion replaces: the half-typed name or value, in JSON with its quotes. */
  replaced: Span;
  /** Whether something is typed or at least a quote is there. */
  begun: boolean;
  /** Of a name: its value is there already. */
  hasValue: boolean;
}
