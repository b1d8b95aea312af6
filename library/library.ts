// What `require('itk3-toolkit')` and `import 'itk3-toolkit'` give.
import { loadKnowledge, loadWithPackages } from '../profiles/load';
import type { LoadOptions, Toolkit } from './api';
import { toolkitOf } from './toolkit';

export * from './api';
export { ToolkitError } from './error';

/**
 * Reads what the toolkit knows, which takes about a tenth of a second: load once, ask often.
 * @throws {Error} where the package itself is not whole
 */
export function loadToolkit({ profiles = [] }: LoadOptions = {}): Toolkit {
  // In the bundle this is the folder of dist/, where the build left what is known.
  if (profiles.length > 0) return toolkitOf(loadWithPackages(__dirname, { paths: profiles, folder: process.cwd() }));
  return toolkitOf({ knowledge: loadKnowledge(__dirname), problems: [] });
}
