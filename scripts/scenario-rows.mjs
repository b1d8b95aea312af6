// Rows of a table: the sandbox's scenarios, what happens in each, and what the client did, as its test has proved.
import fs from 'node:fs';
import path from 'node:path';

/** [name, what happens, what the client did], a row a scenario, in Markdown. Throws where one was never played. */
export function scenarioRows(root) {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
  const outcomes = read('test/mesh/scenario-outcomes.json');
  return read('mesh/sandbox/scenarios.json').map(({ name, says }) => {
    const did = outcomes[name];
    if (!did) throw new Error(`Scenario ${name} was never played: UPDATE=1 npx mocha out/test/mesh/scenarios.test.js`);
    const lines = Object.entries(did).map(([what, how]) => `${what}: ${how}`);
    return [`\`${name}\``, says, lines.join('<br>')].map((text) => text.replaceAll('|', '\\|'));
  });
}
