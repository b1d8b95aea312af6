// Everything that is fuzzed: one line a target.
import type { Target } from './target';
import { comparing } from './targets/compare';
import { converting } from './targets/convert';
import { bytes, journal, packages, sidecar, teamFile, terminal } from './targets/doors';
import { exchanging } from './targets/exchange';
import { fixes } from './targets/fixes';
import { judging } from './targets/judge';
import { meshAnswers, meshBytes, sandboxBytes, sandboxRequests } from './targets/mesh';
import { places } from './targets/places';
import { previewing } from './targets/preview';
import { protocol } from './targets/protocol';
import { refactoring } from './targets/refactor';

export const TARGETS: readonly Target[] = [
  bytes,
  terminal,
  teamFile,
  sidecar,
  journal,
  packages,
  judging,
  places,
  fixes,
  converting,
  previewing,
  comparing,
  refactoring,
  exchanging,
  meshAnswers,
  meshBytes,
  sandboxRequests,
  sandboxBytes,
  protocol,
];
