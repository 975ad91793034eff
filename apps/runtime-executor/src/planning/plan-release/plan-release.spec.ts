import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOf, packDirectory } from '@slipway/artifact-archive';
import type { BlobStore } from '@slipway/blob-store';
import { deriveId, digestOf, SlipwayError, type Principal } from '@slipway/contracts';
import { ComposeRuntimeTarget } from '@slipway/runtime-compose';
import type { CredentialStore } from '@slipway/secrets';
import type { CallerContext } from '@slipway/service-kit';
import { SlotObserver } from '../../runtime/slot-observer';
import { TargetAccesses } from '../../runtime/target-accesses';
import { ArtifactFiles } from '../artifact-files';
import { PlanRelease, PlanReleaseHandler } from './plan-release.query';

const environmentId = deriveId('environment', 'demo', 'dev');
const permissions = ['deploy:release:apply', 'deploy:compose:apply'] as const;
const principal: Principal = {
  actorId: 'mia',
  actorType: 'human',
  permissions,
  projects: ['demo'],
  environments: [environmentId],
  grants: [{ permissions, projects: ['demo'], environments: [environmentId] }],
};
const IMAGE = `example.org/web@sha256:${'a'.repeat(64)}`;

/** Asks what a Compose file would do; `touched`: what was done outside of this process. */
async function plan(service: string): Promise<{ refusal: unknown; touched: readonly string[] }> {
  const touched: string[] = [];
  const unreachable = (what: string) => (): Promise<never> => {
    touched.push(what);
    return Promise.reject(new SlipwayError('dependency_unavailable', 'nobody is there', { host: 'docker.example.org' }));
  };
  const archive = await archiveOf(`services:\n  web:\n    image: ${IMAGE}\n    ${service}\n`);
  const blobs = { get: () => Promise.resolve(new Blob([archive]).stream()) } as unknown as BlobStore;
  const credentials = { reveal: unreachable('credential') } as unknown as CredentialStore;
  const compose = new ComposeRuntimeTarget({ network: { resolve: unreachable('network') } });
  const runtimes = new Map([['compose' as const, compose]]);
  const handler = new PlanReleaseHandler(new SlotObserver(), new TargetAccesses(credentials), new ArtifactFiles(blobs), runtimes);
  const refusal = await handler.execute(asked()).catch((error: unknown) => error);
  await compose.close();
  return { refusal, touched };
}

async function archiveOf(file: string): Promise<Uint8Array> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-plan-'));
  writeFileSync(join(directory, 'compose.yaml'), file);
  const archive = await bytesOf(packDirectory(directory));
  rmSync(directory, { recursive: true });
  return archive;
}

const asked = (): PlanRelease =>
  new PlanRelease(
    {
      project_id: 'demo',
      runtime_type: 'compose',
      artifact_manifest: { api_version: 'slipway/v1', compose: { file: 'compose.yaml', serves: { name: 'web', port: 8080 } } },
      connection: { host: 'docker.example.org', port: 22, user: 'deploy', host_key: 'SHA256:x', project_name: 'shop', routed_port: 8000 },
      credential: { version: 1, fingerprint: 'x' },
      subject: {
        environment_id: environmentId,
        service_id: deriveId('service', 'shop'),
        service_name: 'shop',
        slot_id: deriveId('slot', 'shop'),
        target_id: deriveId('target', 'docker'),
        artifact_digest: digestOf('shop'),
        artifact_version: '1.0.0',
        strategy: 'rolling',
        variables: {},
      },
    } as unknown as PlanRelease['request'],
    { principal } as CallerContext,
  );

describe('what a Compose file would do', () => {
  it('is seen at the host', async () => {
    const { refusal, touched } = await plan('init: true');
    expect(refusal).toMatchObject({ code: 'dependency_unavailable' });
    expect(touched).toContain('credential');
  });

  it.each([
    ['privileged: true', 'services.web.privileged'],
    ['volumes: ["/var/run/docker.sock:/s"]', 'services.web.volumes[0]'],
    ['env_file: /etc/shadow', 'services.web.env_file'],
    ['command: ["$(id)"]', 'services.web.command[0]'],
  ])('is not even looked for when it says %s: no connection is opened, no credential', async (service, field) => {
    const { refusal, touched } = await plan(service);
    expect(refusal).toMatchObject({ code: 'manifest_refused', details: { field } });
    expect(touched).toEqual([]);
  });
});
