// The walls of the house (CONTRIBUTING.md, "Which way the arrows point"), held by lint. The compiler holds core's own.
import tseslint from 'typescript-eslint';

const rooms = ['core', 'profiles', 'mesh', 'exchange', 'terminology', 'server', 'client', 'cli', 'library'];
/** Built into a file of its own, so that most messages need not load it. */
const LIBRARY = 'core/validate/invariants/fhirpath.ts';
const doors = ['server', 'client', 'cli', 'library'];

/** One rule: files of a room may not import these rooms or packages. */
const wall = (files, { forbidden, packages, node }, ignores = []) => ({
  files,
  ignores,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: forbidden.map((room) => `**/../${room}/**`),
            message: 'The arrows point inwards: see CONTRIBUTING.md.',
          },
          {
            regex: `^(?!\\.)(?!${node ? 'node:|' : ''}(${packages.join('|') || '$.'})(/|$)).*`,
            message: 'This room may not use that package: see CONTRIBUTING.md.',
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', '**/node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // With noUncheckedIndexedAccess, `!` is how code says that an index was checked above.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 300 }],
    },
  },
  wall(
    ['core/**/*.ts'],
    { forbidden: rooms.filter((r) => r !== 'core'), packages: ['jsonc-parser', 'saxes'], node: false },
    [LIBRARY],
  ),
  wall([LIBRARY], { forbidden: rooms.filter((r) => r !== 'core'), packages: ['fhirpath'], node: false }),
  wall(['profiles/**/*.ts'], {
    forbidden: ['mesh', 'exchange', 'terminology', ...doors],
    packages: ['nanotar'],
    node: true,
  }),
  wall(
    ['mesh/**/*.ts'],
    { forbidden: ['core', 'profiles', 'exchange', 'terminology', ...doors], packages: [], node: true },
    ['mesh/proxy.ts', 'mesh/sandbox/certificates.ts', 'mesh/sandbox/receiver.ts'],
  ),
  wall(['mesh/proxy.ts'], {
    forbidden: ['core', 'profiles', 'exchange', 'terminology', ...doors],
    packages: ['https-proxy-agent'],
    node: true,
  }),
  wall(['mesh/sandbox/certificates.ts'], {
    forbidden: ['core', 'profiles', 'exchange', 'terminology', ...doors],
    packages: ['node-forge'],
    node: true,
  }),
  wall(['mesh/sandbox/receiver.ts'], {
    forbidden: ['profiles', 'exchange', 'terminology', ...doors],
    packages: [],
    node: true,
  }),
  wall(['exchange/**/*.ts'], { forbidden: ['profiles', 'terminology', ...doors], packages: [], node: true }),
  wall(
    ['terminology/**/*.ts'],
    { forbidden: ['core', 'profiles', 'mesh', 'exchange', ...doors], packages: [], node: true },
    ['terminology/answer.ts', 'terminology/enquiries.ts'],
  ),
  wall(['terminology/answer.ts', 'terminology/enquiries.ts'], {
    forbidden: ['profiles', 'mesh', 'exchange', ...doors],
    packages: [],
    node: true,
  }),
  wall(['server/**/*.ts'], {
    forbidden: ['mesh', 'exchange', 'client', 'cli', 'library'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
    node: true,
  }),
  wall(['client/**/*.ts'], {
    forbidden: ['terminology', 'server', 'cli', 'library'],
    packages: ['vscode', 'vscode-languageclient'],
    node: true,
  }),
  wall(['cli/**/*.ts'], { forbidden: ['server', 'client', 'library'], packages: [], node: true }, ['cli/judging/files.ts']),
  wall(['cli/judging/files.ts'], { forbidden: ['server', 'client', 'library'], packages: ['tinyglobby'], node: true }),
  wall(
    ['library/**/*.ts'],
    { forbidden: rooms.filter((r) => !['core', 'profiles', 'library'].includes(r)), packages: [], node: true },
    ['library/places.ts'],
  ),
  // Findings have the places that the terminal tells, from the one file that works them out.
  wall(['library/places.ts'], {
    forbidden: rooms.filter((r) => !['core', 'library', 'cli'].includes(r)),
    packages: [],
    node: false,
  }),
  {
    // Tests cut messages about as a person cuts text: values of any shape pass through their hands.
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
