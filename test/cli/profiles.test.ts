import assert from 'node:assert/strict';
import { itk3, sentences, temporaryFolder } from './terminal';

describe('itk3 profiles', () => {
  const folder = temporaryFolder();
  const mine = JSON.stringify({
    resourceType: 'StructureDefinition',
    url: 'https://example.org/StructureDefinition/Our-Patient',
    name: 'Our-Patient',
    status: 'draft',
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    derivation: 'constraint',
    differential: { element: [{ id: 'Patient.gender', path: 'Patient.gender', min: 1 }] },
  });

  it('lists kinds of message, definitions, profiles and extensions', async () => {
    const { code, stdout } = await itk3(['profiles']);
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}emergency-supply +Emergency supply of medicines · ITK010D · 1\.3\.0/m);
    assert.match(stdout, /^ {2}ITK-MessageHeader-2 +MessageHeader$/m);
    assert.match(stdout, /^ {2}Extension-ITK-MessageHandling-2$/m);
    assert.doesNotMatch(stdout, /yours|patient-citizenship/);
    assert.match((await itk3(['profiles', '--all'])).stdout, /patient-citizenship/);
  });

  it("marks the person's own, and those that stand in the place of one that is built in", async () => {
    folder.file('own.json', mine);
    const own = await itk3(['profiles', '--profiles', 'own.json'], { cwd: folder.path });
    assert.match(own.stdout, /^ {2}Our-Patient +Patient {2}\(yours\)$/m);
    assert.equal(own.stdout.match(/\(yours\)/g)?.length, 1);
    const url = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
    folder.file('own.json', JSON.stringify({ ...JSON.parse(mine), url }));
    const over = await itk3(['profiles', '--json', '--profiles', 'own.json'], { cwd: folder.path });
    const listed = JSON.parse(over.stdout) as { name: string; own: boolean }[];
    assert.deepEqual(
      listed.filter((one) => one.own).map(({ name }) => name),
      ['CareConnect-Patient-1'],
    );
  });

  it('prints one of them, also one of the own', async () => {
    folder.file('own.json', mine);
    const { code, stdout } = await itk3(['profiles', '--profiles', 'own.json', 'our-patient'], { cwd: folder.path });
    assert.equal(code, 0);
    assert.match(stdout, /gender +1\.\.1/);
  });

  it('names a package that cannot be read, lists the rest, and exits 2', async () => {
    folder.file('own.json', '{"resourceType": "StructureDefinition"}');
    const { code, stdout, stderr } = await itk3(['profiles', '--profiles', 'own.json'], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(stdout, /ITK-MessageHeader-2/);
    assert.equal(sentences(stderr).length, 1);
  });

  for (const args of [['Nothing-1'], ['--json', 'Patient'], ['--al']])
    it(`says in a sentence what is wrong with "profiles ${args.join(' ')}"`, async () => {
      const { code, stderr } = await itk3(['profiles', ...args]);
      assert.equal(code, 2);
      assert.equal(sentences(stderr).length, 1);
    });
});
