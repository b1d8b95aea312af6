// What the sandbox's pages have in common: the document around them, the headers they are served with, how sizes are written.
import { html, type Html } from './html';
import { STYLE } from './page-style';

/** A whole page around a body. Shared with the page of a message. */
export function document(page: { title: string; nonce: string; body: Html; script?: string }): string {
  const { title, nonce, body, script } = page;
  // Style and script are ours and hold nothing from outside: they must stand as they are.
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${html`<title>${title}</title>`.text}
<link rel="icon" href="data:,">
<style nonce="${nonce}">${STYLE}</style>
${script === undefined ? '' : '<noscript><meta http-equiv="refresh" content="10"></noscript>'}
</head>
<body>
<div class="page">
${body.text}
</div>
${script === undefined ? '' : `<script nonce="${nonce}">${script}</script>`}
</body>
</html>
`;
}

/** Nothing from elsewhere, nothing inline but ours, no other page may show this one. */
export function pageHeaders(nonce: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "form-action 'self'",
    'img-src data:',
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    // Not no-referrer: under it a browser calls the form's origin "null", and the sandbox refuses it.
    'referrer-policy': 'same-origin',
  };
}

export const GROUPED = new Intl.NumberFormat('en-GB');

/** `312 B`, `39.6 KB`, `250 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 999_950 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 100 ? value.toFixed(1) : GROUPED.format(Math.round(value))} ${unit}`;
}
