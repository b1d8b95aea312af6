import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SHELLS } from '../../cli/completion';
import { COMMANDS } from '../../cli/main';
import { itk3, sentences, temporaryFolder } from './terminal';

const scriptFor = async (shell: string): Promise<string> => {
  const { code, stdout, stderr } = await itk3(['completion', shell]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  return stdout;
};

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

describe('what is completed', () => {
  for (const { name, help, options } of COMMANDS)
    it(`is what is read and what is told: the help of ${name} names every option and no other`, () => {
      // Where to read on is no option.
      const told = help.replace(/itk3 [\w-]+ --help/g, '').matchAll(/(?<![\w-])--([A-Za-z][\w-]*)/g);
      assert.deepEqual([...new Set(Array.from(told, ([, option]) => option))].sort(), Object.keys(options).sort());
    });
});

describe('itk3 completion', () => {
  const folder = temporaryFolder();

  for (const shell of SHELLS)
    it(`${shell}: the script holds every command, every option and what they may be`, async () => {
      const script = await scriptFor(shell);
      for (const { name, options } of COMMANDS) {
        assert.match(script, new RegExp(`\\b${name}\\b`));
        for (const option of [...Object.keys(options), 'help'])
          assert.match(script, new RegExp(`(?:--|-l )${option}(?![\\w-])`), `--${option} of ${name}`);
      }
      for (const word of ['sarif', 'emergency-supply', 'nhs-number', '20013', 'CareConnect-Patient-1', 'never'])
        assert.ok(script.includes(word), word);
    });

  for (const [argv, says] of [
    [['completion'], /needs to know the shell: itk3 completion bash, zsh, fish, powershell/],
    [['completion', 'bas'], /no completion for "bas": did you mean bash\?/],
    [['completion', 'constructor'], /it knows bash, zsh, fish, powershell/],
    [['completion', 'bash', 'zsh'], /needs to know the shell/],
  ] as const)
    it(`says in a sentence what is wrong with "${argv.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await itk3([...argv]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, says);
    });

  const NAMES = COMMANDS.map(({ name }) => name);

  /** What is offered for the last word. */
  const CASES: [line: string, offered: readonly string[]][] = [
    ['itk3 va', ['validate']],
    ['itk3 s', ['send', 'sandbox']],
    ['itk3 help ', NAMES],
    ['itk3 --help con', ['convert']],
    ['itk3 frobnicate --f', []],
    ['itk3 validate --for', ['--format']],
    ['itk3 validate --format j', ['json', 'junit']],
    ['itk3 validate --format=j', ['json', 'junit']],
    ['itk3 validate --format json --f', ['--fail-on', '--fix']],
    ['itk3 validate --format=json --f', ['--fail-on', '--fix']],
    ['itk3 validate --report s', ['sarif=']],
    ['itk3 validate --report sarif=a.sarif --rep', ['--report']],
    ['itk3 validate --rule nhs-number-', ['nhs-number-status=']],
    ['itk3 validate --rule nhs-number=o', ['off']],
    ['itk3 validate --rule=nhs-number=h', ['hint']],
    ['itk3 validate -- --f', []],
    ['itk3 new ', ['emergency-supply']],
    ['itk3 new emergency-supply ', []],
    ['itk3 new --seed e', []],
    ['itk3 new emergency-supply --medicine x --medi', ['--medicine']],
    ['itk3 convert --to ', ['xml', 'json']],
    ['itk3 send --yes --y', []],
    ['itk3 send -y --y', []],
    ['itk3 send --sandbox --wa', ['--wait']],
    ['itk3 send --environment int', ['integration', 'integration-hscn']],
    ['itk3 inbox r', ['read']],
    ['itk3 sandbox --scenario sil', ['silence']],
    ['itk3 explain 20013', ['20013']],
    ['itk3 profiles CareConnect-Pat', ['CareConnect-Patient-1']],
    ['itk3 completion ', SHELLS],
  ];

  /** Some shells complete the word, others what stands behind "=". */
  const compared = (offered: readonly string[]): string[] => offered.map((one) => one.replace(/^.*=(?=.)/, '')).sort();

  describe('in bash', () => {
    before(function () {
      if (!isThere('bash')) this.skip();
    });
    for (const [line, offered] of CASES)
      it(`offers ${offered.length} for "${line}"`, async () => {
        folder.file('itk3.bash', await scriptFor('bash'));
        // As bash does it, "=" is a word of its own.
        const words = line.split(' ').flatMap((word) => (word === '' ? [word] : word.split(/(=)/).filter(Boolean)));
        const call = `source ./itk3.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _itk3; printf '%s\\n' "\${COMPREPLY[@]}"`;
        const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', call, 'bash', ...words], {
          cwd: folder.path,
          encoding: 'utf8',
        });
        assert.equal(stderr, '');
        assert.deepEqual(compared(stdout.split('\n').filter(Boolean)), compared(offered));
      });
  });

  describe('in fish', () => {
    before(function () {
      if (!isThere('fish')) this.skip();
    });
    for (const [line, offered] of CASES)
      it(`offers ${offered.length} for "${line}"`, async () => {
        folder.file('itk3.fish', await scriptFor('fish'));
        const call = `source ./itk3.fish; complete -C '${line}'`;
        const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', call], {
          cwd: folder.path,
          env: { ...process.env, HOME: folder.path },
          encoding: 'utf8',
        });
        assert.equal(stderr, '');
        const all = stdout.split('\n').filter(Boolean);
        assert.deepEqual(compared(all.map((one) => one.split('\t')[0]!)), compared(offered));
      });
  });

  /** What is typed, and the arguments that come of it. */
  const TYPED: [keys: string, args: readonly string[]][] = [
    ['vali\t --form\tjs\t my\t', ['validate', '--format', 'json', 'my message.json']],
    ['validate --report=sarif=ol\t', ['validate', '--report=sarif=old.sarif']],
    ['validate --report ht\tol\t', ['validate', '--report', 'html=old.sarif']],
    ['validate --rule nhs-number=o\t', ['validate', '--rule', 'nhs-number=off']],
    ['validate "my\t', ['validate', 'my message.json']],
    ['convert --to=x\t', ['convert', '--to=xml']],
    ['send --sandbox my\t', ['send', '--sandbox', 'my message.json']],
    ['inbox --out o\t', ['inbox', '--out', 'our messages']],
    ['explain 20013\t', ['explain', '20013']],
    ['--vers\t', ['--version']],
  ];

  const START: [shell: string, file: string, setUp: string, start: string][] = [
    ['bash', 'rc', 'source ./itk3', 'bash --noprofile --rcfile ./rc -i'],
    ['zsh', '.zshrc', 'autoload -Uz compinit; compinit -u -D; source ./itk3', 'zsh -d -i'],
  ];
  for (const [shell, file, setUp, start] of START)
    describe(`typed in ${shell}`, () => {
      before(function () {
        // On Linux it gives a program a terminal to be typed into.
        if (process.platform !== 'linux' || !isThere('script') || !isThere(shell)) this.skip();
      });
      it('Tab completes words, files with spaces and folders', async () => {
        folder.file('itk3', await scriptFor(shell));
        for (const name of ['my message.json', 'old.sarif']) folder.file(name, '');
        fs.mkdirSync(path.join(folder.path, 'our messages'));
        folder.file(file, `itk3() { printf 'GOT'; printf '<%s>' "$@"; echo; }\n${setUp}\n`);
        const { stdout } = spawnSync('script', ['-qec', start, '/dev/null'], {
          cwd: folder.path,
          env: { PATH: process.env.PATH, HOME: folder.path, ZDOTDIR: folder.path, TERM: 'dumb', LC_ALL: 'C' },
          input: [...TYPED.map(([keys]) => `itk3 ${keys}`), 'exit', ''].join('\n'),
          encoding: 'utf8',
        });
        // zsh writes "--format=json" of its own accord, bash ends a folder with "/".
        const got = Array.from(stdout.matchAll(/^GOT(.*?)\r*$/gm), ([, args]) => args!.replace('/>', '>'));
        const asOne = (args: string) => args.replace(/(<--[\w-]+)><(?!-)/g, '$1=');
        assert.deepEqual(
          got.map(asOne),
          TYPED.map(([, args]) => asOne(args.map((arg) => `<${arg}>`).join(''))),
        );
      });
    });
});
