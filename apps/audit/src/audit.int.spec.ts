import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { DeploymentRecordSchema, EMBEDDED_ROLES, TimelineViewSchema, type Principal } from '@slipway/contracts';
import { CommandRunner, InMemoryEventStore } from '@slipway/event-sourcing';
import { DATABASE_URL, EVENT_STORE, ProjectionAdmin, ReadModels, runMigrations } from '@slipway/projections-typeorm';
import { CallerContext, Clock, createLogger, LOGGER, Metrics, NATS, Redaction, SystemClock } from '@slipway/service-kit';
import { eventually, startPostgres, testRun, type PostgresDatabase } from '@slipway/testing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { getRepositoryToken } from '@nestjs/typeorm';
import { DataSource, type Repository, type SelectQueryBuilder } from 'typeorm';
import { AuditEventRow } from './audit-log/projections/audit-events/audit-event.row';
import { ListEvents } from './audit-log/queries/list-events/list-events.query';
import { AuditConfig } from './audit.config';
import { AuditModule } from './audit.module';
import { MIGRATIONS, SCHEMA } from './audit.schema';
import { GetDeployment } from './deployment/queries/get-deployment/get-deployment.query';
import { ListDeployments } from './deployment/queries/list-deployments/list-deployments.query';
import { ReleaseStory } from './fixture/release-story.fixture';
import { GetTimeline } from './timeline/queries/get-timeline/get-timeline.query';

const ajv = addFormats(new Ajv({ strict: false }));
const viewer: Principal = {
  actorId: 'viewer',
  actorType: 'human',
  permissions: EMBEDDED_ROLES.viewer,
  projects: ['demo'],
  environments: ['*'],
};

