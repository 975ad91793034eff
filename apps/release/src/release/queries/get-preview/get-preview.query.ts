import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { PreviewView, RpcRequest } from '@slipway/contracts';
import { type CallerContext } from '@slipway/service-kit';
import { ResourceDirectory } from '../../../directory/resource.directory';
import { BasisReader } from '../../basis/basis.reader';
import { released } from '../../commands/released';
import { releaseType } from '../../domain/release.state';
import { PreviewReader } from './preview.reader';

export class GetPreviewQuery extends Query<PreviewView> {
  constructor(
    readonly request: RpcRequest<'release', 'get-preview'>,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** From the log, not from a row: what is reviewed is the event that will be applied. */
@QueryHandler(GetPreviewQuery)
export class GetPreviewHandler implements IQueryHandler<GetPreviewQuery> {
  constructor(
    private readonly basis: BasisReader,
    private readonly directory: ResourceDirectory,
    private readonly previews: PreviewReader,
  ) {}

  /** @throws SlipwayError `unknown_resource` */
  async execute({ request, caller }: GetPreviewQuery): Promise<PreviewView> {
    const ref = await this.directory.locate('release', request, caller);
    const { state } = await this.basis.load(releaseType, ref);
    return this.previews.view(released(state, request.id, caller.principal, 'read'));
  }
}
