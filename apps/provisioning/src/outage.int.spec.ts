import { eventually, startPostgresAlone, type PostgresServer } from '@slipway/testing';
import { startProvisioning, type Caller, type ProvisioningUnderTest } from './provisioning.fixture';

jest.setTimeout(120_000);
const PATIENT = { timeoutMs: 60_000 };

describe('provisioning without its servers', () => {
  let postgres: PostgresServer;
  let service: ProvisioningUnderTest;
  let admin: Caller;
  const failing = async () => (await service.platform.readiness.report()).failing;

  beforeAll(async () => {
    service = await startProvisioning(async () => (postgres = await startPostgresAlone()));
    admin = service.as('admin');
  });
  afterAll(() => service?.stop());

  it('refuses commands and queries while PostgreSQL is away, and goes on by itself when it is back', async () => {
    await admin.call('create-project', { name: 'before' });
    await postgres.kill();
    await eventually(async () => (await failing()).includes('database'), PATIENT);
    const unavailable = { code: 'dependency_unavailable', retryable: true };
    await expect(admin.call('create-project', { name: 'during' })).rejects.toMatchObject(unavailable);
    await expect(admin.call('list-projects', {})).rejects.toMatchObject(unavailable);
    await postgres.start();
    await eventually(async () => (await failing()).length === 0, PATIENT);
    await eventually(() => admin.call('create-project', { name: 'after' }), PATIENT);
    const { items } = await eventually(() => admin.call('list-projects', {}), PATIENT);
    expect(items.map((item) => item.project_id)).toEqual(['after', 'before']);
  });

  it('refuses commands while nats-server is away, loses nothing that it acknowledged, and goes on by itself', async () => {
    await admin.call('create-project', { name: 'acknowledged' });
    await service.servers.nats.kill();
    await eventually(async () => (await failing()).includes('event_log'), PATIENT);
    await expect(admin.call('create-project', { name: 'lost' })).rejects.toMatchObject({ code: 'dependency_unavailable' });
    await service.servers.nats.start();
    await eventually(async () => (await failing()).length === 0, PATIENT);
    const { items } = await eventually(() => admin.call('list-projects', {}), PATIENT);
    expect(items.map((item) => item.project_id)).toEqual(['acknowledged', 'after', 'before']);
    await eventually(() => admin.call('create-project', { name: 'again' }), PATIENT);
  });
});
