import * as vscode from 'vscode';
import type { Scenario } from '../../mesh/sandbox/scenario';
import { isObject } from '../../core/json';
import { ensureSandbox } from '../ensure-sandbox';
import { ALL_IS_WELL, groupsOf } from '../../mesh/sandbox/scenario-groups';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param options `{ scenario }` names it at once; an empty name for none
 * @returns the name of the one that plays now; undefined when all is well, or the person has given up
 */
export async function chooseScenario(toolkit: Toolkit, options?: unknown): Promise<string | undefined> {
  const running = await ensureSandbox(toolkit);
  const named = isObject(options) && typeof options.scenario === 'string' ? options.scenario : undefined;
  const chosen = named ?? (await pick(running.scenarios, running.scenario));
  if (chosen === undefined) return running.scenario;
  running.play(chosen);
  const playing = running.scenarios.find(({ name }) => name === running.scenario);
  if (named === undefined)
    tell(
      'information',
      playing
        ? `Every message now meets the scenario "${playing.name}". ${playing.says}`
        : 'All is well in the sandbox: messages are judged, and answered, as they deserve.',
      playing ? { 'All is well again': () => running.play(undefined) } : {},
    );
  return running.scenario;
}

interface Shown extends vscode.QuickPickItem {
  chosen?: string;
}

/** The name; an empty one for none; undefined when the person gives up. */
function pick(scenarios: readonly Scenario[], current: string | undefined): Promise<string | undefined> {
  const shown = (name: string, label: string, says: string): Shown => ({
    label: `$(${name === (current ?? '') ? 'circle-filled' : 'circle-outline'}) ${label}`,
    description: name === (current ?? '') ? 'plays now' : undefined,
    detail: says,
    chosen: name,
  });
  const picker = vscode.window.createQuickPick<Shown>();
  picker.title = 'MESH sandbox: what every message meets';
  picker.placeholder = 'For one message alone, write sandbox:NAME as the SenderReference of its handling specification';
  picker.matchOnDetail = true;
  picker.items = [
    shown('', ALL_IS_WELL.label, ALL_IS_WELL.says),
    ...groupsOf(scenarios).flatMap(({ title, scenarios: those }): Shown[] => [
      { label: title, kind: vscode.QuickPickItemKind.Separator },
      ...those.map(({ name, says }) => shown(name, name, says)),
    ]),
  ];
  picker.activeItems = picker.items.filter(({ chosen }) => chosen === (current ?? ''));
  return new Promise<string | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.activeItems[0]?.chosen));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  }).finally(() => picker.dispose());
}
