import { probesBudgetMs, type ReleaseShape, type SlotStanding, type StandingRelease } from '@slipway/runtime-target';
import { fullScale, servingProcess, type ProcessManifest } from '../manifest';
import { replicaOf } from '../observe';
import type { ReleaseStatus, SlotStatus } from '../protocol';

/** The host's status of a slot in the strategies' words. */
export const standingOf = ({ current, routes, releases, replicas, port }: SlotStatus): SlotStanding => ({
  current,
  routes,
  releases: releases.map(standingRelease),
  // A startup probe that gives up ends the process: it shows as an exit.
  replicas: replicas.map((replica) => ({ ...replicaOf(replica), crashLooping: replica.crashLooping, startupFailed: false })),
  port,
});

const standingRelease = ({ releaseId, manifest, scale, removing, removeAt }: ReleaseStatus): StandingRelease => ({
  ...shapeOf(manifest),
  releaseId,
  scale,
  removing,
  removeAt,
});

export const shapeOf = (manifest: ProcessManifest): ReleaseShape => ({
  full: fullScale(manifest),
  serving: servingProcess(manifest),
  patienceMs: Math.max(...Object.values(manifest.processes).map(({ probes }) => probesBudgetMs(probes))),
});
