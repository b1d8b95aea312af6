// Which findings have fixes that are made only when somebody asks for them. Cheap ones stand in the finding itself.
import type { FixMaker } from './fixing';
import { addMissing, fillEmpty } from './required';

/** By the id of the rule, in the order in which their fixes are offered behind those of the finding. */
export const FIX_MAKERS: Readonly<Record<string, readonly FixMaker[]>> = {
  required: [addMissing],
  empty: [fillEmpty],
};
