// Scenarios in the order in which a person looks for one.
import type { Scenario } from './scenario';

/** When none plays. */
export const ALL_IS_WELL = { label: 'All is well', says: 'Messages are judged, and answered, as they deserve.' };

export interface ScenarioGroup {
  title: string;
  /** Too many to be shown before somebody asks for them. */
  folded: boolean;
  /** Never empty. */
  scenarios: Scenario[];
}

const isCode = ({ name }: Scenario) => /^\d{5}$/.test(name);

const GROUPS: readonly [title: string, belongs: (scenario: Scenario) => boolean][] = [
  ['Response codes', isCode],
  ['On the way', ({ wire }) => wire !== undefined],
  ['Reports from MESH', ({ report }) => report !== undefined],
  ['Answers of the practice', () => true],
];

/** Each scenario stands in one group. The response codes, of which there are many, come last. */
export function groupsOf(scenarios: readonly Scenario[]): ScenarioGroup[] {
  const groups = GROUPS.map(([title, belongs]) => ({ title, folded: belongs === isCode, scenarios: [] as Scenario[] }));
  for (const scenario of scenarios) {
    groups[GROUPS.findIndex(([, belongs]) => belongs(scenario))]?.scenarios.push(scenario);
  }
  const [codes, ...others] = groups;
  return [...others.reverse(), ...(codes ? [codes] : [])].filter((group) => group.scenarios.length > 0);
}
