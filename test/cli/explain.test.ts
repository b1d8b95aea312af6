import assert from 'node:assert/strict';
import { explainableWords } from '../../cli/explanations';
import { ALL_RULES } from '../../core/rules';
import { knowledge } from '../knowledge';
import { itk3, sentences } from './terminal';

describe('itk3 explain', () => {
  it('explains every word that it knows, in sentences', async () => {
    const words = explainableWords(knowledge());
    const { code, stdout, stderr } = await itk3(['explain', '--format', 'json', ...words]);
    assert.equal(code, 0, stderr);
    const all = JSON.parse(stdout) as { title: string; says: string[]; facts: [string, string][] }[];
    for (const word of words)
      assert.ok(
        all.some(({ title }) => title.startsWith(`${word},`)),
        word,
      );
    for (const { title, says, facts } of all) {
      assert.ok(says.length + facts.length > 0, title);
      for (const line of says) assert.match(line, /^[A-Z0-9"].*[.?]$/, `${title}: ${line}`);
    }
  });

  it('knows every rule, response code and workflow', () => {
    const words = explainableWords(knowledge());
    const wanted = [
      ...ALL_RULES.map(({ id }) => id),
      ...knowledge().responseCodes.map(({ code }) => code),
      ...['DIGMED_EMG_MED', 'DIGMED_EMG_MED_ACK', 'ITK010D', 'EPL-153', '12', 'silence'],
    ];
    assert.deepEqual(
      wanted.filter((word) => !words.includes(word)),
      [],
    );
  });

  it('tells the meaning of a response code, what its sender must do, and who says so', async () => {
    const { stdout } = await itk3(['explain', '20010']);
    assert.equal(
      stdout,
      `20010, a response code of ITK3
  Unrecognised Payload Recipient Organisation.
  Tell a person who can see to it: nothing of the message was taken. For Update Record it goes as a PDF another way.
  Layer       infrastructure
  Outcome     negative
  Goes with   response fatal-error, severity fatal, issue not-found
  Provoke it  itk3 sandbox --scenario 20010
  ITK3 Message Distribution 2.10.0, response structure
  GP Connect Update Record 1.2.0; GP Connect Emergency Supply 1.3.0, error handling
`,
    );
  });

  it('explains a word that is several things as each of them', async () => {
    const { stdout } = await itk3(['explain', 'EPL-151']);
    assert.match(stdout, /^EPL-151, a code of MESH$[^]*^EPL-151, a scenario of the sandbox$/m);
  });

  it('prints the page of a profile and of a type', async () => {
    assert.match((await itk3(['explain', 'CareConnect-Patient-1'])).stdout, /nhsNumber/);
    assert.match((await itk3(['explain', 'MessageHeader'])).stdout, /^MessageHeader\n/);
  });

  it('explains the others when one is not known, and says which was probably meant', async () => {
    const { code, stdout, stderr } = await itk3(['explain', 'nhs-numbr', '30001', 'zzzzzzzz']);
    assert.equal(code, 2);
    assert.match(stdout, /^30001,/);
    assert.deepEqual(sentences(stderr), [
      'itk3: Nothing is known of "nhs-numbr": did you mean nhs-number?',
      'itk3: Nothing is known of "zzzzzzzz": name a rule, a code or a profile (see itk3 explain --help).',
    ]);
  });

  for (const args of [[], ['--format', 'xml', '30001'], ['--all', '30001']])
    it(`says in a sentence what is wrong with "explain ${args.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await itk3(['explain', ...args]);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.equal(sentences(stderr).length, 1);
    });
});
