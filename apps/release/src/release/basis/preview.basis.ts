import { Injectable } from '@nestjs/common';
import { BlobStore } from '@slipway/blob-store';
import {
  artifactId,
  environmentId,
  isDerivedId,
  requireEnvironment,
  requireProject,
  resolveRef,
  serviceId,
  slotId,
  SlipwayError,
  targetId,
  type ArtifactView,
  type PreviewRelease,
  type ServiceView,
} from '@slipway/contracts';
import { type Aggregate } from '@slipway/event-sourcing';
import { gateType, readGates, type ScopedGate } from '@slipway/gates';
import { ReadModels } from '@slipway/projections-typeorm';
import { type CallerContext } from '@slipway/service-kit';
import { DataSource } from 'typeorm';
import { artifactType } from '../../artifact/domain/artifact.state';
import { present } from '../../release.access';
import { activeService } from '../../service/domain/service.decider';
import { serviceType } from '../../service/domain/service.state';
import type { SlotReading } from '../domain/release.commands';
import { BasisReader, deletedResource } from './basis.reader';
import { environmentBasis, type EnvironmentBasis } from './environment.basis';
import { SharedReads } from './shared-reads';
import type { SlotBasis } from './slot.basis';
import { SlotHistoryReader, type SlotHistory } from './slot.history';
import { targetBasis, type TargetBasis } from './target.basis';

export interface PreviewBasis {
  readonly projectId: string;
  readonly teamId: string;
  readonly service: ServiceView;
  readonly artifact: ArtifactView;
  /** Its content is in the blob store. */
  readonly artifactStored: boolean;
  readonly environmentId: string;
  readonly environment: NonNullable<EnvironmentBasis>;
  readonly environmentVersion: number;
  readonly targetId: string;
  readonly target: NonNullable<TargetBasis>;
  readonly targetVersion: number;
  readonly slotId: string;
  readonly slot: SlotReading;
  readonly slotState: Aggregate<SlotBasis>;
  readonly history: SlotHistory;
  /** From the platform's to the environment's. */
  readonly gates: readonly ScopedGate[];
}

/** With more previews under way than this, reads of the same aggregate keep a gap, which costs each of them less than it spares. */
const CROWD = 8;
const GAP_MS = 10;

interface TargetName {
  readonly target_id: string;
  readonly name: string;
}

interface Place {
  readonly request: PreviewRelease;
  readonly ofService: string;
  readonly inEnvironment: string;
  readonly caller: CallerContext;
  readonly gapMs: number;
}

/** Resolves the names of a request and loads, in parallel and at the log's head, everything that its draft is made from. */
@Injectable()
export class PreviewBasisReader {
  /** What the only target of an environment was last time: loading begins with it while it is looked up again. */
  private readonly onlyTargets = new Map<string, string>();
  private readonly targets = new SharedReads<readonly TargetName[]>();

  constructor(
    private readonly basis: BasisReader,
    private readonly history: SlotHistoryReader,
    private readonly blobs: BlobStore,
    private readonly source: DataSource,
    private readonly readModels: ReadModels,
  ) {}

  /** @param crowd previews under way. @throws SlipwayError `unknown_resource`, `invalid_reference`, `resource_deleted` */
  async read(request: PreviewRelease, caller: CallerContext, crowd: number): Promise<PreviewBasis> {
    const projectId = request.project;
    requireProject(caller.principal, projectId);
    const ofService = resolveRef(request.service, (name) => serviceId(projectId, name));
    const inEnvironment = resolveRef(request.environment, (name) => environmentId(projectId, name));
    requireEnvironment(caller.principal, inEnvironment, 'environment', request.environment);
    const gapMs = crowd > CROWD ? GAP_MS : 0;
    const at = (target: string) => this.readAt(target, { request, ofService, inEnvironment, caller, gapMs });
    const guessed = request.target === undefined ? this.onlyTargets.get(inEnvironment) : undefined;
    const guess = guessed === undefined ? undefined : at(guessed);
    // A wrong guess may fail for its own reasons; what counts then is the target that was found.
    guess?.catch(() => undefined);
    const atTarget = await this.targetOf(request, inEnvironment, caller, gapMs);
    return guess && atTarget === guessed ? guess : at(atTarget);
  }

