// What a folder that nobody trusts may set. VS Code itself keeps the restricted settings of such a folder from us.
import assert from 'node:assert/strict';
import fs from 'node:fs';

interface Manifest {
  capabilities: { untrustedWorkspaces: { supported: string; restrictedConfigurations: string[] } };
  contributes: { configuration: { properties: Record<string, object> } | { properties: Record<string, object> }[] };
}

/** Each with the reason why a folder may set it all the same. */
const HARMLESS: Readonly<Record<string, string>> = {
  'itk3.codeLens': 'what is shown',
  'itk3.inlayHints.references': 'what is shown',
  'itk3.inlayHints.codes': 'what is shown',
  'itk3.preview.followCursor': 'what is shown',
  'itk3.guards.patients': 'of a guard the strictest counts',
  'itk3.guards.live': 'of a guard the strictest counts',
  'itk3.following.poll': 'how often mailboxes are asked that are trusted',
  'itk3.following.overdue': 'from when on an answer is called late',
  'itk3.following.keepDays': 'of the application: no folder can set it',
  'itk3.sandbox.format': 'in which form a sandbox on this machine answers',
  'itk3.trace.server': 'what is written to the output, without a message in it',
};

describe('a folder that is not trusted', () => {
  const { capabilities, contributes } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as Manifest;
  const settings = [contributes.configuration].flat().flatMap(({ properties }) => Object.keys(properties));
  const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;

  it('may set nothing that names a place, sends, or says what is right', () => {
    assert.equal(supported, 'limited');
    const free = settings.filter((name) => !restrictedConfigurations.includes(name));
    // A new setting is restricted, or stands here with its reason.
    assert.deepEqual(free.sort(), Object.keys(HARMLESS).sort());
  });

  it('is restricted in settings that are there', () => {
    for (const name of restrictedConfigurations) assert.ok(settings.includes(name), name);
  });
});
