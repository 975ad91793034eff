import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { RUNTIMES, type Runtimes } from './runtimes';

/** Lets go of what the runtimes keep open, when this process drains. */
@Injectable()
export class RuntimeConnections implements OnModuleDestroy {
  constructor(@Inject(RUNTIMES) private readonly runtimes: Runtimes) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.runtimes.values()].map(async (runtime) => runtime.close?.()));
  }
}
