import type { Check } from '@slipway/contracts';
import { isSlipwayError } from '@slipway/contracts';
import type { ConnectionReport } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { hasStatus, KubeApiError, toSlipwayError } from '../api/kube-errors';
import { gatewayChecks } from './check-gateway';
import { missingPermissions, roleFor } from './permissions';

const OLDEST_MINOR = 20;

interface Version {
  readonly major: string;
  readonly minor: string;
  readonly gitVersion: string;
}

/** Reachability, version, the namespace, and every permission that a deployment needs, each with what to do about it. */
export async function checkConnection(clientOf: () => Promise<KubeClient>): Promise<ConnectionReport> {
  const checks: Check[] = [];
  const versions: Record<string, string> = {};
  try {
    const client = await clientOf();
    const version = await client.json<Version>({ method: 'GET', path: '/version' });
    versions['kubernetes'] = version.gitVersion;
    checks.push({ name: 'reachable', result: 'pass', message: `${client.connection.server.origin} answers.` }, versionCheck(version));
    const permissions = await permissionCheck(client);
    checks.push(permissions);
    if (permissions.result !== 'fail') checks.push(await namespaceCheck(client));
    if (client.connection.gateway) checks.push(...(await gatewayChecks(client, client.connection.gateway)));
  } catch (error) {
    checks.push(failed(error));
  }
  return { ok: checks.every(({ result }) => result !== 'fail'), checks, versions };
}

function failed(error: unknown): Check {
  const known = error instanceof KubeApiError ? toSlipwayError(error, 'answer') : error;
  const refused = isSlipwayError(known) && known.code === 'credential_refused';
  const message = known instanceof Error ? known.message : String(known);
  return { name: refused ? 'credential' : 'reachable', result: 'fail', message: message.slice(0, 1000) };
}

function versionCheck({ major, minor, gitVersion }: Version): Check {
  const old = Number(major) === 1 && parseInt(minor, 10) < OLDEST_MINOR;
  return old
    ? {
        name: 'version',
        result: 'fail',
        message: `Kubernetes ${gitVersion} is too old: server-side apply as it is used here needs 1.${OLDEST_MINOR}.`,
      }
    : { name: 'version', result: 'pass', message: `Kubernetes ${gitVersion}.` };
}

async function permissionCheck(client: KubeClient): Promise<Check> {
  const name = 'permissions';
  const missing = await missingPermissions(client);
  if (missing.length === 0)
    return { name, result: 'pass', message: `Everything that a deployment needs is allowed in namespace ${client.namespace}.` };
  const said = missing.map(({ verb, resource }) => `${verb} ${resource}`).join(', ');
  const fix = `Bind a Role with these rules to this user: ${JSON.stringify(roleFor(missing))}`;
  return { name, result: 'fail', message: `Not allowed in namespace ${client.namespace}: ${said}. ${fix}`.slice(0, 1000) };
}

async function namespaceCheck(client: KubeClient): Promise<Check> {
  const name = 'namespace';
  try {
    const found = await client.json<{ status?: { phase?: string } }>({ method: 'GET', path: `/api/v1/namespaces/${client.namespace}` });
    if (found.status?.phase === 'Terminating')
      return { name, result: 'fail', message: `Namespace ${client.namespace} is being deleted; wait, or choose another.` };
    return { name, result: 'pass', message: `Namespace ${client.namespace} exists.` };
  } catch (error) {
    if (hasStatus(error, 404))
      return { name, result: 'fail', message: `There is no namespace ${client.namespace}: kubectl create namespace ${client.namespace}` };
    // Whoever may do everything inside a namespace need not be allowed to look at it.
    if (hasStatus(error, 403)) return { name, result: 'warn', message: `Whether namespace ${client.namespace} exists cannot be seen; what is needed in it is allowed.` }; // prettier-ignore
    throw error;
  }
}
