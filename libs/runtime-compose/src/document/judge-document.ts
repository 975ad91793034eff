import { isMap, mapOf, matching, never, text, type Judge } from './judges';
import { interpolated, type Variables } from './interpolate';
import { refused } from './refusal';
import { SERVICE_KEYS, serviceName } from './service-keys';

/** A Compose file of somebody's own, judged: what is in it is all that runs. */
export interface JudgedDocument {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly volumes: readonly string[];
}

const MAX_SERVICES = 30;

const named =
  (judge: Judge): Judge =>
  (value, field) => {
    if (!isMap(value)) throw refused(field, 'a map is expected');
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [String(serviceName(name, `${field}.${name}`)), judge(entry, `${field}.${name}`)]),
    );
  };

const volume: Judge = (value, field) => (value === null ? {} : mapOf({ driver: matching(/^local$/, 'local is') })(value, field));
const network: Judge = (value, field) => {
  if (field !== 'networks.default') throw refused(field, 'services of a release share one network: leave networks away, or use default');
  return value === null ? {} : mapOf({})(value, field);
};

const DOCUMENT = mapOf({
  version: text,
  name: text,
  services: named(mapOf(SERVICE_KEYS)),
  volumes: named(volume),
  networks: named(network),
  include: never('other files are not read: write the services out'),
  configs: never('files of the host are not read'),
  secrets: never("files of the host are not read: give secrets as the release's variables"),
});

/** @throws SlipwayError `manifest_refused` with the path of the first field that is not allowed. */
export function judgeDocument(document: unknown, variables: Variables): JudgedDocument {
  const resolved = resolve(document, [], variables);
  const { services = {}, volumes = {} } = DOCUMENT(resolved, '') as {
    services?: Record<string, Record<string, unknown>>;
    volumes?: Record<string, unknown>;
  };
  const names = Object.keys(services);
  if (names.length === 0) throw refused('services', 'at least one service is needed');
  if (names.length > MAX_SERVICES) throw refused('services', `at most ${MAX_SERVICES} services are allowed`);
  for (const name of names) assertWhole(name, services[name]!, names, Object.keys(volumes));
  return { services, volumes: Object.keys(volumes).sort() };
}

/** Every string with its variables in place; names of keys are not interpolated. */
function resolve(value: unknown, path: readonly (string | number)[], variables: Variables): unknown {
  if (typeof value === 'string') return interpolated(value, fieldOf(path), variables, isEnvironment(path));
  if (Array.isArray(value)) return value.map((entry, index) => resolve(entry, [...path, index], variables));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolve(entry, [...path, key], variables)]));
}

/** A value in a service's environment; told by its place, as the names of services may have dots. */
const isEnvironment = (path: readonly (string | number)[]): boolean =>
  path.length === 4 && path[0] === 'services' && path[2] === 'environment';

const fieldOf = (path: readonly (string | number)[]): string =>
  path.reduce<string>((field, step) => (typeof step === 'number' ? `${field}[${step}]` : field === '' ? step : `${field}.${step}`), '');

function assertWhole(name: string, service: Record<string, unknown>, services: readonly string[], volumes: readonly string[]): void {
  if (typeof service['image'] !== 'string') throw refused(`services.${name}.image`, 'an image is needed');
  for (const other of Object.keys((service['depends_on'] as object | undefined) ?? {})) {
    if (!services.includes(other)) throw refused(`services.${name}.depends_on.${other}`, 'there is no such service');
  }
  for (const mount of (service['volumes'] as { type: string; source: string }[] | undefined) ?? []) {
    if (mount.type === 'volume' && !volumes.includes(mount.source))
      throw refused(`services.${name}.volumes`, `volume ${mount.source} is not declared under volumes`);
  }
}
