import { isSlipwayError, resolveStrategy, type ArtifactManifest } from '@slipway/contracts';
import type { RenderInput } from '@slipway/runtime-target';
import { asComposeManifest } from '../manifest/compose-manifest';
import { renderManifest } from '../manifest/render-manifest';

type Probes = NonNullable<NonNullable<ArtifactManifest['compose']>['serves']>['probes'];
const IMAGE = `example.org/web@sha256:${'a'.repeat(64)}`;

function render(yaml: string, variables: RenderInput['variables'] = {}, probes?: Probes) {
  const manifest = renderManifest({
    projectId: 'demo',
    serviceId: 'svc-1',
    serviceName: 'shop',
    slotId: 'slt-1',
    releaseId: 'rel-1',
    artifactDigest: `sha256:${'0'.repeat(64)}`,
    artifactVersion: '1.0.0',
    artifactManifest: {
      api_version: 'slipway/v1',
      compose: { file: 'compose.yaml', serves: { name: 'web', port: 8080, ...(probes && { probes }) } },
    },
    files: { 'compose.yaml': Buffer.from(yaml) },
    connection: { host: 'docker.example.org', port: 22, user: 'deploy', project_name: 'shop', routed_port: 8000 },
    variables,
    strategy: resolveStrategy('rolling'),
  });
  return asComposeManifest({ ...manifest });
}

function refusedField(yaml: string, variables?: RenderInput['variables']): unknown {
  try {
    render(yaml, variables);
  } catch (error) {
    if (isSlipwayError(error) && error.code === 'manifest_refused') return error.details['field'];
    throw error;
  }
  return 'nothing was refused';
}

const withService = (lines: string): string => `services:\n  web:\n    image: ${IMAGE}\n    ${lines}\n`;

