// The parts of a preview as a page of its own, which opens the browser's dialogue for printing.
import { html, Html } from '../../mesh/sandbox/html';
import type { PagePart } from './page-html';

export interface Printed {
  name: string;
  parts: readonly PagePart[];
}

/** What is folded is printed too. */
const SCRIPT = 'for (const fold of document.querySelectorAll("details")) fold.open = true; print();';

/** @param style the preview's own, in which every colour has one that stands for it outside VS Code */
export function printPage({ name, parts }: Printed, style: string, nonce: string): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${html`<title>${name}</title>`.text}
<link rel="icon" href="data:,">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main id="letter">${html`${parts.map((part) => new Html(part.html))}`.text}</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}
