import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROLLING, type ChangeInput, type Scenario, type Step } from '@slipway/runtime-target';
import { docker } from '@slipway/testing';
import { LABELS } from '../slot/slot-names';
import type { ComposeHarness } from './compose-harness.fixture';

const HOOK = 'warm-up';

/** A release of the sample whose first step is a hook that runs for two seconds, and what the host shows of that hook. */
export class HookedRelease {
  private constructor(
    private readonly harness: ComposeHarness,
    private readonly scenario: Scenario,
    readonly input: ChangeInput,
  ) {}

  static async of(harness: ComposeHarness, scenario: Scenario, version: string): Promise<HookedRelease> {
    const hooks = { before: [{ name: HOOK, command: [...harness.taskCommand('slow')] }] };
    return new HookedRelease(harness, scenario, await scenario.release(version, ROLLING, 'well', { hooks }));
  }

  /** The hook's step, as this executor or another has it. */
  step(target = this.harness.target): Step {
    return target.deploySteps(this.input)[0]!;
  }

  /** Container of the hook, once it runs. */
  async running(): Promise<string> {
    const filters = this.filters();
    await this.scenario.until('the hook runs', async () => (await docker('ps', '-q', ...filters)) !== '');
    return docker('ps', '-q', ...filters);
  }

  /** Ids of the containers that the engine made for the hook, in the last minutes. */
  async created(): Promise<string[]> {
    const bounds = ['--since', '5m', '--until', '0s', '--filter', 'event=create'];
    const events = await docker('events', ...bounds, ...this.filters(), '--format', '{{.Actor.ID}}');
    return events.split('\n').map((line) => line.slice(0, 12));
  }

  /** The directory of the hook's run at the host, made as its helper would. */
  makeRun(effectId: string): string {
    const { home } = this.harness.sshd;
    const { project, slot } = this.harness.names(this.scenario.slotId).place;
    const { uid, gid } = statSync(home);
    let path = home;
    for (const name of ['.slipway', project, slot, 'runs', this.runOf(effectId)]) {
      path = join(path, name);
      mkdirSync(path, { recursive: true });
      chownSync(path, uid, gid);
    }
    return path;
  }

  /** Ends all processes of the hook's run at the host; its container goes on. */
  killWorker(effectId: string): void {
    const run = this.runOf(effectId);
    const worker = readdirSync('/proc').find(
      (pid) => /^\d+$/.test(pid) && commandOf(pid).includes('--work') && commandOf(pid).includes(run),
    );
    if (worker === undefined) throw new Error(`no worker has the run ${run}`);
    process.kill(-Number(worker), 'SIGKILL');
  }

  private runOf(effectId: string): string {
    return createHash('sha256').update(`${effectId} ${this.scenario.slotId} task ${HOOK}`).digest('hex').slice(0, 24);
  }

  private filters(): readonly string[] {
    return [`${LABELS.role}=task`, `${LABELS.slot}=${this.scenario.slotId}`].flatMap((label) => ['--filter', `label=${label}`]);
  }
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