describe('a Compose file of somebody’s own', () => {
  it('runs as it is written, with counts, volumes and what is served taken out of it', () => {
    const manifest = render(`
services:
  web:
    image: ${IMAGE}
    environment: [GREETING=hello, "COST=5$$"]
    depends_on: [db]
    deploy: { replicas: 3, resources: { limits: { memory: 64m } } }
  db:
    image: ${IMAGE}
    volumes: ["data:/var/lib/db"]
    stop_grace_period: 1m30s
volumes: { data: }
x-note: nothing
`);
    expect(manifest.scale).toEqual({ web: 3, db: 1 });
    expect(manifest.kept).toEqual(['db']);
    expect(manifest.volumes).toEqual(['data']);
    expect(manifest.serving).toEqual({ service: 'web', port: 8080 });
    expect(manifest.services['web']).toMatchObject({
      environment: { GREETING: 'hello', COST: '5$$', SLIPWAY_ARTIFACT_VERSION: '1.0.0' },
      deploy: { resources: { limits: { memory: '64m' } } },
      depends_on: { db: { condition: 'service_started' } },
      restart: 'unless-stopped',
    });
    expect(manifest.services['db']).toMatchObject({ volumes: [{ type: 'volume', source: 'data', target: '/var/lib/db' }] });
    expect(manifest.application.processes['db']?.stop_grace_ms).toBe(90_000);
  });

  it('has probes as a process has, with the same defaults, where slipway.yaml gives it some', () => {
    const probes = { startup: { path: '/started', failure_threshold: 20 }, readiness: { path: '/ready' } };
    const { serving, application } = render(withService('init: true'), {}, probes);
    const defaults = { period_ms: 10_000, timeout_ms: 1000, success_threshold: 1, initial_delay_ms: 0 };
    const resolved = {
      startup: { ...defaults, path: '/started', failure_threshold: 20 },
      readiness: { ...defaults, path: '/ready', failure_threshold: 3 },
    };
    expect(serving).toEqual({ service: 'web', port: 8080, ...resolved });
    expect(application.processes['web']?.probes).toEqual(resolved);
  });

  it('takes variables from the release alone, and leaves a secret in its place', () => {
    const pin = { secret_ref: 'sec-1', version: 1, fingerprint: 'f' };
    const manifest = render(withService('environment: { A: "${A}", B: "${B:-other}", TOKEN: "Bearer ${TOKEN}" }'), {
      A: 'one $',
      TOKEN: pin,
    });
    expect(manifest.services['web']?.['environment']).toMatchObject({ A: 'one $$', B: 'other', TOKEN: 'Bearer ${TOKEN}' });
    expect(manifest.application.processes['web']?.secrets).toEqual({ TOKEN: pin });
    expect(refusedField(withService('command: ["serve", "${TOKEN}"]'), { TOKEN: pin })).toBe('services.web.command[1]');
    expect(refusedField(withService('command: ["serve", "${HOME}"]'))).toBe('services.web.command[1]');
    expect(refusedField(withService('command: ["serve", "$(id)"]'))).toBe('services.web.command[1]');
    const confusing = `services:\n  web: { image: ${IMAGE} }\n  web.environment: { image: ${IMAGE}, command: ["serve", "\${TOKEN}"] }\n`;
    expect(refusedField(confusing, { TOKEN: pin })).toBe('services.web.environment.command[1]');
  });

  it('judges what anchors, merges and extensions amount to', () => {
    const merged = (extension: string): string => `x-base: &base ${extension}\nservices:\n  web:\n    <<: *base\n    image: ${IMAGE}\n`;
    expect(render(merged('{ init: true, x-note: kept out }')).services['web']).toMatchObject({ init: true });
    expect(render(merged('{ init: true, x-note: kept out }')).services['web']).not.toHaveProperty('x-note');
    expect(refusedField(merged('{ privileged: true }'))).toBe('services.web.privileged');
    expect(refusedField(merged('{ volumes: ["/:/host"] }'))).toBe('services.web.volumes[0]');
    expect(refusedField(merged('{ env_file: [/etc/passwd] }'))).toBe('services.web.env_file');
    expect(refusedField(`x-base: $(id)\n${withService('init: true')}`)).toBe('x-base');
  });

  it.each([
    ['privileged: true', 'services.web.privileged'],
    ['network_mode: host', 'services.web.network_mode'],
    ['pid: host', 'services.web.pid'],
    ['ipc: host', 'services.web.ipc'],
    ['userns_mode: host', 'services.web.userns_mode'],
    ['uts: host', 'services.web.uts'],
    ['cgroup: host', 'services.web.cgroup'],
    ['devices: [/dev/sda]', 'services.web.devices'],
    ['cap_add: [SYS_ADMIN]', 'services.web.cap_add'],
    ['security_opt: ["seccomp:unconfined"]', 'services.web.security_opt[0]'],
    ['volumes: ["/:/host"]', 'services.web.volumes[0]'],
    ['volumes: ["./data:/data"]', 'services.web.volumes[0]'],
    ['volumes: ["/var/run/docker.sock:/var/run/docker.sock"]', 'services.web.volumes[0]'],
    ['volumes: [{ type: bind, source: /etc, target: /etc }]', 'services.web.volumes[0].type'],
    ['volumes: [{ type: volume, source: ../x, target: /x }]', 'services.web.volumes[0].source'],
    ['volumes: ["data:/data:rshared"]', 'services.web.volumes[0]'],
    ['build: .', 'services.web.build'],
    ['extends: { file: other.yaml, service: web }', 'services.web.extends'],
    ['env_file: /etc/passwd', 'services.web.env_file'],
    ['environment: [HOME]', 'services.web.environment[0]'],
    ['environment: { "SAFE=1": x }', 'services.web.environment.SAFE=1'],
    ['configs: [a]', 'services.web.configs'],
    ['secrets: [a]', 'services.web.secrets'],
    ['provider: { type: model }', 'services.web.provider'],
    ['ports: ["80:80"]', 'services.web.ports'],
    ['volumes_from: [other]', 'services.web.volumes_from'],
    ['use_api_socket: true', 'services.web.use_api_socket'],
    ['gpus: all', 'services.web.gpus'],
    ['runtime: runc-evil', 'services.web.runtime'],
    ['sysctls: { kernel.core_pattern: x }', 'services.web.sysctls'],
    ['extra_hosts: ["a:host-gateway"]', 'services.web.extra_hosts'],
    ['post_start: [{ command: id, privileged: true }]', 'services.web.post_start'],
    ['develop: { watch: [] }', 'services.web.develop'],
    ['container_name: web', 'services.web.container_name'],
    ['labels: { com.docker.compose.project: other }', 'services.web.labels.com.docker.compose.project'],
    ['labels: { slipway.slot: other }', 'services.web.labels.slipway.slot'],
    ['logging: { driver: syslog }', 'services.web.logging.driver'],
    ['networks: [front]', 'services.web.networks.front'],
    ['deploy: { mode: global }', 'services.web.deploy.mode'],
    ['depends_on: { web: { condition: service_completed_successfully } }', 'services.web.depends_on.web.condition'],
    ['depends_on: [other]', 'services.web.depends_on.other'],
    ['__proto__: { privileged: true }', 'services.web.__proto__'],
  ])('refuses %s, naming the field', (line, field) => {
    expect(refusedField(withService(line))).toBe(field);
  });

  it.each([
    ['include: [other.yaml]', 'include'],
    ['secrets: { a: { file: /etc/shadow } }', 'secrets'],
    ['configs: { a: { file: /etc/shadow } }', 'configs'],
    ['networks: { host: { external: true } }', 'networks.host'],
    ['networks: { default: { driver: macvlan } }', 'networks.default.driver'],
    ['volumes: { data: { driver_opts: { type: none, o: bind, device: / } } }', 'volumes.data.driver_opts'],
    ['volumes: { data: { external: true } }', 'volumes.data.external'],
    ['volumes: { data: { driver: sshfs } }', 'volumes.data.driver'],
    ['models: { a: { model: x } }', 'models'],
  ])('refuses %s at the top', (line, field) => {
    expect(refusedField(`${withService('init: true')}${line}\n`)).toBe(field);
  });

  it.each([
    ['a tag', 'services: !!js/function x', 'compose.yaml'],
    ['a key twice', `${withService('init: true')}    init: false\n`, 'compose.yaml'],
    [
      'aliases without end',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n`,
      'compose.yaml',
    ],
    [
      'merges without end',
      [...Array(20).keys()].map((n) => `x${n}: &x${n} { <<: [${n ? `*x${n - 1}, *x${n - 1}` : '{}'}] }\n`).join(''),
      'compose.yaml',
    ],
    ['an alias of itself', 'services: &all { web: *all }', 'compose.yaml'],
    ['nesting without end', `services: ${'{ a: '.repeat(40)}x${' }'.repeat(40)}`, 'compose.yaml'],
    ['a key that is no text', 'services: { ? { a: b } : x }', 'compose.yaml'],
    ['two documents', `${withService('init: true')}---\n${withService('privileged: true')}`, 'compose.yaml'],
    ['no services', 'services: {}', 'services'],
    ['a service without an image', 'services: { web: { init: true } }', 'services.web.image'],
    ['a service that the artifact serves and the file lacks', `services: { other: { image: "${IMAGE}" } }`, 'compose.serves.name'],
  ])('refuses %s', (_what, yaml, field) => {
    expect(refusedField(yaml)).toBe(field);
  });

  it('refuses manifests of another runtime', () => {
    const input = { artifactManifest: { api_version: 'slipway/v1', kubernetes: { files: ['a.yaml'] } }, connection: { routed_port: 1 } };
    expect(() => renderManifest(input as never)).toThrow(/Kubernetes/);
  });
});
