import {
  amount,
  assignments,
  commandLine,
  duration,
  flag,
  isMap,
  listOf,
  mapOf,
  matching,
  never,
  oneOf,
  text,
  wholeNumber,
  type Allowed,
  type Judge,
} from './judges';
import { refused } from './refusal';

const NAME = /^[a-z0-9][a-z0-9_.-]{0,62}$/;
const INSIDE = /^\/[^:\\]*$/;
const HOST_RIGHTS = 'it would give the container rights over the host';

export const serviceName = matching(NAME, 'lower-case letters, digits, and _ . - are');
const inside = matching(INSIDE, 'an absolute path in the container is');

/** `NAME:/path[:ro]` or the long form, of a named volume; never a path of the host. */
const mount: Judge = (value, field) => {
  if (isMap(value)) {
    if (value['type'] === 'tmpfs') return mapOf({ type: text, target: inside, tmpfs: mapOf({ size: amount }) })(value, field);
    if (value['type'] !== 'volume')
      throw refused(
        `${field}.type`,
        `'${String(value['type'])}' is not allowed: only named volumes (type volume) and tmpfs are, never a path of the host`,
      );
    const judged = mapOf({ type: text, source: serviceName, target: inside, read_only: flag })(value, field) as Record<string, unknown>;
    if (judged['source'] === undefined || judged['target'] === undefined) throw refused(field, 'source and target are needed');
    return judged;
  }
  const [source = '', target, mode, ...more] = (text(value, field) as string).split(':');
  if (target === undefined) throw refused(field, 'an unnamed volume is not allowed: name it, so that it outlives a release');
  if (!NAME.test(source)) throw refused(field, `'${source.slice(0, 60)}' is not the name of a volume: paths of the host are not allowed`);
  if (more.length > 0 || (mode !== undefined && mode !== 'ro' && mode !== 'rw'))
    throw refused(field, 'only the modes ro and rw are allowed');
  return { type: 'volume', source, target: inside(target, field), ...(mode === 'ro' && { read_only: true }) };
};

const ENDING = 'service_completed_successfully';
const condition: Judge = (value, field) => {
  if (value === ENDING) throw refused(field, 'services run on: write what is to end as the migration, or a hook, of slipway.yaml');
  return oneOf('service_started', 'service_healthy')(value, field);
};

const dependsOn: Judge = (value, field) => {
  if (Array.isArray(value)) {
    const names = listOf(serviceName)(value, field) as string[];
    return Object.fromEntries(names.map((name) => [name, { condition: 'service_started' }]));
  }
  if (!isMap(value)) throw refused(field, 'a list or a map is expected');
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      serviceName(name, `${field}.${name}`),
      mapOf({ condition, restart: flag, required: flag })(entry, `${field}.${name}`),
    ]),
  );
};

const labels: Judge = (value, field) => {
  const judged = assignments(value, field) as Record<string, string>;
  const reserved = Object.keys(judged).find((name) => /^(com\.docker|slipway)\./.test(name));
  if (reserved) throw refused(`${field}.${reserved}`, 'this label is reserved');
  return judged;
};

const amounts: Allowed = { cpus: amount, memory: amount, pids: wholeNumber(1, 4_194_304) };
const test: Judge = (value, field) => (Array.isArray(value) ? listOf(text)(value, field) : text(value, field));
const tmpfs: Judge = (value, field) => {
  const one = matching(/^\/[^:\\]*(:[a-z0-9=,]+)?$/, 'an absolute path in the container is');
  return Array.isArray(value) ? listOf(one)(value, field) : [one(value, field)];
};
const networks: Judge = (value, field) => {
  const named = Array.isArray(value) ? (listOf(serviceName)(value, field) as string[]) : isMap(value) ? Object.keys(value) : undefined;
  if (!named) throw refused(field, 'a list or a map is expected');
  const other = named.find((name) => name !== 'default');
  if (other !== undefined)
    throw refused(`${field}.${other}`, 'services of a release share one network: leave networks away, or use default');
  return undefined;
};

/** The keys of a service that are allowed, each with its judge; any other key is refused. Those that people ask for say why not. */
export const SERVICE_KEYS: Allowed = {
  image: text,
  command: commandLine,
  entrypoint: commandLine,
  environment: assignments,
  expose: listOf(matching(/^\d{1,5}(\/(tcp|udp))?$/, 'a port is')),
  depends_on: dependsOn,
  healthcheck: mapOf({
    test,
    interval: duration,
    timeout: duration,
    retries: wholeNumber(1, 1000),
    start_period: duration,
    start_interval: duration,
    disable: flag,
  }),
  restart: matching(/^(no|always|unless-stopped|on-failure(:\d{1,4})?)$/, 'no, always, unless-stopped and on-failure are'),
  stop_grace_period: duration,
  stop_signal: matching(/^(SIG)?[A-Z0-9+]{2,12}$/, 'the name of a signal is'),
  init: flag,
  user: matching(/^[A-Za-z0-9_.-]{1,64}(:[A-Za-z0-9_.-]{1,64})?$/, 'a user, or user:group, is'),
  working_dir: inside,
  read_only: flag,
  tmpfs,
  volumes: listOf(mount, 50),
  labels,
  deploy: mapOf({ replicas: wholeNumber(1, 50), resources: mapOf({ limits: mapOf(amounts), reservations: mapOf(amounts) }) }),
  scale: wholeNumber(1, 50),
  mem_limit: amount,
  mem_reservation: amount,
  memswap_limit: amount,
  cpus: amount,
  pids_limit: wholeNumber(1, 4_194_304),
  shm_size: amount,
  cap_drop: listOf(matching(/^[A-Z_]{1,40}$/, 'the name of a capability is')),
  security_opt: listOf(matching(/^no-new-privileges(:true)?$/, 'no-new-privileges alone is')),
  hostname: serviceName,
  tty: flag,
  stdin_open: flag,
  platform: matching(/^[a-z0-9]+(\/[a-z0-9]+){0,2}$/, 'a platform such as linux/amd64 is'),
  logging: mapOf({
    driver: oneOf('json-file', 'local'),
    options: mapOf({ 'max-size': amount, 'max-file': wholeNumber(1, 100), compress: flag }),
  }),
  ulimits: mapOf({ nofile: wholeNumber(1, 1_048_576), nproc: wholeNumber(1, 1_048_576) }),
  networks,
  ports: never(
    'ports of the host are not published by a release: name the service and its port in compose.serves of slipway.yaml, and the proxy gives out its traffic',
  ),
  build: never('a release runs images that were built before: name one by digest'),
  privileged: never(HOST_RIGHTS),
  cap_add: never(HOST_RIGHTS),
  devices: never(HOST_RIGHTS),
  network_mode: never('namespaces of the host or of other containers are not shared'),
  pid: never('namespaces of the host or of other containers are not shared'),
  ipc: never('namespaces of the host or of other containers are not shared'),
  userns_mode: never('namespaces of the host or of other containers are not shared'),
  env_file: never('files of the host are not read: write environment, or give variables with the release'),
  extends: never('other files are not read: write the service out'),
  container_name: never('two releases stand side by side during an update, so a container cannot have a fixed name'),
  profiles: never('everything in the file runs; leave out what should not'),
  configs: never('files of the host are not read: put configuration into the image or the environment'),
  secrets: never("files of the host are not read: give secrets as the release's variables"),
};
