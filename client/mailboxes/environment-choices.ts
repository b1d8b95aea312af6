// Where a mailbox may be. Pure: how it is shown is someone else's business (add-mailbox.ts).
import { LIVE } from '../../exchange/place';
import { type Environment, ENVIRONMENTS } from '../../mesh/environments';

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