describe('audit', () => {
  let database: PostgresDatabase;
  let store: InMemoryEventStore;
  let app: INestApplicationContext;

  const ask = async <T>(make: (caller: CallerContext) => object, principal: Principal = viewer): Promise<T> => {
    const position = await store.position();
    const caller = new CallerContext(principal, '', 'query', undefined, 'api', 'cor', position, Date.now() + 5_000, new SystemClock());
    return app.get(QueryBus).execute<never, T>(make(caller) as never);
  };
  const dump = async (): Promise<string> => {
    const tables = ['audit_event', 'timeline_entry', 'timeline_resource', 'deployment_record', 'deployment_origin'];
    const source = app.get(DataSource);
    const rows = tables.map((table) => source.query(`SELECT t::text AS row FROM ${table} t ORDER BY 1`));
    return JSON.stringify(await Promise.all(rows));
  };

  beforeEach(async () => {
    database = await startPostgres();
    await runMigrations({ databaseUrl: database.url, schema: SCHEMA, migrations: MIGRATIONS });
    store = new InMemoryEventStore();
    const keyFile = join(mkdtempSync(join(testRun(), 'audit-')), 'endpoints.key');
    writeFileSync(keyFile, randomBytes(32).toString('base64'));
    @Global()
    @Module({
      providers: [
        { provide: EVENT_STORE, useValue: store },
        { provide: DATABASE_URL, useValue: database.url },
        { provide: NATS, useValue: null },
        { provide: LOGGER, useValue: createLogger({ service: 'audit', instance: 'test', level: 'silent', redaction: new Redaction() }) },
        { provide: AuditConfig, useValue: Object.assign(new AuditConfig(), { SLIPWAY_ENDPOINTS_KEY_FILE: keyFile }) },
        { provide: CommandRunner, useValue: new CommandRunner(store) },
        { provide: Metrics, useValue: new Metrics('audit', 'test') },
        { provide: Clock, useClass: SystemClock },
        Redaction,
      ],
      exports: [EVENT_STORE, DATABASE_URL, NATS, LOGGER, AuditConfig, CommandRunner, Metrics, Clock, Redaction],
    })
    class PlatformStub {}
    @Module({ imports: [PlatformStub, AuditModule] })
    class Root {}
    app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  });
  afterEach(async () => {
    await app.close();
    await database.stop();
  });

  it('tells the whole timeline in the order of the log, events that name no release included', async () => {
    const story = new ReleaseStory(store);
    const other = new ReleaseStory(store, { name: 'two' });
    await story.intake();
    await story.previewed();
    await other.applied();
    await story.pendingApproval();
    await story.approved();
    await story.carriedOut();
    const view = await ask<{ entries: { action: string; position: number; summary: string }[] }>(
      (caller) => new GetTimeline({ id: story.releaseId }, caller),
    );
    expect(ajv.validate(TimelineViewSchema, view) || ajv.errors).toBe(true);
    expect(view.entries.map(({ action }) => action)).toEqual([
      'release.previewed',
      'release.pending_approval',
      'approval.opened',
      'approval.reviewed',
      'release.approved',
      'execution.claimed',
      'execution.started',
      'release.applying',
      'execution.step_started',
      'execution.step_succeeded',
      'slot.deployed',
      'release.verifying',
      'release.applied',
    ]);
    const positions = view.entries.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(view.entries[0]!.summary).toBe('Previewed hello 1.0.0 to prod/here: 0 actions, risk low');
  });

  it('pages without skipping or repeating', async () => {
    const story = new ReleaseStory(store);
    await story.applied();
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask<{ entries: { position: number }[]; next_cursor: string | null }>(
        (caller) => new GetTimeline({ id: story.releaseId, limit: 4, cursor }, caller),
      );
      seen.push(...page.entries.map(({ position }) => position));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(13);
    expect(new Set(seen).size).toBe(13);
  });

  it('records what was deployed, when, why, by whom, approved by whom, from what; waiting apart from deploying', async () => {
    const story = new ReleaseStory(store);
    await story.applied();
    const record = await ask<{ stages: { stage: string; at: string }[] }>((caller) => new GetDeployment({ id: story.releaseId }, caller));
    expect(ajv.validate(DeploymentRecordSchema, record) || ajv.errors).toBe(true);
    expect(record).toMatchObject({
      change_id: story.changeId,
      artifact_version: '1.0.0',
      environment_name: 'prod',
      target_name: 'here',
      reason: 'Say hello',
      requested_by: 'developer',
      approved_by: ['approver'],
      approval_ticket: story.ticketId,
      result: 'applied',
      outcome: 'succeeded',
      waiting_ms: 3 * 60_000,
      deploying_ms: 5 * 60_000,
    });
    expect(record.stages.map(({ stage }) => stage)).toEqual([
      'change_intake',
      'build',
      'verification',
      'approval_requested',
      'release',
      'deploy',
      'post_deploy_verification',
      'completion',
    ]);
  });

  it('lists deployments that someone asked for, latest first; a mere preview is none', async () => {
    const [first, second, third] = ['one', 'two', 'three'].map((name) => new ReleaseStory(store, { name }));
    await first!.applied();
    await second!.applied();
    await third!.previewed();
    const page = await ask<{ items: { release_id: string }[] }>((caller) => new ListDeployments({ project: 'demo' }, caller));
    expect(page.items.map((item) => item.release_id)).toEqual([second!.releaseId, first!.releaseId]);
  });

  it('answers for another project exactly as for none', async () => {
    const story = new ReleaseStory(store, { project: 'other' });
    await story.applied();
    const refusals = [
      ask((caller) => new GetTimeline({ id: story.releaseId }, caller)),
      ask((caller) => new GetDeployment({ id: story.releaseId }, caller)),
      ask((caller) => new ListEvents({ project: 'other' }, caller)),
      ask((caller) => new ListDeployments({ project: 'other' }, caller)),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ code: 'unknown_resource' });
    expect(await ask((caller) => new ListEvents({}, caller))).toMatchObject({ items: [] });
    const unknown = (id: string) => ask((caller) => new GetTimeline({ id }, caller)).catch((error: Error) => error.message);
    expect(await unknown(story.releaseId)).toBe(((await unknown('rel-none')) as string).replace('rel-none', story.releaseId));
  });

  it('refuses a caller without the permission', async () => {
    const nobody = { ...viewer, permissions: [] };
    await expect(ask((caller) => new ListEvents({}, caller), nobody)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask((caller) => new GetTimeline({ id: 'rel-1' }, caller), nobody)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask((caller) => new GetDeployment({ id: 'rel-1' }, caller), nobody)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask((caller) => new ListDeployments({}, caller), nobody)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('finds events by actor, action, resource and time', async () => {
    const story = new ReleaseStory(store);
    await story.applied();
    const found = async (request: ConstructorParameters<typeof ListEvents>[0]): Promise<string[]> =>
      (await ask<{ items: { action: string }[] }>((caller) => new ListEvents(request, caller))).items.map(({ action }) => action);
    expect(await found({ action: 'slot.deployed' })).toEqual(['slot.deployed']);
    expect(await found({ resource: story.ticketId })).toEqual(['approval.reviewed', 'approval.opened']);
    expect(await found({ actor: 'service:release', limit: 2 })).toEqual(['release.applied', 'release.verifying']);
    expect(await found({ until: '2026-11-20T12:02:00.000Z' })).toEqual(['artifact.registered', 'change.recorded']);
    expect(await found({ since: '2026-11-20T12:02:00.000Z', until: '2026-11-20T12:03:00.000Z' })).toEqual(['release.previewed']);
  });

  it('reads no more of a long log than a range of time has', async () => {
    const source = app.get(DataSource);
    await source.query(
      `INSERT INTO audit_event SELECT n, 'demo', '_', 'r', 'a', 'act', timestamptz '2026-01-01Z' + n * interval '1 minute', to_json(n)
       FROM generate_series(1, 30000) n`,
    );
    await source.query('VACUUM ANALYZE audit_event');
    const builders = jest.spyOn(app.get<Repository<AuditEventRow>>(getRepositoryToken(AuditEventRow)), 'createQueryBuilder');
    const read = async (request: ConstructorParameters<typeof ListEvents>[0]): Promise<[items: unknown[], beside: number]> => {
      const { items } = await ask<{ items: number[] }>((caller) => new ListEvents({ limit: 3, ...request }, caller));
      const builder = builders.mock.results.at(-1)!.value as SelectQueryBuilder<AuditEventRow>;
      const [sql, parameters] = builder.getQueryAndParameters();
      const plan: { 'QUERY PLAN': unknown }[] = await source.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, parameters);
      const beside = [...JSON.stringify(plan).matchAll(/"Rows Removed by Filter":(\d+)/g)].map(([, count]) => Number(count));
      return [items, Math.max(0, ...beside)];
    };
    const since = '2026-01-03T00:00:00.000Z';
    expect(await read({ since, until: '2026-01-05T00:00:00.000Z' })).toEqual([[5759, 5758, 5757], 0]);
    expect(await read({ until: '2026-01-01T00:03:00.000Z' })).toEqual([[2, 1], 0]);
    expect(await read({ since })).toEqual([[30000, 29999, 29998], 0]);
    expect(await read({ since: '2026-01-21T19:59:00.000Z' })).toEqual([[30000, 29999], 0]);
    expect((await read({ since: '2027-01-01T00:00:00.000Z' }))[0]).toEqual([]);
  });

  it('keeps text that PostgreSQL could not hold as text, and goes on', async () => {
    const story = new ReleaseStory(store);
    await story.previewed('a\u0000b\ud800c');
    await story.pendingApproval();
    const view = await ask<{ entries: { detail: { subject?: { reason: string } } }[] }>(
      (caller) => new GetTimeline({ id: story.releaseId }, caller),
    );
    expect(view.entries).toHaveLength(3);
    expect(view.entries[0]!.detail.subject!.reason).toContain('a');
  });

  it('gives the same rows, byte for byte, when it is rebuilt', async () => {
    for (const name of ['one', 'two', 'three']) await new ReleaseStory(store, { name }).applied();
    const readModels = app.get(ReadModels);
    const names = ['audit-events', 'deployment-record'];
    const head = await store.position();
    for (const name of names) await readModels.waitFor(name, head);
    const before = await dump();
    for (const name of names) await readModels.rebuild(name);
    await eventually(async () => {
      const { items } = await app.get(ProjectionAdmin).listProjections();
      return items.every((item) => item.state === 'live' && item.lag === 0);
    });
    expect(await dump()).toBe(before);
    expect(before.length).toBeGreaterThan(10_000);
  });
});
