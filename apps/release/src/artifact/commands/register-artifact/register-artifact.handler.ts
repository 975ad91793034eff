import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BlobStore } from '@slipway/blob-store';
import {
  artifactId,
  isDerivedId,
  resolveRef,
  serviceId,
  SlipwayError,
  unknownResource,
  type ArtifactView,
  type ChangeView,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { LOGGER, type Logger } from '@slipway/service-kit';
import { changeType } from '../../../change/domain/change.state';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../../release/basis/basis.reader';
import { present, requireDeveloper, type Changed } from '../../../release.access';
import { ReleaseConfig } from '../../../release.config';
import { activeService } from '../../../service/domain/service.decider';
import { serviceType } from '../../../service/domain/service.state';
import { DEFAULT_BUNDLE_LIMITS, type BundleLimits } from '../../bundle/bundle.limits';
import { canonicalBundle, type CanonicalBundle } from '../../bundle/canonical-bundle';
import { registerArtifact } from '../../domain/artifact.decider';
import { artifactType } from '../../domain/artifact.state';
import { RegisterArtifactCommand } from './register-artifact.command';

type Request = RegisterArtifactCommand['request'];

/**
 * Judges the upload, packs it canonically, and registers its digest. The content is stored before the event that names it; the
 * upload is removed whatever comes of it (a retry uploads again, and gets the same answer).
 */
@CommandHandler(RegisterArtifactCommand)
export class RegisterArtifactHandler implements ICommandHandler<RegisterArtifactCommand> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly basis: BasisReader,
    private readonly directory: ResourceDirectory,
    private readonly blobs: BlobStore,
    private readonly config: ReleaseConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(command: RegisterArtifactCommand): Promise<Changed<ArtifactView>> {
    const { upload } = command.request;
    try {
      return await this.register(command);
    } finally {
      // What came of the upload is decided; litter in the bucket changes nothing about it.
      await this.blobs.removeNamed(upload).catch((error: unknown) => this.logger.warn({ error, upload }, 'upload not removed'));
    }
  }

  private async register({ request, caller }: RegisterArtifactCommand): Promise<Changed<ArtifactView>> {
    requireDeveloper(caller.principal);
    const { project, service, version } = request;
    if (isDerivedId(version))
      throw new SlipwayError('invalid_request', `'${version}' reads as an id; choose another version.`, { field: 'version' });
    const team = await this.basis.teamOf(project, caller.principal);
    const ofService = await this.serviceOf(project, service);
    const change = await this.changeOf(request, ofService);
    const bundle = await canonicalBundle(() => this.blobs.getNamed(request.upload), this.limits());
    try {
      const content = contentOf(request, ofService, change, bundle);
      const ref = { projectId: project, type: 'artifact', id: artifactId(ofService, version) } as const;
      const result = await this.runner.run(artifactType, ref, caller.commandContext(), async (artifact) => {
        const events = registerArtifact(content, team, artifact);
        if (events.length > 0) await this.blobs.put(bundle.tar());
        return events;
      });
      this.directory.remember(ref);
      return { view: present(result.aggregate.state, 'artifact', version), position: result.position };
    } finally {
      await bundle.close();
    }
  }

  private async serviceOf(projectId: string, service: string): Promise<string> {
    const id = resolveRef(service, (name) => serviceId(projectId, name));
    activeService((await this.basis.load(serviceType, { projectId, type: 'service', id })).state, service);
    return id;
  }

  private async changeOf({ project, change, service }: Request, ofService: string): Promise<ChangeView | null> {
    if (change === undefined) return null;
    if (!isDerivedId(change)) throw unknownResource('change', change);
    const { state } = await this.basis.load(changeType, { projectId: project, type: 'change', id: change });
    const found = present(state, 'change', change);
    if (found.service_ids.includes(ofService)) return found;
    throw new SlipwayError(
      'invalid_reference',
      `The change '${change}' does not name the service '${service}'; record a change that does.`,
      {
        field: 'change',
        ref: change,
      },
    );
  }

  private limits(): BundleLimits {
    return {
      ...DEFAULT_BUNDLE_LIMITS,
      maxPackedBytes: this.config.SLIPWAY_ARTIFACT_MAX_PACKED_BYTES,
      maxUnpackedBytes: this.config.SLIPWAY_ARTIFACT_MAX_UNPACKED_BYTES,
      maxEntries: this.config.SLIPWAY_ARTIFACT_MAX_ENTRIES,
    };
  }
}

const contentOf = (request: Request, ofService: string, change: ChangeView | null, bundle: CanonicalBundle) => ({
  service_id: ofService,
  version: request.version,
  digest: bundle.digest,
  size_bytes: bundle.sizeBytes,
  files: bundle.files,
  manifest: bundle.manifest,
  change_id: change?.change_id ?? null,
  source_revision: request.source_revision ?? change?.source_revision ?? null,
});
