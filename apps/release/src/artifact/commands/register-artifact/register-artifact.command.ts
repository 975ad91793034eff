import { Command } from '@nestjs/cqrs';
import type { ArtifactView, RpcRequest } from '@slipway/contracts';
import type { CallerContext } from '@slipway/service-kit';
import type { Changed } from '../../../release.access';

/** Registers an uploaded bundle as an immutable artifact of a service. */
export class RegisterArtifactCommand extends Command<Changed<ArtifactView>> {
  constructor(
    readonly request: RpcRequest<'release', 'register-artifact'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}
