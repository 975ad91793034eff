import type { ResolvedProbe } from '@slipway/runtime-target';
import type { KubernetesManifest } from '../render/manifest';
import type { Release, Scale } from '../render/instantiate';
import { KINDS } from '../api/kinds';
import type { KubeClient } from '../api/kube-client';
import { LiveList } from '../api/live-list';
import { untilSeen } from '../api/until-seen';
import { releaseSelector } from '../slot/names';
import { isReady, isReplica, mainStatus, processOf, restartsOf, type Deployment, type Pod } from '../slot/pods';
import type { Change } from './change';
import { whyStuck, whyUnplaced, whyUnready } from './why-not-ready';

const PATIENCE_MS = 30_000;
/** To find a node and fetch the image; the probes' time begins once a container runs. */
const BEFORE_START_MS = 300_000;
const TOO_MANY_RESTARTS = 2;
/** Exit codes of what was asked to stop: it obeyed, by a signal's number or by itself. */
const ENDED_BY_NODE = new Set([0, 137, 143]);
/** Waiting reasons that do not pass by themselves. */
const HOPELESS = new Set(['ErrImageNeverPull', 'InvalidImageName', 'CreateContainerConfigError', 'CreateContainerError', 'CrashLoopBackOff', 'ImagePullBackOff', 'RunContainerError']); // prettier-ignore

export type Readiness =
  { readonly ready: true; readonly pods: readonly Pod[] } | { readonly ready: false; readonly why: string; readonly pods: readonly Pod[] };

/** Waits, on a watch, until the release has as many available replicas as wanted; gives up on what does not pass by itself, or when its probes' time is over. */
export async function awaitReady(change: Pick<Change, 'client' | 'slot' | 'context'>, release: Release, scale: Scale): Promise<Readiness> {
  const { client, slot, context } = change;
  const labelSelector = releaseSelector(slot.slotId, release.releaseId);
  const verdict = await untilSeen(context.signal, async (watching) => {
    const [deployments, pods] = await Promise.all([
      LiveList.open<Deployment>(client, KINDS.Deployment, { labelSelector, ...watching() }),
      LiveList.open<Pod>(client, KINDS.Pod, { labelSelector, ...watching() }),
    ]);
    const look = new Look(release, scale, context.log.bind(context));
    return () => look.at(deployments.items, pods.items.filter(isReplica), performance.now());
  });
  return withProbe(client, verdict);
}

/** Told with what the probe met, where it is the probe that does not pass. */
async function withProbe(client: KubeClient, verdict: Readiness & { readonly byProbe?: boolean }): Promise<Readiness> {
  if (verdict.ready || !verdict.byProbe) return verdict;
  const met = await whyUnready(client, verdict.pods);
  return met === null ? verdict : { ...verdict, why: `${verdict.why}: ${met}` };
}

class Look {
  private reported = -1;
  private unplaced: string | null = null;
  private readonly restartsBefore = new Map<string, number>();
  /** Why an image could not be pulled, by pod: a node that backs off does not say it any more. */
  private readonly pullErrors = new Map<string, string>();
  private readonly beganAt = performance.now();
  private startedAt: number | undefined;

  constructor(
    private readonly release: Release,
    private readonly scale: Scale,
    private readonly log: (line: string) => void,
  ) {}

  at(deployments: readonly Deployment[], pods: readonly Pod[], now: number): (Readiness & { byProbe?: boolean }) | undefined {
    const living = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    for (const pod of living) if (!this.restartsBefore.has(pod.metadata.uid!)) this.restartsBefore.set(pod.metadata.uid!, restartsOf(pod));
    this.report(living);
    this.notePullErrors(living);
    if (Object.entries(this.scale).every(([process, count]) => hasRolledOut(deployments, process, count)))
      return { ready: true, pods: living.filter(isReady) };
    const late = living.find((pod) => this.missedItsStart(pod));
    if (late) return { ready: false, why: `${late.metadata.name} does not pass its startup probe`, pods: living, byProbe: true };
    const stuck = living.find((pod) => this.isStuck(pod));
    if (stuck) return { ready: false, why: whyStuck(stuck, this.pullErrors.get(stuck.metadata.uid!)), pods: living };
    return this.isOver(living, now) ? { ready: false, why: this.whyNot(living), pods: living, byProbe: true } : undefined;
  }

