// All that can be mended without asking, for those who have it done at each save.
import { CodeActionKind } from 'vscode-languageserver';
import { readJson } from '../../core/document/json-document';
import { readDocument } from '../../core/document/read-document';
import type { TextEdit } from '../../core/document/text-edits';
import { fixAll } from '../../core/fixes/fix-all';
import { fixesOf, sureFix } from '../../core/fixes/fixes-of';
import type { Fixing } from '../../core/fixes/fixing';
import { isOfText, textFixesOf } from '../../core/fixes/text';
import { checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { kept } from '../exceptions';
import { freshNow } from '../fresh-now';
import type { Asked, Provider } from './provider';

export const fixAllOfFile: Provider = {
  kind: `${CodeActionKind.SourceFixAll}.itk3`,
  isFor: 'whoever names it',
  offers: (asked) => {
    if (!asked.isMessage || !asked.findings.some((finding) => isSure(finding, asked))) return [];
    return [{ title: 'Fix all that has one right answer', edits: () => repairAll(asked) }];
  },
};

function isSure(finding: PlacedFinding, asked: Asked): boolean {
  if (isOfText(finding))
    return sureFix(textFixesOf(finding, asked.document.getText(), asked.session.knowledge.registry)) !== undefined;
  const fixing = fixingOf(asked);
  return fixing !== undefined && sureFix(fixesOf(finding, fixing)) !== undefined;
}

/** What settings and exceptions let stand is left alone. */
export function repairAll(
  { document, pair, rules, session: { knowledge } }: Asked,
  wanted?: (finding: PlacedFinding) => boolean,
): TextEdit[] {
  const now = Date.now();
  const sidecar = pair.sidecar && readJson(pair.sidecar.getText());
  const judge = (text: string) => {
    const source = readDocument(text, knowledge.registry);
    const checked = checkDocument(source, knowledge, { now });
    return { ...checked, findings: kept(checked, source.value, sidecar, rules) };
  };
  return fixAll(document.getText(), judge, { knowledge, fresh: freshNow() }, wanted).edits;
}

/** Undefined when the document is no resource. */
export function fixingOf({ document, session }: Asked): Fixing | undefined {
  const checked = session.forms.of(document)?.checked;
  if (!checked?.message || !checked.applicable) return undefined;
  return {
    message: checked.message,
    applicable: checked.applicable,
    knowledge: session.knowledge,
    fresh: freshNow(),
  };
}
