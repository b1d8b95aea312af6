// How long an editor waits while a message is written: completion and hover at many places, each of a text that has just
// changed, and typing. Ours is the real server, asked over the protocol; the other is called as a function.
import { createRequire } from 'node:module';
import { median } from './median.mjs';

const require = createRequire(import.meta.url);
const { startClient } = require('../../out/test/server/client.js');
const { knowledge } = require('../../out/test/knowledge.js');

/** At most so many places of each kind, and no more when so much time has gone. */
const PLACES = 25;
const BUDGET_MS = 20_000;
const WARM_PLACES = 6;
const LETTERS = 30;

/** The empty group is where the cursor stands. */
const KINDS = {
  'a name': /^ *"()[a-zA-Z]+": /dgm,
  'a value': /^ *"(?:code|system|display|status|use|gender|url|type)": "()/dgm,
  'a reference': /^ *"reference": "()/dgm,
};

/**
 * @param sizes each a title and a text of several lines
 * @param peer given a text, answers completion and hover at an offset
 * @returns for each size and kind of place, of ours and of the peer, the milliseconds of each answer
 */
export async function authoring(sizes, peer) {
  const rows = [];
  for (const { title, text } of sizes) {
    const ours = await server(text);
    for (const [name, editor] of [
      ['ours', ours],
      [peer.name, peer.open(text)],
    ]) {
      for (const offset of placesIn(text, KINDS['a value'], WARM_PLACES))
        for (const ask of ASKS) await once(editor, ask, offset);
      for (const ask of ASKS)
        for (const [kind, pattern] of Object.entries(KINDS)) {
          const millis = [];
          let answered = 0;
          const until = performance.now() + BUDGET_MS;
          for (const offset of placesIn(text, pattern, PLACES)) {
            const { took, isAnswered } = await once(editor, ask, offset);
            millis.push(took);
            if (isAnswered) answered++;
            if (performance.now() > until) break;
          }
          rows.push({ size: title, name, ask, kind, millis, answered });
        }
    }
    ours.close();
  }
  return rows;
}

const ASKS = ['completion', 'hover'];

async function once(editor, ask, offset) {
  // What is remembered of a version must not make a second time cheaper.
  await editor.change();
  const from = performance.now();
  try {
    const answer = await editor[ask](offset);
    return { took: performance.now() - from, isAnswered: answer !== null && answer.items?.length !== 0 };
  } catch (error) {
    // The JSON service runs out of stack on a large message, where every place has many schemas.
    if (!(error instanceof RangeError)) throw error;
    return { took: performance.now() - from, isAnswered: false };
  }
}

/** Evenly over the text. */
function placesIn(text, pattern, most) {
  const found = [...text.matchAll(pattern)].map((match) => match.indices[1][0]);
  const step = Math.max(1, Math.floor(found.length / most));
  return found.filter((_, i) => i % step === 0).slice(0, most);
}

async function server(text) {
  const client = await startClient();
  const document = client.open(text);
  await document.published();
  const lines = lineStarts(text);
  const ask = (method, offset) =>
    client.connection.sendRequest(method, { textDocument: { uri: document.uri }, position: positionIn(lines, offset) });
  let isLonger = false;
  return {
    change: () => {
      isLonger = !isLonger;
      return document.edit(text.length, isLonger ? 0 : 1, isLonger ? ' ' : '');
    },
    completion: (offset) => ask('textDocument/completion', offset),
    hover: (offset) => ask('textDocument/hover', offset),
    close: () => client.stop(),
  };
}

/** Letters of a name, each with the completion that an editor asks for; how often the message was checked meanwhile. */
export async function typing(text) {
  let checks = 0;
  const shapes = new Proxy(knowledge().shapes, {
    get(all, type) {
      // Only a check asks for the shape of a header, and a message has one.
      if (type === 'MessageHeader') checks++;
      return all[type];
    },
  });
  const client = await startClient({ knowledge: { ...knowledge(), shapes } });
  const document = client.open(text);
  await document.published();
  checks = 0;
  const at = text.indexOf('"family": "') + '"family": "'.length;
  const position = positionIn(lineStarts(text), at);
  const millis = [];
  for (let i = 0; i < LETTERS; i++) {
    await document.edit(at + i, 0, 'x');
    const from = performance.now();
    await client.connection.sendRequest('textDocument/completion', { textDocument: { uri: document.uri }, position });
    millis.push(performance.now() - from);
  }
  const during = checks;
  const from = performance.now();
  await document.published();
  const told = performance.now() - from;
  client.stop();
  return { letter: median(millis), during, checks, told };
}

function lineStarts(text) {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function positionIn(starts, offset) {
  const line = starts.findLastIndex((start) => start <= offset);
  return { line, character: offset - starts[line] };
}
