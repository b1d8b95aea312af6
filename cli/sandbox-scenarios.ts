// Scenarios as the command line names and lists them.
import type { GpSystem } from '../mesh/sandbox/receiver-contract';
import type { Scenario } from '../mesh/sandbox/scenario';
import { readScenarios, SCENARIOS } from '../mesh/sandbox/scenarios';
import { CommandError } from './exit';
import { printable } from './printable';
import { readInput } from './read-input';
import type { Terminal } from './terminal';

const MOST_PROBLEMS = 3;

/** Those of the person's own file; none without one. Rejects with a CommandError that says what is wrong in it. */
export async function ownScenarios(file: string | undefined, terminal: Terminal): Promise<readonly Scenario[]> {
  if (file === undefined) return [];
  const input = await readInput(file, terminal);
  if ('problem' in input) throw new CommandError(`--scenarios: ${input.file} ${input.problem}`);
  const { scenarios, problems } = readScenarios(input.text);
  if (problems.length === 0) return scenarios;
  const more = problems.length - MOST_PROBLEMS;
  const told = problems.slice(0, MOST_PROBLEMS).join(' ');
  throw new CommandError(
    `--scenarios: ${input.file} cannot be used. ${told}${more > 0 ? ` There are ${more} more.` : ''}`,
  );
}

export function listOfScenarios(own: readonly Scenario[], { scenarios: codes = [] }: GpSystem): string {
  return [
    table('Scenarios (--scenario NAME for every message, SenderReference sandbox:NAME for one)', SCENARIOS),
    ...(own.length > 0 ? [table('Your own', own)] : []),
    table('Response codes, each a scenario too', codes),
  ].join('\n');
}

function table(title: string, scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return `${title}\n${scenarios.map(({ name, says }) => `  ${name.padEnd(width)}  ${printable(says)}\n`).join('')}`;
}
