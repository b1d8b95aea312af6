// Everything that is fuzzed: one line a target.
import type { Target } from './target';
import { judging } from './targets/judge';
import { places } from './targets/places';
import { fixes } from './targets/fixes';
import { converting } from './targets/convert';
import { previewing } from './targets/preview';
import { comparing } from './targets/compare';
import { refactoring } from './targets/refactor';

export const TARGETS: readonly Target[] = [judging, places, fixes, converting, previewing, comparing, refactoring];
