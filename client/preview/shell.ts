// The page that the parts of a preview are put into. Nothing in it comes from a message, and nothing of it from elsewhere.
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { policyOf } from './policy';

/** @param dist the folder with the built style and script */
export function shellOf(nonce: string, dist: string): string {
  const { style, script } = builtIn(dist);
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<div class="strip" role="region" aria-label="What was found">
<button type="button" id="verdict" data-run="problems" aria-live="polite" title="Show the problems"></button>
<span id="name"></span>
</div>
<main id="letter"></main>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

let built: { style: string; script: string } | undefined;

export function builtIn(dist: string): { style: string; script: string } {
  const read = (name: string): string => readFileSync(path.join(dist, name), 'utf8');
  return (built ??= { style: read('preview-style.css'), script: read('preview.js') });
}
