// Which findings have fixes that are made only when somebody asks for them. Cheap ones stand in the finding itself.
import type { FixMaker } from './fixing';
import { FIXES_OF_RULES } from './of-rules';

/** By the id of the rule, in the order in which their fixes are offered behind those of the finding. */
export const FIX_MAKERS: Readonly<Record<string, readonly FixMaker[]>> = joined(...FIXES_OF_RULES);

/** One rule may have makers in several families. */
function joined(...families: readonly Readonly<Record<string, readonly FixMaker[]>>[]): Record<string, FixMaker[]> {
  const makers: Record<string, FixMaker[]> = {};
  for (const family of families)
    for (const [rule, more] of Object.entries(family)) makers[rule] = [...(makers[rule] ?? []), ...more];
  return makers;
}
