import assert from 'node:assert/strict';
import { routeOf } from '../../client/trace';

describe('the trace of an exchange with MESH', () => {
  const at = (path: string): string => routeOf(new URL(path, 'https://mesh.example'));
  for (const [path, route] of [
    ['/messageexchange/X26', '/messageexchange/{mailbox}'],
    ['/messageexchange/X26/outbox', '/messageexchange/{mailbox}/outbox'],
    ['/messageexchange/X26/outbox/M1/2', '/messageexchange/{mailbox}/outbox/{message}/{part}'],
    ['/messageexchange/X26/outbox/tracking?messageID=M1', '/messageexchange/{mailbox}/outbox/tracking'],
    ['/messageexchange/X26/outbox/tracking/FZZ99', '/messageexchange/{mailbox}/outbox/tracking/{local id}'],
    ['/messageexchange/X26/inbox?max_results=10', '/messageexchange/{mailbox}/inbox'],
    ['/messageexchange/X26/inbox/M1', '/messageexchange/{mailbox}/inbox/{message}'],
    ['/messageexchange/X26/inbox/M1/2', '/messageexchange/{mailbox}/inbox/{message}/{part}'],
    [
      '/messageexchange/X26/inbox/M1/status/acknowledged',
      '/messageexchange/{mailbox}/inbox/{message}/status/acknowledged',
    ],
    ['/messageexchange/X26/count', '/messageexchange/{mailbox}/count'],
    ['/messageexchange/endpointlookup/A81001/W', '/messageexchange/endpointlookup/{ods code}/{workflow}'],
    ['/messageexchange/workflowsearch/W', '/messageexchange/workflowsearch/{workflow}'],
    ['/gateway/messageexchange/X26/inbox', '/messageexchange/{mailbox}/inbox'],
  ] as const)
    it(`of ${path} is ${route}`, () => assert.equal(at(path), route));

  for (const path of [
    '/Testwell',
    '/messageexchange/X26/outbox/tracking/Testwell/9990142017',
    '/messageexchange/X26/Testwell',
    '/messageexchange/X26/Testwell/9990142017/more',
    '/messageexchange',
  ])
    it(`of ${path} says nothing of it`, () => assert.equal(at(path), ' (another route)'));
});
