import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type Type,
} from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { EventStore } from '@slipway/event-sourcing';
import { register, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { dataSourceOptions, type MigrationClass, type RowClass } from './data-source';
import type { ExpirySweep } from './expiry-sweep';
import type { Log } from './handler';
import { LogIntegrity } from './log-integrity';
import { registerProjectionMetrics } from './metrics';
import { pendingMigrations } from './migrations';
import type { Projection, Reaction } from './projection';
import { ProjectionHost } from './projection-host';
import type { ReactionScope } from './reaction-handler';
import { ProjectionAdmin, ReadModels } from './read-models';

/** Injection tokens that the platform module of a process provides; all but `EVENT_STORE` are optional. */
export const EVENT_STORE = 'EVENT_STORE';
export const DATABASE_URL = 'DATABASE_URL';
export const LOGGER = 'LOGGER';
export const METRICS_REGISTRY = 'METRICS_REGISTRY';
export const REACTION_SCOPE = 'REACTION_SCOPE';

export interface ServiceProjections {
  /** PostgreSQL schema of the service, e.g. `approval_inbox`. */
  readonly schema: string;
  /** Name in status and metrics; the schema with hyphens unless given. */
  readonly service?: string;
  readonly projections: readonly Type<Projection>[];
  readonly reactions: readonly Type<Reaction>[];
  readonly sweeps?: readonly Type<ExpirySweep>[];
  /** Modules whose providers projections, reactions and sweeps inject. */
  readonly imports?: ModuleMetadata['imports'];
  readonly providers?: ModuleMetadata['providers'];
  readonly migrations: readonly MigrationClass[];
  /** TypeORM row classes; their repositories can be injected everywhere in the service. */
  readonly entities: readonly RowClass[];
  /** Connections of the pool; default 10. */
  readonly poolSize?: number;
}

const PARTS = Symbol('parts');
interface Parts {
  readonly projections: Projection[];
  readonly reactions: Reaction[];
  readonly sweeps: ExpirySweep[];
}

/**
 * The read side of a service: its database connection, read models, reactions and timers. Global: handlers inject
 * `ReadModels`, `LogIntegrity`, `ProjectionAdmin`, `DataSource` and repositories. Runs from application bootstrap until
 * shutdown. Refuses to start while migrations are pending: they are their own step.
 */
@Module({})
export class ProjectionsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly host: ProjectionHost) {}

  onApplicationBootstrap(): void {
    this.host.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.host.stop();
  }

  static forService(options: ServiceProjections): DynamicModule {
    const { projections, reactions, sweeps = [], entities } = options;
    const kinds = [projections, reactions, sweeps];
    const rows = TypeOrmModule.forFeature([...entities]);
    return {
      module: ProjectionsModule,
      global: true,
      imports: [...(options.imports ?? []), dataSourceModule(options), rows],
      providers: [
        ...(options.providers ?? []),
        ...kinds.flat(),
        {
          provide: PARTS,
          inject: kinds.flat(),
          useFactory: (...made: unknown[]): Parts => ({
            projections: made.slice(0, projections.length) as Projection[],
            reactions: made.slice(projections.length, projections.length + reactions.length) as Reaction[],
            sweeps: made.slice(projections.length + reactions.length) as ExpirySweep[],
          }),
        },
        LogIntegrity,
        {
          provide: ProjectionHost,
          inject: [
            PARTS,
            EVENT_STORE,
            getDataSourceToken(),
            LogIntegrity,
            ReadModels,
            optional(DATABASE_URL),
            optional(LOGGER),
            optional(METRICS_REGISTRY),
            optional(REACTION_SCOPE),
          ],
          useFactory: async (
            parts: Parts,
            store: EventStore,
            source: DataSource,
            integrity: LogIntegrity,
            readModels: ReadModels,
            url?: string,
            log?: Log,
            metrics: Registry = register,
            reactionScope?: ReactionScope,
          ) => {
            const host = await makeHost(options, { ...parts, store, source, integrity, log, reactionScope, databaseUrl: databaseUrl(url) });
            registerProjectionMetrics(host, metrics);
            readModels.bind(host);
            return host;
          },
        },
        { provide: ReadModels, useFactory: () => new ReadModels() },
        { provide: ProjectionAdmin, inject: [ProjectionHost], useFactory: (host: ProjectionHost) => new ProjectionAdmin(host) },
      ],
      exports: [rows, LogIntegrity, ReadModels, ProjectionAdmin, ProjectionHost],
    };
  }
}

const optional = (token: string): { token: string; optional: true } => ({ token, optional: true });

function databaseUrl(given?: string): string {
  const url = given ?? process.env['DATABASE_URL'];
  if (!url) throw new TypeError('read models need DATABASE_URL');
  return url;
}

function dataSourceModule(options: ServiceProjections): DynamicModule {
  return TypeOrmModule.forRootAsync({
    inject: [optional(DATABASE_URL)],
    useFactory: async (url?: string) => {
      const database = { databaseUrl: databaseUrl(url), schema: options.schema };
      return {
        ...dataSourceOptions(database, options.entities, [], options.poolSize ?? 10),
        retryAttempts: 60,
        retryDelay: 500,
        dataSourceName: options.schema,
      };
    },
  });
}

type HostParts = Omit<ConstructorParameters<typeof ProjectionHost>[0], 'service' | 'schema'>;
async function makeHost(options: ServiceProjections, parts: HostParts): Promise<ProjectionHost> {
  const { schema, migrations } = options;
  const pending = await pendingMigrations(parts.source, schema, migrations);
  if (pending.length > 0)
    throw new Error(`schema '${schema}' lacks migrations (${pending.join(', ')}): run the service's migrate step first`);
  return new ProjectionHost({ ...parts, schema, service: options.service ?? schema.replaceAll('_', '-') });
}
