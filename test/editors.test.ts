// What EDITORS.md tells people to write is what there is.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { COMMANDS } from '../cli/main';
import { list, object } from '../core/json';
import { RULES } from '../core/rules/index';

const page = fs.readFileSync('EDITORS.md', 'utf8');
const manifest = object(JSON.parse(fs.readFileSync('package.json', 'utf8')));

describe('EDITORS.md', () => {
  it('starts the command that is installed, with options that it has', () => {
    assert.ok('itk3' in object(manifest.bin));
    const commands = [
      ...[...page.matchAll(/\{ 'itk3',([^}]*)\}/g)].map(([, words]) => words!),
      ...[...page.matchAll(/\("itk3"([^)]*)\)/g)].map(([, words]) => words!),
      ...[...page.matchAll(/command = "itk3"\nargs = \[(.*)\]/g)].map(([, words]) => words!),
      ...[...page.matchAll(/itk3 (lsp[^`"]*)/g)].map(([, words]) => words!),
    ];
    assert.ok(commands.length >= 8, String(commands.length));
    const lsp = COMMANDS.find(({ name }) => name === 'lsp');
    for (const words of commands) {
      const [first, ...options] = words.split(/[\s,'"]+/).filter(Boolean);
      assert.equal(first, 'lsp', words);
      for (const option of options) assert.ok(option === '--help' || option.replace('--', '') in lsp!.options, option);
    }
  });

  it('names the languages that the extension wakes for', () => {
    const languages = list(manifest.activationEvents).flatMap(
      (event) => /^onLanguage:(.*)/.exec(String(event))?.[1] ?? [],
    );
    const lua = /filetypes = \{(.*)\}/.exec(page)?.[1]?.match(/\w+/g);
    const toml = [...page.matchAll(/\[\[language\]\]\nname = "(\w+)"/g)].map(([, name]) => name);
    const ids = [...page.matchAll(/`\*\.\w+` with the language ID `(\w+)`/g)].map(([, name]) => name);
    for (const named of [lua, toml, ids]) assert.deepEqual(named, languages);
    assert.match(page, /nxml-mode :language-id "xml"/);
  });

  it('names settings, rules and kinds of actions that there are', () => {
    const settings = object(object(object(manifest.contributes).configuration).properties);
    const named = [...page.matchAll(/^\| `(itk3[\w.]+)`/gm)].map(([, name]) => name!);
    assert.equal(named.length, 4);
    for (const name of named)
      assert.ok(
        Object.keys(settings).some((one) => one === name || one.startsWith(`${name}.`)),
        name,
      );
    // Each set-up shows how a setting is given by the same rule.
    assert.equal(page.match(/nhs-number/g)?.length, 5);
    assert.ok(RULES.some(({ id }) => id === 'nhs-number'));
  });
});
