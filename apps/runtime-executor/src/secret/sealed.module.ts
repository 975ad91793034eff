import { readFile } from 'node:fs/promises';
import { Module } from '@nestjs/common';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { BUCKETS } from '@slipway/contracts';
import { CredentialStore, jetStreamBucket, SecretKeys, SecretStore, type SecretBucket } from '@slipway/secrets';
import { NATS } from '@slipway/service-kit';
import { RuntimeExecutorConfig } from '../runtime-executor.config';

/** Opened once it is needed, and again after a failure. */
function secretsBucket(connection: NatsConnection): () => Promise<KV> {
  let opened: Promise<KV> | undefined;
  return () => {
    opened ??= new Kvm(connection).open(BUCKETS.secrets, { allow_direct: false }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

/** The bucket of everything sealed. */
const SEALED = Symbol('sealed');

/** What is sealed: secrets of environments and credentials of targets. */
@Module({
  providers: [
    {
      provide: SEALED,
      inject: [NATS],
      useFactory: (connection: NatsConnection): SecretBucket => jetStreamBucket(secretsBucket(connection)),
    },
    {
      provide: SecretKeys,
      inject: [RuntimeExecutorConfig],
      useFactory: async (config: RuntimeExecutorConfig) => SecretKeys.parse(await readFile(config.SLIPWAY_SECRETS_KEY_FILE, 'utf8')),
    },
    {
      provide: SecretStore,
      inject: [SEALED, SecretKeys],
      useFactory: (bucket: SecretBucket, keys: SecretKeys) => new SecretStore(bucket, keys),
    },
    {
      provide: CredentialStore,
      inject: [SEALED, SecretKeys],
      useFactory: (bucket: SecretBucket, keys: SecretKeys) => new CredentialStore(bucket, keys),
    },
  ],
  exports: [SecretStore, CredentialStore],
})
export class SealedModule {}
