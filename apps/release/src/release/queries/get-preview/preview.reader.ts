import { Injectable } from '@nestjs/common';
import { BlobStore } from '@slipway/blob-store';
import { type PreviewView } from '@slipway/contracts';
import type { DraftedRelease } from '../../domain/release.state';
import { releaseView } from '../../projections/release-list/release-list.view';

/** A release with its draft, which its own log holds, and the exact manifest, which is a blob named in the draft. */
@Injectable()
export class PreviewReader {
  constructor(private readonly blobs: BlobStore) {}

  async view(release: DraftedRelease): Promise<PreviewView> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.blobs.get(release.draft.manifest_digest)) chunks.push(chunk);
    const manifest: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return previewView(release, manifest);
  }
}

export const previewView = ({ facts, draft }: DraftedRelease, manifest: unknown): PreviewView =>
  Object.assign(releaseView(facts), { preview: draft, manifest });
