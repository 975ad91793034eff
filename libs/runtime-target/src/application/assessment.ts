import { sameJson, type Check, type ResolvedStrategy } from '@slipway/contracts';
import type { Observation } from '../observation';
import { servingProcess, type ResolvedApplication } from './resolve-application';

/** What a preview can tell about an application without touching anything; a runtime adds what it alone knows. */
export function planChecks(after: ResolvedApplication, strategy: ResolvedStrategy, observation: Observation): readonly Check[] {
  const serving = servingProcess(after);
  const checks: Check[] = [readinessCheck(after, serving), verificationCheck(after)];
  if (strategy.type === 'canary' && serving === undefined) {
    checks.push({
      name: 'canary-needs-traffic',
      result: 'fail',
      message: 'A canary is judged by its requests, and no process of this artifact has `port: true`; use rolling.',
    });
  }
  if (strategy.type === 'canary' && (strategy.steps[0]?.percent ?? 0) > 10) {
    checks.push({
      name: 'canary-first-step',
      result: 'warn',
      message: `The first step gives ${strategy.steps[0]?.percent} % at once; 5 to 10 % is usual.`,
    });
  }
  if (serving !== undefined && after.processes[serving]?.replicas === 1) {
    checks.push({
      name: 'single-replica',
      result: 'warn',
      message: `${serving} runs as a single replica: updates lose no request, but a crash interrupts the service until the restart.`,
    });
  }
  if (
    observation.releaseId !== null &&
    observation.replicas.some(({ releaseId, ready }) => releaseId === observation.releaseId && !ready)
  ) {
    checks.push({
      name: 'current-release-ready',
      result: 'warn',
      message: 'Not every replica of the release that runs now is ready; should this one fail, that is what it falls back to.',
    });
  }
  return checks;
}

function readinessCheck(manifest: ResolvedApplication, serving: string | undefined): Check {
  const name = 'readiness-probe';
  if (serving === undefined) return { name, result: 'pass', message: 'No process serves requests.' };
  if (manifest.processes[serving]?.probes.readiness)
    return { name, result: 'pass', message: `${serving} gets traffic when its readiness probe says so.` };
  return { name, result: 'warn', message: `${serving} has no readiness probe: it gets traffic as soon as its port accepts connections.` };
}

function verificationCheck({ verification: { health, smoke } }: ResolvedApplication): Check {
  const name = 'verification';
  if (health || smoke.length > 0)
    return { name, result: 'pass', message: 'The release is verified by its health endpoint or smoke tests.' };
  return {
    name,
    result: 'warn',
    message: 'The artifact declares neither a health endpoint nor smoke tests: only availability is verified.',
  };
}

/** Why somebody should look twice. */
export function riskReasons(after: ResolvedApplication, before: ResolvedApplication | null, strategy: ResolvedStrategy): readonly string[] {
  // That nothing ran here before is the release service's to say: it knows the slot's history.
  if (!before) return [];
  const reasons: string[] = [];
  if (strategy.type === 'rolling' && before.artifact.digest !== after.artifact.digest) {
    reasons.push('A rolling update gives the new version real traffic without measuring it first.');
  }
  for (const name of Object.keys(before.processes)) if (!(name in after.processes)) reasons.push(`Process ${name} is removed.`);
  for (const [name, process] of Object.entries(after.processes)) reasons.push(...changesOf(name, process, before.processes[name]));
  return reasons;
}

function changesOf(
  name: string,
  after: ResolvedApplication['processes'][string],
  before: ResolvedApplication['processes'][string] | undefined,
): string[] {
  if (!before) return [`Process ${name} is new.`];
  const reasons: string[] = [];
  if (!sameJson(before.command, after.command)) reasons.push(`The command of ${name} changes.`);
  const env = changedKeys(before.env, after.env);
  if (env.length > 0) reasons.push(`The environment of ${name} changes: ${env.slice(0, 10).join(', ')}.`.slice(0, 500));
  const secrets = changedKeys(before.secrets, after.secrets);
  if (secrets.length > 0) reasons.push(`Secrets of ${name} change: ${secrets.slice(0, 10).join(', ')}.`.slice(0, 500));
  if (after.replicas < before.replicas) reasons.push(`${name} shrinks from ${before.replicas} to ${after.replicas} replicas.`);
  if (before.probes.readiness && !after.probes.readiness) reasons.push(`${name} loses its readiness probe.`);
  return reasons;
}

const changedKeys = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !sameJson(before[key], after[key])).sort();
