import { StepLog } from './step-log';

function logged() {
  const lines: { step: string | null; line: string }[] = [];
  const log = new StepLog({ publish: (_run, line) => lines.push(line) }, { now: () => '2026-01-01T00:00:00.000Z' }, 'run');
  return { log, lines };
}

describe("a run's log", () => {
  it('has a line for each line of text, under its step', () => {
    const { log, lines } = logged();
    log.write('start', 'one\ntwo\n\n');
    expect(lines).toEqual([
      { at: '2026-01-01T00:00:00.000Z', step: 'start', line: 'one' },
      { at: '2026-01-01T00:00:00.000Z', step: 'start', line: 'two' },
    ]);
  });
  it('holds no secret that the run knows, not even at its end', () => {
    const { log, lines } = logged();
    log.redactor.know(['hunter22']);
    log.write('start', 'password=hunter22');
    expect([lines[0]!.line, log.tail()]).toEqual(['password=[redacted]', ['password=[redacted]']]);
  });
  it('cuts what is too long and ends when there is too much, but keeps its last lines', () => {
    const { log, lines } = logged();
    log.write('start', 'x'.repeat(10_000));
    expect(lines[0]!.line).toHaveLength(4096 + ' [cut]'.length);
    for (let count = 0; count < 6000; count++) log.write('start', `line ${count}`);
    expect(lines).toHaveLength(5000);
    expect(lines.at(-1)!.line).toContain('log ends here');
    expect(log.tail().at(-1)).toBe('line 5999');
  });
});
