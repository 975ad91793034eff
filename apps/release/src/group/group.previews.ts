import { Injectable } from '@nestjs/common';
import type { GroupPreviewView } from '@slipway/contracts';
import type { DraftedRelease } from '../release/domain/release.state';
import { PreviewReader } from '../release/queries/get-preview/preview.reader';
import type { GroupFacts } from './domain/group.facts';
import { groupView } from './group.view';

/** A group with its draft and every member's own draft and manifest. */
@Injectable()
export class GroupPreviews {
  constructor(private readonly previews: PreviewReader) {}

  async view(group: GroupFacts, releases: readonly DraftedRelease[]): Promise<GroupPreviewView> {
    const statuses = new Map(releases.map(({ releaseId, phase }) => [releaseId, phase]));
    const previews = await Promise.all(releases.map((release) => this.previews.view(release)));
    return { ...groupView(group, statuses), preview: group.draft, releases: previews };
  }
}
