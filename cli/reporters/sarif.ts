// SARIF 2.1.0, for code scanning and whatever shows results of many tools. Written result by result; what sums up comes last.
// No line of a message is quoted: these files are uploaded, and their readers have the messages themselves.
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { GoneFinding, PassedFinding, Place, ToldFinding, ToldFix } from '../judging/judged';
import { printable } from '../printable';
import { versionOf } from '../version';
import { collectAsides } from './asides';
import { reportedPath } from './reported-path';
import type { Reporter } from './reporter';
import { LEVELS, sarifRule } from './sarif-rules';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = 'SRCROOT';

export const sarifReporter: Reporter = (terminal, { hasBaseline }) => {
  const { stdout } = terminal;
  const rules: string[] = [];
  const notifications: unknown[] = [];
  const asides = collectAsides();
  // GitHub's code scanning shows what is suppressed, or gone, as an open alert.
  const showsAll = terminal.env.GITHUB_ACTIONS !== 'true';
  let before = '\n';
  stdout.write(
    `{\n"$schema": "${SCHEMA}",\n"version": "2.1.0",\n"runs": [{\n"columnKind": "utf16CodeUnits",\n"originalUriBaseIds": ${JSON.stringify(
      { [ROOT]: { description: { text: 'The root of the repository, or else the folder in which itk3 ran.' } } },
    )},\n"results": [`,
  );
  const write = (result: unknown): void => {
    stdout.write(before + JSON.stringify(result));
    before = ',\n';
  };
  const artifactOf = (file: string) => {
    const name = reportedPath(file, terminal);
    const isRelative = name !== '' && !/^(?:\/|[A-Za-z]:)/.test(name);
    return isRelative
      ? { uri: name.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT }
      : { uri: pathToFileURL(name).href };
  };
  const ruleOf = (id: string) => {
    const known = rules.indexOf(id);
    return { ruleId: id, ruleIndex: known >= 0 ? known : rules.push(id) - 1 };
  };
  const resultOf = (finding: ToldFinding, file: string, fingerprint: string) => {
    const artifactLocation = artifactOf(file);
    const at = (place: Place) => ({ artifactLocation, region: regionOf(place) });
    const { path, place, related, fixes, among } = finding;
    const which = among ? ` (message ${among.message} of ${among.of})` : '';
    return {
      ...ruleOf(finding.rule),
      level: LEVELS[finding.severity],
      message: { text: plain(finding.message + which) },
      locations: [
        {
          physicalLocation: at(place),
          ...(path !== '' && { logicalLocations: [{ fullyQualifiedName: path, kind: 'element' }] }),
        },
      ],
      ...(related.length > 0 && {
        relatedLocations: related.map((one, id) => ({
          id,
          message: { text: plain(one.message) },
          physicalLocation: at(one.place),
        })),
      }),
      partialFingerprints: { 'itk3/v1': fingerprint },
      ...(fixes && { fixes: fixes.map((fix) => fixOf(fix, artifactLocation)) }),
    };
  };
  return {
    judged({ file, findings, passed }) {
      const fingerprint = fingerprints();
      for (const finding of findings) {
        if (asides.take(file, finding)) continue;
        write({ ...resultOf(finding, file, fingerprint(finding)), ...(hasBaseline && { baselineState: 'new' }) });
      }
      for (const finding of passed) {
        const print = fingerprint(finding);
        if (showsAll) write({ ...resultOf(finding, file, print), ...lettingThrough(finding, hasBaseline) });
      }
    },
    unreadable({ file, problem }) {
      notifications.push({
        descriptor: { id: 'unreadable' },
        level: 'error',
        message: { text: plain(`${file} ${problem}`) },
        locations: [{ physicalLocation: { artifactLocation: artifactOf(file) } }],
      });
    },
    end({ code, baseline }) {
      for (const gone of (showsAll && baseline?.gone) || []) write(absentOf(gone, ruleOf(gone.rule)));
      for (const text of asides.lines((line) => line))
        notifications.push({ level: 'note', message: { text: plain(text) } });
      const driver = {
        name: 'itk3',
        fullName: 'ITK3 Toolkit',
        version: versionOf(terminal.folder),
        semanticVersion: versionOf(terminal.folder),
        rules: rules.map(sarifRule),
      };
      const invocation = {
        executionSuccessful: code === 0 || code === 1,
        ...(code !== undefined && { exitCode: code }),
        ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
      };
      stdout.write(
        `\n],\n"tool": ${JSON.stringify({ driver }, null, 1)},\n"invocations": [${JSON.stringify(invocation, null, 1)}]\n}]\n}\n`,
      );
    },
  };
};

function regionOf({ line, column, endLine, endColumn }: Omit<Place, 'around'>) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function fixOf({ title, sure, edits }: ToldFix, artifactLocation: unknown) {
  const replacements = edits.map(({ place, text }) => ({
    deletedRegion: regionOf(place),
    ...(text !== '' && { insertedContent: { text } }),
  }));
  return {
    description: { text: plain(title) },
    artifactChanges: [{ artifactLocation, replacements }],
    properties: { sure },
  };
}

function lettingThrough({ by, reason }: PassedFinding, hasBaseline: boolean) {
  const states = hasBaseline && { baselineState: by === 'known' ? 'unchanged' : 'new' };
  return { ...states, suppressions: [{ kind: 'external', status: 'accepted', justification: plain(reason) }] };
}

/** Nobody knows any longer where it stood. */
function absentOf({ file, rule, spot, count }: GoneFinding, ofRule: object) {
  const times = count > 1 ? `, ${count} times` : '';
  return {
    ...ofRule,
    level: 'none',
    kind: 'notApplicable',
    message: { text: plain(`${rule} no longer finds what the baseline knows at ${spot}${times}.`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') } },
        logicalLocations: [{ fullyQualifiedName: spot, kind: 'element' }],
      },
    ],
    baselineState: 'absent',
  };
}

/** By rule and spot, as a baseline knows findings, so that it stays when lines and lists move; the like are counted. */
function fingerprints(): (finding: ToldFinding) => string {
  const seen = new Map<string, number>();
  return ({ rule, spot }) => {
    const key = `${rule}\n${spot}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return createHash('sha256').update(`${key}\n${times}`).digest('hex').slice(0, 32);
  };
}

/** A value that is quoted must not become a link or a placeholder. */
function plain(text: string): string {
  return printable(text)
    .replace(/\[(?=[^\]]*\]\()/g, '\\[')
    .replace(/[{}]/g, '$&$&');
}
