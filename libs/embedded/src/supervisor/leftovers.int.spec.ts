import { spawn } from 'node:child_process';
import { identify, isRunning } from '@slipway/local-servers';
import { clearLeftovers } from './leftovers';
import { isSupervised, leftovers, type PlatformStatus, type ProcessStatus } from './status';

const entry = (name: string, identity: ProcessStatus['identity']): ProcessStatus => ({
  name,
  identity,
  port: null,
  ready: true,
  restarts: 0,
  state: 'running',
  last_exit: null,
  log_file: '',
  start_ms: null,
});
const status = (...processes: ProcessStatus[]): PlatformStatus => ({
  supervisor: { pid: process.pid, startedAt: 'another process had this pid' },
  state: 'ready',
  url: '',
  data_directory: '',
  started_at: '',
  ready_ms: null,
  phases: [],
  processes,
  error: null,
});
const sleeper = () => spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });

describe('what a killed supervisor leaves behind', () => {
  it('is ended, and a process that merely has the same pid is not', async () => {
    const [ours, stranger] = [sleeper(), sleeper()];
    const recycled = { pid: stranger.pid!, startedAt: '1' };
    const left = status(entry('release', identify(ours.pid!)!), entry('nats-server', recycled));
    expect(isSupervised(left)).toBe(false);
    expect(leftovers(left).map((each) => each.name)).toEqual(['release']);
    expect(await clearLeftovers(left)).toEqual(['release']);
    expect(identify(ours.pid!)).toBeUndefined();
    const survivor = identify(stranger.pid!)!;
    expect(isRunning(survivor)).toBe(true);
    stranger.kill('SIGKILL');
  });
});
