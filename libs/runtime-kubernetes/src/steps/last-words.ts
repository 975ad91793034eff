import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { KubeApiError } from '../api/kube-errors';
import { objectPath } from '../api/kube-object';
import { mainStatus, restartsOf, type Pod } from '../slot/pods';

const MAX_PODS = 5;

/** The last lines that a pod wrote; of the run that ended before, when this one is not running. */
export async function lastLines(client: KubeClient, pod: Pod, lines: number): Promise<readonly string[]> {
  const status = mainStatus(pod);
  if (!status) return [];
  const previous = status.state?.running === undefined && restartsOf(pod) > 0;
  const text = (await readLog(client, pod, lines, previous)) || (previous ? await readLog(client, pod, lines, false) : '');
  return text.split('\n').filter((line) => line !== '').slice(-lines); // prettier-ignore
}

async function readLog(client: KubeClient, pod: Pod, tailLines: number, previous: boolean): Promise<string> {
  const path = `${objectPath(KINDS.Pod, client.namespace, pod.metadata.name!)}/log`;
  try {
    const query = { container: mainStatus(pod)?.name, tailLines, previous: previous || undefined };
    const response = await client.stream({ method: 'GET', path, query, timeoutMs: 5000 });
    let text = '';
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
      text += chunk;
      if (text.length > 1_000_000) break;
    }
    return text;
  } catch (error) {
    // A container that never ran, or whose log is gone, has nothing to say.
    if (error instanceof KubeApiError) return '';
    throw error;
  }
}

/** What the pods of a failed release said last, each line with its pod's name. */
export async function lastWords(client: KubeClient, pods: readonly Pod[]): Promise<readonly string[]> {
  const said = await Promise.all(
    pods
      .slice(0, MAX_PODS)
      .map(async (pod) => (await lastLines(client, pod, 20)).map((line) => `${pod.metadata.name}: ${line.slice(0, 1000)}`)),
  );
  return said.flat().slice(-40);
}
