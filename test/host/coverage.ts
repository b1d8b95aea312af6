// Which commands the suite has run and which settings it has changed: written down while it does, so that no list can lie.
import * as vscode from 'vscode';
import { extension } from './window';

interface Manifest {
  contributes: { commands: { command: string }[]; configuration: { properties: Record<string, unknown> } };
}

/** @returns when called at the end, a sentence for each command that was not run and each setting that was not changed */
export function recordCoverage(): () => string[] {
  const { commands, configuration } = (extension().packageJSON as Manifest).contributes;
  const settings = Object.keys(configuration.properties);
  const ran = new Set<string>();
  const changed = new Set<string>();

  const api = vscode.commands as { executeCommand: typeof vscode.commands.executeCommand };
  const execute = api.executeCommand;
  api.executeCommand = (id, ...args) => {
    const running = execute<never>(id, ...(args as unknown[]));
    void running.then(
      () => ran.add(id),
      () => undefined,
    );
    return running;
  };
  const listening = vscode.workspace.onDidChangeConfiguration((change) => {
    for (const name of settings) if (change.affectsConfiguration(name)) changed.add(name);
  });

  return () => {
    api.executeCommand = execute;
    listening.dispose();
    return [
      ...commands.flatMap(({ command }) => (ran.has(command) ? [] : [`no test runs the command ${command}`])),
      ...settings.flatMap((name) => (changed.has(name) ? [] : [`no test changes the setting ${name}`])),
    ];
  };
}
