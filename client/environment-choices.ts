// Where a mailbox may be. Pure: how it is shown is someone else's business (add-mailbox.ts).
import { type Environment, ENVIRONMENTS, environmentOf, isLoopback } from '../mesh/environments';

export interface EnvironmentChoice {
  label: string;
  description?: string;
  detail?: string;
  /** Undefined of an address that the person gives. */
  environment?: Environment;
  /** Put apart from the others, behind them. */
  deprecated?: true;
}

/** Test environments first, the live one marked, what is deprecated last. */
export function environmentChoices(): EnvironmentChoice[] {
  const choices = ENVIRONMENTS.map((environment): EnvironmentChoice => {
    const { name, endpoint, live, network, deprecated } = environment;
    const mark = live ? '$(warning)' : network === 'this machine' ? '$(beaker)' : '$(globe)';
    const detail = [...(live ? [LIVE] : []), ...(deprecated === undefined ? [] : [deprecated])].join(' ');
    return {
      label: `${mark} ${name}`,
      description: network === 'this machine' ? 'on another port' : new URL(endpoint).host,
      ...(detail !== '' && { detail }),
      environment,
      ...(deprecated !== undefined && { deprecated: true }),
    };
  });
  const apart = (choice: EnvironmentChoice): boolean => choice.deprecated === true;
  return [
    ...choices.filter((choice) => !apart(choice)),
    { label: '$(edit) Another address…' },
    ...choices.filter(apart),
  ];
}

export const LIVE = 'LIVE: messages there are about real people, and real recipients act on them.';

/** `Integration (msg.intspineservices.nhs.uk)`; a tunnel on this machine may lead anywhere, so that is not called a sandbox. */
export function tellEnvironment(endpoint: URL): string {
  const environment = environmentOf(endpoint);
  if (isLoopback(endpoint)) return `${endpoint.host} (this machine)`;
  if (!environment) return endpoint.host;
  return `${environment.live ? 'LIVE' : environment.name} (${endpoint.host})`;
}
