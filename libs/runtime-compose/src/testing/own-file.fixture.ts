import { digestOf, type ArtifactManifest } from '@slipway/contracts';
import { ROLLING, type ChangeInput, type Scenario } from '@slipway/runtime-target';
import type { ComposeHarness } from './compose-harness.fixture';

export type Serves = NonNullable<NonNullable<ArtifactManifest['compose']>['serves']>;

/** Releases of somebody's own Compose file: `web`, and `store`, which has data. */
export class OwnFiles {
  constructor(private readonly harness: () => ComposeHarness) {}

  web(greeting: string, more = ''): string {
    return `${this.service('web', `GREETING: ${greeting}`)}${more}`;
  }

  withStore(greeting: string): string {
    const store = `${this.service('store')}    volumes: ["data:/data"]\n`;
    return `services:\n${this.web(greeting, '    depends_on: [store]\n')}${store}volumes: { data: }\n`;
  }

  withoutStore(greeting: string): string {
    return `services:\n${this.web(greeting, '    deploy: { replicas: 2 }\n')}`;
  }

  async release(
    scenario: Scenario,
    version: string,
    file: string,
    strategy: ChangeInput['strategy'] = ROLLING,
    more: Pick<Serves, 'probes'> = {},
  ): Promise<ChangeInput> {
    const harness = this.harness();
    const base = await scenario.release(version, strategy);
    const manifest = harness.target.render({
      projectId: 'demo',
      serviceId: 'svc-shop',
      serviceName: scenario.serviceName,
      slotId: scenario.slotId,
      releaseId: base.releaseId,
      artifactDigest: base.artifactDigest,
      artifactVersion: version,
      artifactManifest: {
        api_version: 'slipway/v1',
        compose: { file: 'compose.yaml', serves: { name: 'web', port: 8080, ...more } },
        verification: { health: { path: '/healthz' }, watch_ms: 100 },
      },
      files: { 'compose.yaml': Buffer.from(file) },
      connection: harness.connection,
      variables: {},
      strategy,
    });
    return { ...base, manifest, manifestDigest: digestOf(manifest) };
  }

  private service(name: string, variable = 'ROLE: store'): string {
    const environment = `{ PORT: "8080", ${variable} }`;
    return `  ${name}:\n    image: ${this.harness().images.sample}\n    environment: ${environment}\n    stop_grace_period: 3s\n`;
  }
}