  private async readAt(atTarget: string, { request, ofService, inEnvironment, caller, gapMs }: Place): Promise<PreviewBasis> {
    const projectId = request.project;
    const slot = slotId(ofService, atTarget);
    const [teamId, service, environment, target, artifact, slotRead, history, gates] = await Promise.all([
      this.basis.teamOf(projectId, caller.principal, gapMs),
      this.basis.load(serviceType, { projectId, type: 'service', id: ofService }, gapMs),
      this.basis.load(environmentBasis, { projectId, type: 'environment', id: inEnvironment }, gapMs),
      this.basis.load(targetBasis, { projectId, type: 'target', id: atTarget }, gapMs),
      this.artifactOf(request, projectId, ofService, gapMs),
      this.basis.slot(projectId, slot, gapMs),
      this.history.read(projectId, slot, gapMs),
      readGates((ref) => this.basis.load(gateType, ref, gapMs), projectId, inEnvironment),
    ]);
    return {
      projectId,
      teamId,
      service: activeService(service.state, request.service),
      artifact,
      artifactStored: await this.blobs.has(artifact.digest),
      environmentId: inEnvironment,
      environment: inUse(environment.state, 'environment', request.environment),
      environmentVersion: environment.state?.version ?? environment.head.version,
      targetId: atTarget,
      target: targetIn(inUse(target.state, 'target', request.target ?? atTarget), inEnvironment, request),
      targetVersion: target.state?.version ?? target.head.version,
      slotId: slot,
      slot: slotRead.reading,
      slotState: slotRead.aggregate,
      history,
      gates,
    };
  }

  private async artifactOf(
    { artifact, service }: PreviewRelease,
    projectId: string,
    ofService: string,
    gapMs: number,
  ): Promise<ArtifactView> {
    const id = isDerivedId(artifact) ? artifact : artifactId(ofService, artifact);
    const found = present((await this.basis.load(artifactType, { projectId, type: 'artifact', id }, gapMs)).state, 'artifact', artifact);
    if (found.service_id === ofService) return found;
    throw new SlipwayError('invalid_reference', `The artifact '${artifact}' belongs to another service than '${service}'.`, {
      field: 'artifact',
      ref: artifact,
    });
  }

  /** The named target, or the environment's only one. */
  private async targetOf(request: PreviewRelease, inEnvironment: string, caller: CallerContext, gapMs: number): Promise<string> {
    const { target, environment } = request;
    if (target !== undefined) return resolveRef(target, (name) => targetId(inEnvironment, name));
    let found = await this.targetsIn(inEnvironment, gapMs);
    if (found.length === 0 && caller.minPosition) {
      // Perhaps its target was made just now; otherwise nobody waits for a read model here.
      await this.readModels.waitFor('target-index', caller.minPosition);
      found = await this.targetsIn(inEnvironment, gapMs);
    }
    const [only, ...others] = found;
    if (!only) throw await this.withoutTarget(request, inEnvironment);
    if (others.length === 0) {
      this.onlyTargets.set(inEnvironment, only.target_id);
      return only.target_id;
    }
    const names = found.map(({ name }) => name);
    throw new SlipwayError('invalid_reference', `Environment '${environment}' has several targets; say which: ${names.join(', ')}.`, {
      field: 'target',
      choices: names,
    });
  }

  private async withoutTarget({ project, environment }: PreviewRelease, inEnvironment: string): Promise<SlipwayError> {
    const { state } = await this.basis.load(environmentBasis, { projectId: project, type: 'environment', id: inEnvironment });
    inUse(state, 'environment', environment);
    return new SlipwayError('invalid_reference', `Environment '${environment}' has no target yet; create one.`, {
      field: 'target',
      choices: [],
    });
  }

  private targetsIn(environment: string, gapMs: number): Promise<readonly TargetName[]> {
    const query = 'SELECT target_id, name FROM target_index WHERE environment_id = $1 ORDER BY name LIMIT 10';
    return this.targets.read(environment, () => this.source.query(query, [environment]), gapMs);
  }
}

function inUse<T extends { readonly deleted: boolean }>(state: T | null, kind: 'environment' | 'target', ref: string): T {
  const found = present(state, kind, ref);
  if (found.deleted) throw deletedResource(kind, ref);
  return found;
}

function targetIn(target: NonNullable<TargetBasis>, inEnvironment: string, request: PreviewRelease): NonNullable<TargetBasis> {
  if (target.environmentId === inEnvironment) return target;
  throw new SlipwayError(
    'invalid_reference',
    `The target '${request.target}' belongs to another environment than '${request.environment}'.`,
    {
      field: 'target',
      ref: request.target,
    },
  );
}
