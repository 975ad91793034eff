import type { ReleaseView } from '../api/client';
import { choiceOf, lackingIn, nameProblem, parseVariables, sameAgain, stepOf, variablesOf } from './draft-input';

const pinned = { GREETING: 'hi', KEY: { secret_ref: 'api-key', version: 3, fingerprint: 'f' } };

describe('draft input', () => {
  it('names secrets and never holds their values', () => {
    expect(variablesOf({ variables: pinned })).toEqual({ GREETING: 'hi', KEY: { secret_ref: 'api-key' } });
    expect(parseVariables('{"A":"1","B":{"secret_ref":"x","version":1},"C":{"secret":"no"},"D":4}')).toEqual({
      A: '1',
      B: { secret_ref: 'x' },
    });
  });

  it.each([undefined, '', '{', '[]', 'null', '4'])('takes %p for no variables', (text) => expect(parseVariables(text)).toBeUndefined());

  it('says what is wrong with a name', () => {
    expect(nameProblem('GREETING', ['OTHER'])).toBeNull();
    expect(nameProblem('1ST', [])).toMatch(/digit/);
    expect(nameProblem('A', ['A'])).toBe('Twice');
  });

  it.each([
    [{}, 'Choose a service, a version, an environment, and a target.'],
    [{ service: 's', artifact: '1', environment: 'e' }, 'Choose a target.'],
    [
      { service: 's', artifact: '1', environment: 'e', target: 't', rows: [{ name: '1ST', value: '' }] },
      'Mend the names of the variables.',
    ],
    [{ service: 's', artifact: '1', environment: 'e', target: 't' }, null],
  ])('says what %j lacks', (chosen, lacking) =>
    expect(lackingIn({ service: undefined, artifact: undefined, environment: undefined, target: undefined, rows: [], ...chosen })).toBe(
      lacking,
    ),
  );

  it('leads back to the whole choice, variables and secrets by name', () => {
    const release = { service_name: 'hello', strategy: { type: 'canary', steps: [] }, variables: pinned, reason: null };
    const choice = choiceOf(release as unknown as ReleaseView);
    expect(choice).toMatchObject({ service: 'hello', strategy: 'canary', reason: undefined });
    expect(parseVariables(choice.variables)).toEqual({ GREETING: 'hi', KEY: { secret_ref: 'api-key' } });
  });

  it.each([
    ['previewed', null, 'confirm'],
    ['expired', null, 'confirm'],
    ['expired', 'tkt-1', 'follow'],
    ['pending_approval', 'tkt-1', 'follow'],
    ['applied', null, 'follow'],
    ['cancelled', null, 'follow'],
  ] as const)('of what is %s with ticket %p is at step %s', (status, approval_ticket, step) =>
    expect(stepOf({ status, approval_ticket }, 'confirm')).toBe(step),
  );

  it('asks for the same draft again', () => {
    const release = {
      project_id: 'demo',
      service_id: 's',
      artifact_id: 'a',
      environment_id: 'e',
      target_id: 't',
      strategy: { type: 'rolling', batch_size: 1 },
      variables: pinned,
      reason: null,
    } as unknown as ReleaseView;
    expect(sameAgain(release)).toEqual({
      project: 'demo',
      service: 's',
      artifact: 'a',
      environment: 'e',
      target: 't',
      strategy: { type: 'rolling', batch_size: 1 },
      variables: { GREETING: 'hi', KEY: { secret_ref: 'api-key' } },
    });
  });
});
