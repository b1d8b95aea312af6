// The contract of the MESH client: the same cases against any server that speaks the MESH API.
import assert from 'node:assert/strict';
import { authorisation } from './contract/authorisation';
import { DIFFERENCES } from './contract/differences';
import { lookup } from './contract/lookup';
import { parts } from './contract/parts';
import { receiving } from './contract/receiving';
import { reports } from './contract/reports';
import { sceneOf, withCase } from './contract/scene';
import type { Peer, Scene } from './contract/scene';
import { sending } from './contract/sending';
import { tracking } from './contract/tracking';

const SECTIONS = { authorisation, sending, parts, receiving, tracking, lookup, reports };

/** @param start gives a server whose mailboxes are empty; asked for each case */
export function contract(name: string, start: () => Promise<Peer>): void {
  describe(`contract, ${name}`, () => {
    let scene: Scene;
    beforeEach(async () => {
      scene = sceneOf(await start());
    });
    afterEach(() => scene.peer.stop());

    for (const [title, cases] of Object.entries(SECTIONS)) describe(title, () => cases(() => scene));
  });
}

/** Called after the cases were told: none of the table's differences is without one. */
export function everyDifferenceHasItsCase(): void {
  it('every difference has its case', () => {
    assert.deepEqual([...withCase].sort(), Object.keys(DIFFERENCES).sort());
  });
}
