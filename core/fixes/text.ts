// Repairs of the text itself, where it is no JSON or says something twice: edits of text, for there is no value to change yet.
import type { TextEdit } from '../document/json-edits';
import type { PlacedFinding } from '../validate/check-document';

export interface TextFix {
  title: string;
  /** As of a Fix: an only one is sure unless it says `false`. */
  sure?: boolean;
  edits: TextEdit[];
}

/** The repairs of what the text has wrong; none of any other finding. */
export function textFixesOf(_finding: PlacedFinding, _text: string): TextFix[] {
  return [];
}
