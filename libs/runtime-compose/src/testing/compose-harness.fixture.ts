import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sha256, type ArtifactManifest, type ComposeConnection } from '@slipway/contracts';
import {
  ask,
  type RuntimeHarness,
  type SampleArtifact,
  type SampleBehaviour,
  type Scale,
  type TargetAccess,
} from '@slipway/runtime-target';
import { docker, findComposePlugin, haproxyImage, ImageRegistry, nodeImage, Sshd, type SshdSettings } from '@slipway/testing';
import { ComposeRuntimeTarget } from '../compose-runtime-target';
import { LABELS, SlotNames } from '../slot/slot-names';
import { SAMPLE_SERVER } from './sample-server.fixture';

const FIRST_PORT = 30_000;
let harnesses = 0;

interface Images {
  readonly proxy: string;
  readonly otherProxy: string;
  readonly sample: string;
}

/** A Docker host of this machine behind a throw-away sshd, and ways to be cruel to it. */
export class ComposeHarness implements RuntimeHarness {
  readonly patience = 2;
  readonly target: ComposeRuntimeTarget;
  private readonly targets: ComposeRuntimeTarget[] = [];

  private constructor(
    readonly sshd: Sshd,
    readonly registry: ImageRegistry,
    readonly images: Images,
    readonly connection: ComposeConnection,
  ) {
    this.target = this.another();
  }

  static async start(settings: SshdSettings = {}): Promise<ComposeHarness> {
    const registry = await ImageRegistry.start();
    const [proxy, otherProxy, sample] = await Promise.all([
      haproxyImage(registry),
      haproxyImage(registry, 'other'),
      nodeImage(registry, 'sample', SAMPLE_SERVER),
    ]);
    await Promise.all([proxy, sample].map((image) => docker('pull', '-q', image)));
    return this.behind(await Sshd.start(settings), registry, { proxy, otherProxy, sample });
  }

  /** The same engine and images behind an sshd, and with a home, of its own: for specs that are cruel to those. */
  async beside(settings: SshdSettings = {}): Promise<ComposeHarness> {
    return ComposeHarness.behind(await Sshd.start(settings), this.registry, this.images);
  }

  private static behind(sshd: Sshd, registry: ImageRegistry, images: Images): ComposeHarness {
    const routed_port = FIRST_PORT + ((process.pid + 7 * harnesses) % 20) * 100;
    return new ComposeHarness(sshd, registry, images, {
      host: '127.0.0.1',
      port: sshd.port,
      user: sshd.user,
      host_key: sshd.hostKey,
      project_name: `conf-${process.pid}-${++harnesses}`,
      routed_port,
      routed_port_to: routed_port + 99,
      proxy_image: images.proxy,
    });
  }

  get access(): TargetAccess {
    return this.accessTo(this.connection);
  }

  /** The same proxy under another digest. */
  get otherProxyImage(): string {
    return this.images.otherProxy;
  }

  accessTo(connection: ComposeConnection): TargetAccess {
    const credential = { kind: 'ssh_key' as const, private_key: this.sshd.privateKey };
    return { key: JSON.stringify(connection), connection, credential: () => Promise.resolve(credential) };
  }

  another(): ComposeRuntimeTarget {
    const target = new ComposeRuntimeTarget({ network: { resolve: (host) => Promise.resolve(host) } });
    this.targets.push(target);
    return target;
  }

  sample(version: string, behaviour: SampleBehaviour, replicas: number): Promise<SampleArtifact> {
    return Promise.resolve({
      digest: sha256(Buffer.from(JSON.stringify([version, behaviour, replicas]))),
      version,
      manifest: this.sampleManifest(behaviour, replicas),
      open: async function* () {
        yield await Promise.resolve(Buffer.alloc(0));
      },
    });
  }

  sampleManifest(behaviour: SampleBehaviour, replicas: number): ArtifactManifest {
    return {
      api_version: 'slipway/v1',
      processes: {
        web: {
          image: this.images.sample,
          env: { BEHAVIOUR: behaviour },
          port: 8080,
          replicas,
          stop_grace_ms: 3000,
          probes: {
            startup: { path: '/ready', period_ms: 500, failure_threshold: behaviour === 'never-ready' ? 1 : 20 },
            readiness: { path: '/ready', period_ms: 500 },
          },
        },
      },
      verification: { health: { path: '/healthz' }, smoke: [{ name: 'answers', path: '/', expect_body: 'version' }], watch_ms: 200 },
    };
  }

  /** The process inside ends by itself: for the engine a crash, not somebody's wish. */
  async killReplica(slotId: string): Promise<void> {
    const { replicas } = await this.target.observe(this.access, slotId);
    const id = replicas.find(({ ready }) => ready)?.instanceId;
    if (id === undefined) throw new Error(`slot ${slotId} has no replica to kill`);
    const addresses = await docker('inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}', id);
    const address = addresses.split(' ')[0];
    await ask(`http://${address}:8080/die`).catch(() => undefined);
  }

  async tamper(slotId: string): Promise<string> {
    const { replicas } = await this.target.observe(this.access, slotId);
    const { name } = replicas.at(-1)!;
    await docker('rm', '-f', name);
    return name;
  }

  taskCommand(word: string): readonly string[] {
    return ['/usr/local/bin/node', '/app/main.cjs', 'sample-task', word];
  }

  names(slotId: string): SlotNames {
    return new SlotNames(this.connection, slotId);
  }

  /** What the helper does of a release first: its containers, from the document that is at the host. */
  async composeUp(slotId: string, releaseId: string, scale: Scale): Promise<void> {
    const names = this.names(slotId);
    const { project, slot } = names.place;
    const file = join(this.sshd.home, '.slipway', project, slot, names.releaseDirectory(releaseId), 'compose.json');
    const counts = Object.entries(scale).flatMap(([name, count]) => ['--scale', `${name}=${count}`]);
    await promisify(execFile)(findComposePlugin()!, ['--project-name', names.release(releaseId), '-f', file, 'up', '--detach', ...counts]);
  }

  /** Takes down slots: each costs memory, and a network of which an engine has some thirty. */
  async rest(slotIds: readonly string[]): Promise<void> {
    await Promise.all(slotIds.map((slotId) => clear(`label=${LABELS.slot}=${slotId}`, this.names(slotId).stem)));
  }

  /** What one that stands `beside` another leaves to that. */
  async leave(): Promise<void> {
    for (const target of this.targets) await target.close();
    await clear(`name=^${this.connection.project_name}-`, this.connection.project_name);
    await this.sshd.stop();
  }

  async close(): Promise<void> {
    await this.leave();
    await this.registry.close();
  }
}

async function clear(containers: string, prefix: string): Promise<void> {
  const [ids, networks, volumes] = await Promise.all([
    docker('ps', '-aq', '--filter', containers),
    docker('network', 'ls', '-q', '--filter', `name=^${prefix}-`),
    docker('volume', 'ls', '-q', '--filter', `name=${prefix}-`),
  ]);
  if (ids !== '') await docker('rm', '-f', '-v', ...lines(ids));
  if (networks !== '') await docker('network', 'rm', ...lines(networks));
  if (volumes !== '') await docker('volume', 'rm', ...lines(volumes));
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
