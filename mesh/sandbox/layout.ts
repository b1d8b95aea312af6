// A message that came in one line, in lines of its own, to be read by a person. By its signs, not by its value: numbers, and
// names that stand twice, stay as they are.

const DEEPEST = 100;

export function laidOut(text: string): string {
  if (text.trim().includes('\n')) return text;
  if (/^\s*[{[]/.test(text)) return jsonInLines(text);
  return /^\s*<[?A-Za-z]/.test(text) ? xmlInLines(text) : text;
}

function jsonInLines(text: string): string {
  let indent = '';
  let before = '';
  let lines = '';
  for (const [sign] of text.matchAll(/"(?:\\.|[^"\\])*"?|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const closes = sign === '}' || sign === ']';
    // Deeper than anybody reads: the blanks alone would fill a machine's memory.
    if (indent.length > 2 * DEEPEST) return text;
    if (closes) indent = indent.slice(2);
    const opened = before === '{' || before === '[';
    if (closes ? !opened : opened || before === ',') lines += `\n${indent}`;
    if (before === ':') lines += ' ';
    lines += sign;
    if (sign === '{' || sign === '[') indent += '  ';
    before = sign;
  }
  return lines;
}

/** A tag a line. Narratives, and whatever else has words between its tags, stay on one. */
function xmlInLines(text: string): string {
  const lines: string[] = [];
  let depth = 0;
  let narrative = 0;
  for (const [sign] of text.matchAll(/<!--[^]*?-->|<(?:"[^"]*"|'[^']*'|[^"'<>])*>|[^<]+|</g)) {
    if (depth > DEEPEST) return text;
    const closes = sign.startsWith('</');
    const opens = /^<[^!?/]/.test(sign) && !sign.endsWith('/>');
    const isDiv = /^<\/?(?:[\w.-]+:)?div[\s/>]/.test(sign);
    if (narrative > 0 || !sign.startsWith('<')) {
      if (narrative > 0 || sign.trim() !== '') lines.push((lines.pop() ?? '') + sign);
    } else {
      if (closes) depth--;
      lines.push('  '.repeat(Math.max(0, depth)) + sign);
      if (opens && !isDiv) depth++;
    }
    if (isDiv && opens) narrative++;
    else if (isDiv && closes && narrative > 0) narrative--;
  }
  return lines.join('\n');
}
