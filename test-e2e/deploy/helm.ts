import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const CHART = resolve(__dirname, '..', '..', 'deploy', 'chart');
const HELM = process.env['HELM'] ?? 'helm';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec?: Record<string, unknown>;
}

/** What keeps `rendered` from working here, in words; undefined when nothing does. */
export const lackOfHelm = (): string | undefined =>
  spawnSync(HELM, ['version'], { stdio: 'ignore' }).error
    ? `no helm: put it on PATH or name it in HELM (node script/ci/helm.mjs fetches it)`
    : undefined;

const argumentsOf = (settings: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(settings).flatMap(([path, value]) => ['--set-json', `${path}=${JSON.stringify(value)}`]);

function helm(argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(HELM, argv, { encoding: 'utf8', maxBuffer: 2 ** 24 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

export const lint = (): string => helm(['lint', '--strict', CHART]);

/** What `helm install slipway` would send, or `helm upgrade`. @throws Error with Helm's words when the values are refused */
export function rendered(settings: Readonly<Record<string, unknown>> = {}, { upgrade = false } = {}): Manifest[] {
  const text = helm(['template', 'slipway', CHART, ...(upgrade ? ['--is-upgrade'] : []), ...argumentsOf(settings)]);
  return parseAllDocuments(text).flatMap((document) => document.toJS() ?? []) as Manifest[];
}
