import assert from 'node:assert/strict';
import type { TerminologyQuestion } from '../../core/validate/terminology-answers';
import { createAnswerer } from '../../terminology/answer';
import { createTerminologyClient } from '../../terminology/client';
import {
  COLOURS,
  LOCAL,
  outcome,
  parameters,
  send,
  type ServerOptions,
  SNOMED,
  startTerminologyServer,
  type TerminologyServer,
  UK,
} from './server';

const NEVER = new AbortController().signal;
const INTERNATIONAL = `${SNOMED}/900000000000207008/version/20260301`;

describe('answers of a terminology server', () => {
  const servers: TerminologyServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

  async function start(options: ServerOptions = {}) {
    const server = await startTerminologyServer(options);
    servers.push(server);
    const answer = createAnswerer(createTerminologyClient(server.address));
    return { server, ask: (question: TerminologyQuestion) => answer(question, NEVER) };
  }

  const diabetes = { system: SNOMED, code: '73211009' };

  for (const fhirVersion of ['3.0.2', '4.0.1', '5.0.0']) {
    describe(`that speaks FHIR ${fhirVersion}`, () => {
      it('a code that is there, by its preferred name', async () => {
        const { ask } = await start({ fhirVersion });
        const valid = { verdict: 'valid', display: 'Diabetes mellitus' };
        assert.deepEqual(await ask(diabetes), valid);
        assert.deepEqual(await ask({ ...diabetes, display: ' diabetes  MELLITUS' }), valid);
      });

      it('by another of its names', async () => {
        const { ask } = await start({ fhirVersion });
        const answer = await ask({ ...diabetes, display: 'DM - Diabetes mellitus' });
        assert.deepEqual(answer, { verdict: 'valid', display: 'Diabetes mellitus' });
      });

      it('by a name that is none of its', async () => {
        const { ask } = await start({ fhirVersion });
        const answer = await ask({ ...diabetes, display: 'Asthma' });
        assert.deepEqual(answer, { verdict: 'valid', display: 'Diabetes mellitus', displayDiffers: true });
        assert.deepEqual(await ask({ system: LOCAL, code: 'red', display: 'Blue' }), {
          verdict: 'valid',
          display: 'Red',
          displayDiffers: true,
        });
      });

      it('a code that is not there', async () => {
        const { ask } = await start({ fhirVersion });
        assert.deepEqual(await ask({ system: SNOMED, code: '73211010' }), { verdict: 'invalid', version: UK });
        assert.equal((await ask({ system: LOCAL, code: 'green' })).verdict, 'invalid');
      });

      it('a code that is out of use', async () => {
        const { ask } = await start({ fhirVersion });
        const answer = await ask({ system: SNOMED, code: '154671004' });
        assert.deepEqual(answer, { verdict: 'valid', display: 'Ear, nose and throat disorder', inactive: true });
      });

      it('a system that it has not got, asked about once', async () => {
        const { ask, server } = await start({ fhirVersion });
        const elsewhere = 'https://example.org/CodeSystem/elsewhere';
        assert.deepEqual(await ask({ system: elsewhere, code: 'a' }), { verdict: 'unknown' });
        const { length } = server.asked;
        assert.deepEqual(await ask({ system: elsewhere, code: 'b' }), { verdict: 'unknown' });
        assert.equal(server.asked.length, length);
      });

      it('a value set that holds the code, one that does not, and one that it has not got', async () => {
        const valueSets = { [COLOURS]: [`${LOCAL}|red`] };
        const { ask, server } = await start({ fhirVersion, valueSets });
        assert.deepEqual(await ask({ system: LOCAL, code: 'red', valueSet: COLOURS }), {
          verdict: 'valid',
          display: 'Red',
        });
        const outside = { verdict: 'valid', display: 'Blue', outsideValueSet: true };
        assert.deepEqual(await ask({ system: LOCAL, code: 'blue', valueSet: COLOURS }), outside);
        const missing = 'https://example.org/ValueSet/elsewhere';
        for (const code of ['red', 'blue'])
          assert.equal((await ask({ system: LOCAL, code, valueSet: missing })).verdict, 'valid');
        assert.equal(server.asked.filter((question) => question.includes(missing)).length, 1);
      });
    });
  }

  it('are asked for with nothing but system, code, display and value set', async () => {
    const { ask, server } = await start({ valueSets: { [COLOURS]: [] } });
    const question = { system: LOCAL, code: 'red', display: 'Crimson', valueSet: COLOURS };
    await ask({ ...question, pointer: '/entry/3', binding: 'x' } as TerminologyQuestion);
    assert.deepEqual(server.asked, [
      'metadata',
      `CodeSystem/$validate-code?url=${LOCAL}&code=red`,
      `CodeSystem/$validate-code?url=${LOCAL}&code=red&display=Crimson`,
      `ValueSet/$validate-code?url=${COLOURS}&system=${LOCAL}&code=red`,
    ]);
  });

  it('need one question where all is well, and the dialect is asked for once', async () => {
    const { ask, server } = await start();
    await Promise.all([
      ask({ ...diabetes, display: 'Diabetes mellitus' }),
      ask({ system: SNOMED, code: '310080006', display: 'Pharmacy service' }),
    ]);
    assert.equal(server.asked.filter((question) => question === 'metadata').length, 1);
    assert.equal(server.asked.length, 3);
  });

  it('are not asked for what cannot be a code: nothing leaves', async () => {
    const { ask, server } = await start();
    for (const question of [
      { system: SNOMED, code: 'x'.repeat(501) },
      { system: `urn:${'x'.repeat(500)}`, code: 'a' },
      { system: 'no address', code: 'a' },
      { system: '', code: 'a' },
      { system: SNOMED, code: '' },
    ])
      assert.deepEqual(await ask(question), { verdict: 'unknown' });
    assert.deepEqual(server.asked, []);
  });

  describe('that say no for another reason', () => {
    /** A server of R4 that answers every $validate-code so. */
    const saying = (body: unknown, status = 200) =>
      start({
        systems: {},
        instead: (path, _query, response) => {
          if (!path.endsWith('$validate-code')) return false;
          send(response, status, body);
          return true;
        },
      });

    const REASONS: Record<string, unknown> = {
      'x-caused-by-unknown-system': parameters({ result: false }, [
        { name: 'x-caused-by-unknown-system', valueCanonical: SNOMED },
      ]),
      'a definition that is not found': parameters({
        result: false,
        message: `A definition for CodeSystem '${SNOMED}' could not be found, so the code cannot be validated`,
      }),
      'a system that is unknown': parameters({ result: false, message: `CodeSystem is unknown: ${SNOMED}` }),
      'no validation to be had': parameters({
        result: false,
        message: `Terminology service was unable to provide validation for ${SNOMED}#73211010`,
      }),
      'no reason, and no such system in a search': parameters({ result: false }),
      'an OperationOutcome': outcome('not-found', 'something'),
    };
    for (const [name, body] of Object.entries(REASONS))
      it(`${name}: the code is not called wrong`, async () => {
        const { ask } = await saying(body);
        assert.deepEqual(await ask({ system: SNOMED, code: '73211010' }), { verdict: 'unknown' });
      });

    it('only a part of the system: the code is not called wrong', async () => {
      const { ask } = await start({
        instead: (path, query, response) => {
          if (path !== 'CodeSystem') return false;
          const resource = { resourceType: 'CodeSystem', url: query.get('url'), content: 'fragment' };
          send(response, 200, { resourceType: 'Bundle', entry: [{ resource }] });
          return true;
        },
      });
      assert.deepEqual(await ask({ system: LOCAL, code: 'green' }), { verdict: 'unknown' });
    });

    it('a search that it has not got changes nothing', async () => {
      const { ask } = await start({
        instead: (path, _query, response) => {
          if (path !== 'CodeSystem') return false;
          send(response, 404, outcome('not-supported', 'no search'));
          return true;
        },
      });
      assert.deepEqual(await ask({ system: LOCAL, code: 'green' }), { verdict: 'invalid', version: undefined });
    });

    it('a code that $lookup finds is not called wrong', async () => {
      const { ask } = await start({
        instead: (path, _query, response) => {
          if (!path.endsWith('$validate-code')) return false;
          send(response, 200, parameters({ result: false, version: UK }));
          return true;
        },
      });
      const answer = await ask({ system: SNOMED, code: '154671004' });
      assert.deepEqual(answer, { verdict: 'valid', display: 'Ear, nose and throat disorder', inactive: true });
    });

    it('a code of a national extension, asked of another edition, is not called wrong', async () => {
      const uk = '37417211000001103';
      const answerOf = async (version: string, code: string) => {
        const { ask } = await start({ systems: { [SNOMED]: { version, concepts: {} } } });
        return (await ask({ system: SNOMED, code })).verdict;
      };
      assert.equal(await answerOf(INTERNATIONAL, uk), 'unknown');
      assert.equal(await answerOf(`${SNOMED}/32506021000036107/version/20260301`, uk), 'unknown');
      assert.equal(await answerOf(UK, uk), 'invalid');
      assert.equal(await answerOf(`${SNOMED}/999000011000001104/version/20260301`, uk), 'invalid');
      assert.equal(await answerOf(INTERNATIONAL, '73211010'), 'invalid');
    });

    it('a value set that it cannot expand is no reason to call the code wrong', async () => {
      const { ask } = await start({
        instead: (path, _query, response) => {
          if (!path.startsWith('ValueSet')) return false;
          send(response, 200, parameters({ result: false, message: `Unable to expand ValueSet ${COLOURS}` }));
          return true;
        },
      });
      assert.deepEqual(await ask({ system: LOCAL, code: 'red', valueSet: COLOURS }), {
        verdict: 'valid',
        display: 'Red',
      });
    });
  });

  it('that only warn of a display are heard all the same', async () => {
    const warning = {
      name: 'issues',
      resource: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'warning', details: { coding: [{ code: 'invalid-display' }] } }],
      },
    };
    for (const body of [
      parameters({ result: true, display: 'Right' }, [warning]),
      parameters({ result: true, display: 'Right', message: 'Concept Display "x" does not match expected "Right"' }),
    ]) {
      const { ask } = await start({
        instead: (path, _query, response) => {
          if (!path.endsWith('$validate-code')) return false;
          send(response, 200, body);
          return true;
        },
      });
      const answer = await ask({ ...diabetes, display: 'x' });
      assert.deepEqual(answer, { verdict: 'valid', display: 'Right', displayDiffers: true });
    }
  });

  it('that give booleans as texts, and "active" for "inactive"', async () => {
    const { ask } = await start({
      instead: (path, _query, response) => {
        if (!path.endsWith('$validate-code')) return false;
        send(response, 200, parameters({ result: 'true', active: 'false', display: 'Old' }));
        return true;
      },
    });
    assert.deepEqual(await ask(diabetes), { verdict: 'valid', display: 'Old', inactive: true });
  });

  it('of an R4 server that can only look codes up', async () => {
    const { ask } = await start({
      instead: (path, _query, response) => {
        if (!path.endsWith('$validate-code')) return false;
        send(response, 404, 'no such page');
        return true;
      },
    });
    const valid = { verdict: 'valid', display: 'Diabetes mellitus' };
    assert.deepEqual(await ask({ ...diabetes, display: 'Diabetes mellitus (disorder)' }), valid);
    assert.deepEqual(await ask({ ...diabetes, display: 'Asthma' }), { ...valid, displayDiffers: true });
    assert.equal((await ask({ system: LOCAL, code: 'green' })).verdict, 'invalid');
  });

  const NONSENSE: unknown[] = [
    { resourceType: 'Parameters' },
    { resourceType: 'Parameters', parameter: 'none' },
    {
      resourceType: 'Parameters',
      parameter: [null, 7, [], { name: 'result' }, { name: 'result', valueBoolean: 'perhaps' }],
    },
    { resourceType: 'Bundle', entry: [null, {}, { resource: 3 }] },
    { resourceType: 'OperationOutcome', issue: {} },
  ];
  NONSENSE.forEach((body, i) =>
    it(`of FHIR without sense (${i + 1}) are no answers`, async () => {
      const { ask } = await start({
        instead: (path, _query, response) => {
          if (path === 'metadata') return false;
          send(response, 200, body);
          return true;
        },
      });
      for (const system of [SNOMED, LOCAL])
        assert.deepEqual(await ask({ system, code: '73211009', display: 'x', valueSet: COLOURS }), {
          verdict: 'unknown',
        });
    }),
  );
});
