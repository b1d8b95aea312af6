// The fixes of the findings at the cursor, and what else can be done about them.
import { CodeActionKind } from 'vscode-languageserver';
import { editsFor } from '../../core/document/edits';
import { fixesOf, sureFix } from '../../core/fixes/fixes-of';
import { textFixesOf } from '../../core/fixes/text';
import type { PlacedFinding } from '../../core/validate/check-document';
import { diagnosticOf } from '../features/diagnostics';
import { exceptionFor } from '../features/show-reason';
import { fixingOf, repairAll } from './fix-all';
import type { Asked, Offer, Offered, Provider } from './provider';

export const quickFixes: Provider = {
  kind: CodeActionKind.QuickFix,
  offers: (asked) => {
    const all = asked.touched.flatMap((finding): Offered[] => {
      const diagnostics = [diagnosticOf(finding, asked.document, asked.session)];
      const except = isTold(finding) && asked.isMessage ? exceptionFor(finding, asked.pair, asked.session) : undefined;
      return [...fixes(finding, asked), ...(except ? [except] : [])].map((offer) => ({ ...offer, diagnostics }));
    });
    return [...all, ...ofWholeRules(asked)];
  },
};

/** What is only a hint stands in no list of problems: nobody has to except it. */
function isTold({ severity }: PlacedFinding): boolean {
  return severity !== 'hint';
}

function fixes(finding: PlacedFinding, asked: Asked): Offer[] {
  const text = asked.document.getText();
  const fixing = asked.isMessage ? fixingOf(asked) : undefined;
  const ofValue = fixing ? fixesOf(finding, fixing) : (finding.fixes ?? []);
  const all = [
    ...textFixesOf(finding, text, asked.session.knowledge.registry).map(({ title, sure, edits }) => ({
      title,
      sure,
      edits: () => edits,
    })),
    ...ofValue.map((fix) => ({
      title: fix.title,
      sure: fix.sure,
      edits: () => editsFor(text, fix, asked.session.knowledge.registry),
    })),
  ];
  const preferred = sureFix(all);
  return all.map((one) => ({ title: one.title, isPreferred: one === preferred, edits: one.edits }));
}

/** Where a rule has found the like elsewhere, all of it can be mended at once. */
function ofWholeRules(asked: Asked): Offer[] {
  const fixing = asked.isMessage ? fixingOf(asked) : undefined;
  if (!fixing) return [];
  const isSure = (finding: PlacedFinding): boolean => sureFix(fixesOf(finding, fixing)) !== undefined;
  const rules = new Set(asked.touched.filter(isSure).map(({ rule }) => rule));
  return [...rules].flatMap((rule) => {
    const others = asked.findings.filter((f) => f.rule === rule && !asked.touched.includes(f));
    if (!others.some(isSure)) return [];
    return [
      {
        title: `Fix all that ${rule} finds in this message`,
        isPreferred: false,
        edits: () => repairAll(asked, (finding) => finding.rule === rule),
      },
    ];
  });
}
