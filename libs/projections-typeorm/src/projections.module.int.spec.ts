import 'reflect-metadata';
import { Global, Inject, Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectRepository } from '@nestjs/typeorm';
import { InMemoryEventStore, type Recorded } from '@slipway/event-sourcing';
import { startPostgres, type PostgresDatabase } from '@slipway/testing';
import { register } from 'prom-client';
import { Column, Entity, PrimaryColumn, Repository } from 'typeorm';
import { Ledger, LedgerMigration1763600000001, migrateLedger } from './fixture/ledger';
import { Projects } from './fixture/projects';
import { LogIntegrity } from './log-integrity';
import type { Reaction } from './projection';
import { DATABASE_URL, EVENT_STORE, ProjectionsModule } from './projections.module';
import { ProjectionAdmin, ReadModels } from './read-models';

@Entity('tally')
class TallyRow {
  @PrimaryColumn('text') project_id!: string;
  @Column('integer') events!: number;
}

@Injectable()
class LedgerProjection extends Ledger {}

@Injectable()
class Note implements Reaction {
  readonly name = 'note-on-project';
  readonly subjects = ['events.*.project.created.*'];
  readonly positions: number[] = [];
  constructor(@Inject(EVENT_STORE) readonly store: InMemoryEventStore) {}
  async react(event: Recorded): Promise<void> {
    this.positions.push(event.position);
  }
}

@Injectable()
class Queries {
  constructor(@InjectRepository(TallyRow) readonly tallies: Repository<TallyRow>) {}
}

describe('ProjectionsModule', () => {
  let database: PostgresDatabase;
  let store: InMemoryEventStore;
  let app: INestApplicationContext | undefined;

  const start = (): Promise<INestApplicationContext> => {
    @Global()
    @Module({
      providers: [
        { provide: EVENT_STORE, useValue: store },
        { provide: DATABASE_URL, useValue: database.url },
      ],
      exports: [EVENT_STORE, DATABASE_URL],
    })
    class PlatformModule {}
    @Module({
      imports: [
        PlatformModule,
        ProjectionsModule.forService({
          schema: 'ledger',
          projections: [LedgerProjection],
          reactions: [Note],
          migrations: [LedgerMigration1763600000001],
          entities: [TallyRow],
        }),
      ],
      providers: [Queries],
    })
    class AppModule {}
    return NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  };

  beforeEach(async () => {
    database = await startPostgres();
    store = new InMemoryEventStore();
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await database.stop();
  });

  it('runs projections and reactions, serves repositories, status and lag, and stops', async () => {
    expect(await migrateLedger(database.url)).toEqual([
      'Checkpoint1763600000000',
      'LedgerMigration1763600000001',
      'CheckpointBlock1764450000000',
    ]);
    expect(await migrateLedger(database.url)).toEqual([]);
    app = await start();
    const position = await new Projects(store).append(25);
    await app.get(ReadModels).waitFor('ledger', position);
    await app.get(ReadModels).waitFor('note-on-project', position);
    expect(await app.get(Queries).tallies.findOneByOrFail({ project_id: 'p-3' })).toEqual({ project_id: 'p-3', events: 3 });
    expect(app.get(Note).positions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    app.get(LogIntegrity).assertSound();

    const admin = app.get(ProjectionAdmin);
    expect((await admin.listProjections()).items).toMatchObject([
      { service: 'ledger', name: 'ledger', kind: 'projection', position: 25, head: 25, lag: 0, state: 'live', error: null },
      { service: 'ledger', name: 'note-on-project', kind: 'reaction', position: 25 },
    ]);
    expect(await admin.rebuildProjection('ledger')).toMatchObject({ name: 'ledger' });
    await expect(admin.rebuildProjection('nothing')).rejects.toMatchObject({ code: 'unknown_resource' });
    expect(await register.metrics()).toMatch(/slipway_projection_lag_events\{projection="ledger",kind="projection"\} 0/);
  });

  it('refuses to start while migrations are pending', async () => {
    await expect(start()).rejects.toThrow(
      /lacks migrations \(Checkpoint1763600000000, CheckpointBlock1764450000000, LedgerMigration1763600000001\)/,
    );
  });
});
