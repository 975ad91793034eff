import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BlobStore } from '@slipway/blob-store';
import { LOGGER, type Logger } from '@slipway/service-kit';

const EVERY_MS = 3_600_000;
/** Longer than anything temporary is in use: an upload is registered within minutes of its last byte. */
const OLDER_THAN_MS = 3_600_000;

/** Takes away, every hour, what uploads whose process was killed left in the object store. Every replica does; twice does no harm. */
@Injectable()
export class BlobSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  constructor(
    private readonly blobs: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async sweep(olderThanMs = OLDER_THAN_MS): Promise<void> {
    try {
      const swept = await this.blobs.sweep(olderThanMs);
      if (swept.names + swept.contents > 0) this.logger.info(swept, 'what interrupted uploads left was removed');
    } catch (error) {
      this.logger.warn({ error }, 'the object store was not swept; tried again in an hour');
    }
  }
}
