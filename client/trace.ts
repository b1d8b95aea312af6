// What the channel "ITK3" says of an exchange with MESH: never an id, a name or a number that somebody wrote. Pure.

/** The routes of MESH, with names in the place of ids. What is none of them is not repeated at all. */
const ROUTES = [
  ['/{mailbox}', /^\/[^/]+$/],
  ['/{mailbox}/outbox', /^\/[^/]+\/outbox$/],
  ['/{mailbox}/outbox/{message}/{part}', /^\/[^/]+\/outbox\/[^/]+\/\d+$/],
  ['/{mailbox}/outbox/tracking', /^\/[^/]+\/outbox\/tracking$/],
  ['/{mailbox}/outbox/tracking/{local id}', /^\/[^/]+\/outbox\/tracking\/[^/]+$/],
  ['/{mailbox}/inbox', /^\/[^/]+\/inbox$/],
  ['/{mailbox}/inbox/{message}', /^\/[^/]+\/inbox\/[^/]+$/],
  ['/{mailbox}/inbox/{message}/{part}', /^\/[^/]+\/inbox\/[^/]+\/\d+$/],
  ['/{mailbox}/inbox/{message}/status/acknowledged', /^\/[^/]+\/inbox\/[^/]+\/status\/acknowledged$/],
  ['/{mailbox}/count', /^\/[^/]+\/count$/],
  ['/endpointlookup/{ods code}/{workflow}', /^\/endpointlookup\/[^/]+\/[^/]+$/],
  ['/workflowsearch/{workflow}', /^\/workflowsearch\/[^/]+$/],
] as const;

export function routeOf({ pathname }: URL): string {
  const below = /^.*?\/messageexchange(\/.*)$/.exec(pathname)?.[1];
  const route = ROUTES.find(([, form]) => below !== undefined && form.test(below));
  return route ? `/messageexchange${route[0]}` : ' (another route)';
}
