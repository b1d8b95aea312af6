import type { Fault } from './fault';

export const TEXT: Fault[] = [
  {
    name: 'a duplicate key',
    edit: (text) => text.replace(/("status": "final",)/, '$1 "status": "final",'),
    rule: 'duplicate-key',
    path: 'Composition.status',
    marks: '"status"',
  },
];
