import type { Output } from '../output/output';
import { warnOfRollback, type ReleaseView } from './describe-release';

const said = (rollback: Partial<NonNullable<ReleaseView['rollback']>> | null): readonly string[] => {
  const lines: string[] = [];
  const output = { paint: (_colour, text) => text, line: (text = '') => void lines.push(text) } as Output;
  warnOfRollback(output, { rollback: rollback as ReleaseView['rollback'] });
  return lines;
};

describe('the warnings of a rollback', () => {
  it('say each thing that it does not bring back', () => {
    expect(said({ warnings: ["'migration' of 2 cannot be undone", '1 runs with its own values of GREETING'] })).toEqual([
      "warning     'migration' of 2 cannot be undone",
      'warning     1 runs with its own values of GREETING',
    ]);
  });

  it('are not there when it brings everything back, or there is no rollback', () => {
    expect(said({ warnings: [] })).toEqual([]);
    expect(said(null)).toEqual([]);
  });
});