  private report(pods: readonly Pod[]): void {
    const ready = pods.filter(isReady).length;
    if (ready !== this.reported) this.log(`${ready} of ${this.wanted} replicas of ${this.release.releaseId} ready`);
    this.reported = ready;
    const unplaced = whyUnplaced(pods);
    if (unplaced !== this.unplaced && unplaced !== null) this.log(unplaced);
    this.unplaced = unplaced;
  }

  private notePullErrors(pods: readonly Pod[]): void {
    for (const pod of pods) {
      const { reason, message } = mainStatus(pod)?.state?.waiting ?? {};
      if (reason === 'ErrImagePull' && message) this.pullErrors.set(pod.metadata.uid!, message);
    }
  }

  private get wanted(): number {
    return Object.values(this.scale).reduce((sum, count) => sum + count, 0);
  }

  private isStuck(pod: Pod): boolean {
    if (isReady(pod)) return false;
    const waiting = mainStatus(pod)?.state?.waiting?.reason;
    return (
      (waiting !== undefined && HOPELESS.has(waiting)) ||
      restartsOf(pod) - (this.restartsBefore.get(pod.metadata.uid!) ?? 0) >= TOO_MANY_RESTARTS
    );
  }

  /** The probe had all its attempts, and the node ended the container for it: another try is the same again. A process that fails by itself is another matter. */
  private missedItsStart(pod: Pod): boolean {
    const status = mainStatus(pod);
    if (!this.release.manifest.processes[processOf(pod)]?.probes.startup || status?.started === true) return false;
    const again = restartsOf(pod) > (this.restartsBefore.get(pod.metadata.uid!) ?? 0);
    return again && ENDED_BY_NODE.has(status?.lastState?.terminated?.exitCode ?? -1);
  }

  private isOver(pods: readonly Pod[], now: number): boolean {
    const unready = pods.filter((pod) => !isReady(pod));
    const starting = unready.length === 0 || unready.some((pod) => !mainStatus(pod)?.state?.running);
    if (starting && this.startedAt === undefined) return now - this.beganAt > BEFORE_START_MS;
    this.startedAt ??= now;
    return now - this.startedAt > readinessBudgetMs(this.release.manifest);
  }

  private whyNot(pods: readonly Pod[]): string {
    const ready = pods.filter(isReady).length;
    const unplaced = whyUnplaced(pods);
    const why = unplaced === null ? '' : `; ${unplaced}`;
    return `${ready} of ${this.wanted} replicas ready after ${Math.round((performance.now() - this.beganAt) / 1000)} s${why}`;
  }
}

/** The controller has seen this very scale and template, every replica is of it and available. */
function hasRolledOut(deployments: readonly Deployment[], process: string, count: number): boolean {
  const deployment = deployments.find((candidate) => processOf(candidate) === process);
  if (!deployment) return count === 0;
  const { status, spec, metadata } = deployment;
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) return false;
  const wanted = Math.max(count, spec.replicas ?? 0);
  return (status?.updatedReplicas ?? 0) >= wanted && (status?.availableReplicas ?? 0) >= count && (status?.replicas ?? 0) <= wanted;
}

/** Startup's whole budget, then readiness' delay and failures, 30 s at least for the latter. */
export function readinessBudgetMs({ processes }: KubernetesManifest): number {
  return Math.max(
    PATIENCE_MS,
    ...Object.values(processes).map(
      ({ probes: { startup, readiness } }) => probeBudget(startup) + Math.max(PATIENCE_MS, probeBudget(readiness)),
    ),
  );
}

const probeBudget = (probe: ResolvedProbe | undefined): number =>
  probe ? probe.initial_delay_ms + Math.max(1000, probe.period_ms) * probe.failure_threshold : 0;
