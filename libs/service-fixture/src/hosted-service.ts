import type { INestApplicationContext } from '@nestjs/common';
import { openPlatform, startService, type Platform, type PlatformConfig, type ServiceDefinition } from '@slipway/service-kit';

/** A service for real, in this process. */
export interface HostedService {
  /** Of the process that runs now. */
  readonly app: INestApplicationContext;
  readonly platform: Platform;
  /** The process ends and another one starts, on the same log and read models. */
  restart(): Promise<void>;
  /** Another process of the service beside it, on the same log and read models. @returns how to end it */
  replica(): Promise<() => Promise<void>>;
  /** Ends it and its servers. */
  stop(): Promise<void>;
}

/**
 * @param config what its process would have read from the environment
 * @param servers stop with the service
 */
export async function hostService<C extends PlatformConfig>(
  definition: Omit<ServiceDefinition<C>, 'config'>,
  config: C,
  servers: { stop(): Promise<void> },
): Promise<HostedService> {
  const open = async () => {
    const platform = await openPlatform(definition.name, config);
    return { platform, app: await startService(definition, platform) };
  };
  let running = await open();
  const close = async ({ app, platform } = running): Promise<void> => {
    await app.close();
    await platform.close();
  };
  return {
    get app() {
      return running.app;
    },
    get platform() {
      return running.platform;
    },
    async restart() {
      await close();
      running = await open();
    },
    async replica() {
      const another = await open();
      return () => close(another);
    },
    async stop() {
      await close();
      await servers.stop();
    },
  };
}
