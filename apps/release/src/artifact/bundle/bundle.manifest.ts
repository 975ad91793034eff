import { ArtifactManifestSchema, servingProcessOf, type ArtifactManifest } from '@slipway/contracts';
import Ajv, { type ErrorObject } from 'ajv';
import { parseDocument } from 'yaml';
import { invalidBundle } from './bundle.errors';

const MAX_ALIASES = 20;
const validate = new Ajv({ allErrors: false, strict: false }).compile<ArtifactManifest>(ArtifactManifestSchema);

/**
 * Reads `slipway.yaml` (or `.json`): YAML 1.2 core schema, no custom tags, no duplicate keys, few aliases.
 * @throws SlipwayError `artifact_invalid` with `field` naming the offending member.
 */
export function parseBundleManifest(content: Buffer, name: string): ArtifactManifest {
  const parsed = name.endsWith('.json') ? parseJson(content, name) : parseYaml(content, name);
  if (!validate(parsed)) throw wrongField(name, validate.errors?.[0]);
  requireSense(parsed, name);
  return parsed;
}

function parseJson(content: Buffer, name: string): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch (cause) {
    throw invalidBundle(`${name} is not valid JSON: ${(cause as Error).message}`, { entry: name, cause });
  }
}

function parseYaml(content: Buffer, name: string): unknown {
  const document = parseDocument(content.toString('utf8'), {
    version: '1.2',
    schema: 'core',
    customTags: [],
    uniqueKeys: true,
    merge: false,
    stringKeys: true,
  });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw invalidBundle(`${name} is not valid YAML: ${fault.message}`, { entry: name, cause: fault });
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    throw invalidBundle(`${name} is not valid YAML: ${(cause as Error).message}`, { entry: name, cause });
  }
}

function wrongField(name: string, error: ErrorObject | undefined) {
  const at = (error?.instancePath ?? '').split('/').slice(1).map(unescapePointer);
  const params = (error?.params ?? {}) as { additionalProperty?: string; missingProperty?: string };
  const field = [...at, params.additionalProperty ?? params.missingProperty].filter((part) => part !== undefined).join('.');
  const allowed = error?.keyword === 'additionalProperties' ? 'is not known here' : (error?.message ?? 'is not valid');
  return invalidBundle(`${name}: '${field || '(document)'}' ${params.missingProperty ? 'is missing' : allowed}.`, { entry: name, field });
}

const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** What a schema cannot say. */
function requireSense(manifest: ArtifactManifest, name: string): void {
  requireOneSource(manifest, name);
  const processes = Object.entries(manifest.processes ?? {});
  const idle = processes.find(([, { command, image }]) => command === undefined && image === undefined);
  if (idle) throw fieldError(name, `processes.${idle[0]}`, 'needs a command, an image, or both');
  const serving = processes.filter(([, { port }]) => port !== undefined && port !== false);
  if (serving.length > 1)
    throw fieldError(name, `processes.${serving[1]![0]}.port`, `is given for '${serving[0]![0]}' already; one process gets the traffic`);
  const probed = processes.find(([, { port, internal_ports, probes }]) => !port && !internal_ports && probes !== undefined);
  if (probed) throw fieldError(name, `processes.${probed[0]}.probes`, 'needs a port: probes are HTTP requests');
  const { health, smoke } = manifest.verification ?? {};
  if (servingProcessOf(manifest) === undefined && (health ?? smoke?.length))
    throw fieldError(name, 'verification', 'needs a process with port: true');
  const unsafe = processes.find(([, { env }]) => env !== undefined && Object.hasOwn(env, '__proto__'));
  if (unsafe) throw fieldError(name, `processes.${unsafe[0]}.env.__proto__`, 'is not a name for a variable');
}

/** What runs is said once, and tasks run as processes that there are. */
function requireOneSource(manifest: ArtifactManifest, name: string): void {
  const { processes, compose, kubernetes, migration, hooks } = manifest;
  const given = Object.entries({ processes, compose, kubernetes }).filter(([, source]) => source !== undefined);
  if (given.length === 0) throw fieldError(name, 'processes', 'is missing; say what runs in processes, compose or kubernetes');
  if (given.length > 1) throw fieldError(name, given[1]![0], `cannot stand beside '${given[0]![0]}'; say what runs once`);
  const tasks = [migration, ...(hooks?.before ?? []), ...(hooks?.after ?? [])];
  const lost = tasks.find((task) => processes && task?.process !== undefined && !Object.hasOwn(processes, task.process));
  if (lost) throw fieldError(name, 'process', `'${lost.process}' of a hook or migration is none of the processes`);
}

const fieldError = (name: string, field: string, why: string) => invalidBundle(`${name}: '${field}' ${why}.`, { entry: name, field });
