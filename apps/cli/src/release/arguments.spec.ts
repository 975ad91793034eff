import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strategyOf } from './strategy';
import { variablesOf } from './variables';

describe('arguments of a preview', () => {
  it('reads variables, secrets and references to stored secrets', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'password');
    writeFileSync(file, 'p=w\n');
    expect(variablesOf({ var: ['A=1', 'B=x=y', 'C='], secret: [`PASSWORD=@${file}`], secretRef: ['TOKEN=api-token'] })).toEqual({
      A: '1',
      B: 'x=y',
      C: '',
      PASSWORD: { secret: 'p=w' },
      TOKEN: { secret_ref: 'api-token' },
    });
    expect(variablesOf({})).toBeUndefined();
    expect(() => variablesOf({ var: ['A'] })).toThrow("--var takes NAME=VALUE, not 'A'");
  });

  it('takes a strategy by name or as a document', () => {
    expect(strategyOf('canary')).toBe('canary');
    expect(strategyOf('{"type":"rolling","batch_size":2}')).toEqual({ type: 'rolling', batch_size: 2 });
    expect(() => strategyOf('big-bang')).toThrow('--strategy takes rolling, blue-green, canary');
  });
});
