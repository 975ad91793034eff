import { ApiError, type ApiClient, type Schemas } from '@slipway/api-client';

export const DEMO = {
  project: 'demo',
  service: 'hello',
  version: '1.0.0',
  environments: [
    { name: 'dev', type: 'development', title: 'Development' },
    { name: 'staging', type: 'staging', title: 'Staging' },
    { name: 'prod', type: 'production', title: 'Production' },
  ],
  target: 'local',
} as const;

/** An act that an earlier, interrupted first start may have done already. */
async function unlessThere(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'already_exists') throw error;
  }
}

/**
 * Project `demo` with `dev`, `staging` and `prod`, a process target `local` in each, and the service `hello`; as any client would.
 * `connection` of the targets: the runtime's default unless given.
 */
export async function createDemoProject(client: ApiClient, connection?: Schemas['CreateTarget']['connection']): Promise<void> {
  const { project, service, target } = DEMO;
  const once = (what: string): { header: { 'Idempotency-Key': string } } => ({ header: { 'Idempotency-Key': `demo-${what}` } });
  await unlessThere(() => client.POST('/api/v1/projects', { params: once('project'), body: { name: project, title: 'Demo' } }));
  const environments = DEMO.environments.map(async ({ name, type, title }) => {
    await unlessThere(() => client.POST('/api/v1/environments', { params: once(name), body: { project, name, type, title } }));
    const body = { project, environment: name, name: target, runtime_type: 'process', connection } as const;
    await unlessThere(() => client.POST('/api/v1/deploy/targets', { params: once(`${name}-target`), body }));
  });
  const body = { project, name: service, title: 'Hello', kind: 'backend' } as const;
  await Promise.all([...environments, unlessThere(() => client.POST('/api/v1/services', { params: once('service'), body }))]);
}
