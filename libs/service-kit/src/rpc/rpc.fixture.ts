import { generateKeyPairSync } from 'node:crypto';
import { Module, type DynamicModule, type INestMicroservice, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { Principal, ServiceName } from '@slipway/contracts';
import type { JWK } from 'jose';
import { InternalTokenSigner, InternalTokenVerifier } from '../auth/internal-token';
import { Readiness } from '../health/readiness';
import { createLogger, type Logger } from '../logging/logger';
import { Redaction } from '../logging/redaction';
import { NatsLink } from '../nats/nats-link';
import { SystemClock } from '../platform/clock';
import { CommandGate } from '../platform/command-gate';
import { Metrics } from '../telemetry/metrics';
import type { RpcCaller } from './caller-context';
import { RpcClient } from './rpc-client';
import { RpcEndpoint } from './rpc-endpoint';
import { RpcServer } from './rpc-server';

/** A key pair as the embedded platform makes it: JWKs of an Ed25519 key. */
export function signingKey(): { readonly privateJwk: JWK; readonly publicJwk: JWK } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateJwk: privateKey.export({ format: 'jwk' }), publicJwk: publicKey.export({ format: 'jwk' }) };
}

export const principal = (overrides: Partial<Principal> = {}): Principal => ({
  actorId: 'ann',
  actorType: 'human',
  permissions: ['deploy:release:read'],
  projects: ['demo'],
  environments: ['*'],
  ...overrides,
});

export interface LogCapture {
  readonly logger: Logger;
  readonly redaction: Redaction;
  lines(): Record<string, unknown>[];
  text(): string;
}

export function captureLogs(level: 'debug' | 'info' = 'info'): LogCapture {
  const written: string[] = [];
  const redaction = new Redaction();
  const logger = createLogger({
    service: 'release',
    instance: 'one',
    level,
    redaction,
    destination: { write: (line) => void written.push(line) },
  });
  return {
    logger,
    redaction,
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => written.join(''),
  };
}

export interface RpcReplica {
  readonly app: INestMicroservice;
  readonly link: NatsLink;
  readonly metrics: Metrics;
  readonly server: RpcServer;
  readonly gate: CommandGate;
  readonly readiness: Readiness;
  readonly logs: LogCapture;
}

export interface RpcBench {
  readonly keys: ReturnType<typeof signingKey>;
  readonly client: RpcClient;
  readonly link: NatsLink;
  caller(overrides?: Partial<RpcCaller>, who?: Principal): Promise<RpcCaller>;
  replica(controllers: Type[], providers?: { provide: symbol; useValue: unknown }[], maxConcurrent?: number): Promise<RpcReplica>;
  close(): Promise<void>;
}

const openLink = (url: string, service: ServiceName, logger: Logger): Promise<NatsLink> =>
  NatsLink.open({ url, user: service, password: 'unused', service, instance: 'one', logger });

/** A client and any number of replicas of the release service over one real nats-server. */
export async function rpcBench(url: string): Promise<RpcBench> {
  const keys = signingKey();
  const signer = new InternalTokenSigner(keys.privateJwk);
  const link = await openLink(url, 'gateway', captureLogs().logger);
  const opened: RpcReplica[] = [];
  let commands = 0;
  return {
    keys,
    link,
    client: new RpcClient(link),
    async caller(overrides = {}, who = principal()) {
      return { token: await signer.sign(who), commandId: `cmd-${++commands}`, source: 'api', correlationId: 'cor-1', ...overrides };
    },
    async replica(controllers, providers = [], maxConcurrent = undefined) {
      const logs = captureLogs();
      const own = await openLink(url, 'release', logs.logger);
      const metrics = new Metrics('release', 'one');
      const readiness = new Readiness();
      const gate = new CommandGate(readiness);
      const guards = { verifier: new InternalTokenVerifier(keys.publicJwk), clock: new SystemClock(), logger: logs.logger, metrics, gate };
      const root: DynamicModule = {
        module: ReplicaModule,
        imports: [DiscoveryModule],
        controllers,
        providers: [...providers, { provide: RpcEndpoint, useValue: new RpcEndpoint(guards) }],
      };
      const server = new RpcServer({ service: 'release', connection: own.connection, logger: logs.logger, metrics, maxConcurrent });
      const app = await NestFactory.createMicroservice(root, { strategy: server, logger: false });
      server.of(app);
      await app.listen();
      await own.connection.flush();
      const replica = { app, link: own, metrics, server, gate, readiness, logs };
      opened.push(replica);
      return replica;
    },
    async close() {
      for (const replica of opened) {
        await replica.app.close();
        await replica.link.close();
      }
      await link.close();
    },
  };
}

@Module({})
class ReplicaModule {}
