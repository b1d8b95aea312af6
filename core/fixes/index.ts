// Which findings have fixes that are made only when somebody asks for them. Cheap ones stand in the finding itself.
import type { FixMaker } from './fixing';

/** By the id of the rule, in the order in which their fixes are offered behind those of the finding. */
export const FIX_MAKERS: Readonly<Record<string, readonly FixMaker[]>> = {};
