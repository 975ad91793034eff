import type { ReleaseView } from '../api/client';
import { nameProblem, parseVariables, sameAgain, variablesOf } from './draft-input';

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
