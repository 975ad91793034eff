import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signalProcess, type ProcessIdentity } from '@slipway/local-servers';

/** Set by script/jest-global-setup.cjs, whose teardown ends the run. */
const VARIABLE = 'SLIPWAY_TEST_RUN';

/** The directory that the servers of this test run share; outside jest each process is a run of its own and ends it at exit. */
export function testRun(): string {
  const current = process.env[VARIABLE];
  if (current) return current;
  const directory = mkdtempSync(join(tmpdir(), `slipway-test-${process.pid}-`));
  mkdirSync(join(directory, 'servers'));
  process.env[VARIABLE] = directory;
  process.once('exit', () => endTestRun(directory));
  return directory;
}

const recordOf = (identity: ProcessIdentity): string => join(testRun(), 'servers', `${identity.pid}.json`);

/** A server that the end of the run stops if nobody did before. */
export const recordServer = (identity: ProcessIdentity): void => writeFileSync(recordOf(identity), JSON.stringify(identity));
export const forgetServer = (identity: ProcessIdentity): void => rmSync(recordOf(identity), { force: true });

function endTestRun(directory: string): void {
  const servers = join(directory, 'servers');
  for (const file of readdirSync(servers)) {
    signalProcess(JSON.parse(readFileSync(join(servers, file), 'utf8')) as ProcessIdentity, 'SIGKILL');
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}
