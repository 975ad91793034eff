import { SlipwayError, withoutPeriod } from '@slipway/contracts';
import { tellingLine } from '@slipway/runtime-target';
import { decoded, factsOf, type HostReport } from './host-report';

/** What Compose and the engine say when a registry has no such image, and when what an image holds cannot be started. */
const NO_IMAGE =
  /manifest unknown|manifest for \S+ not found|no such manifest|name unknown|repository does not exist|no matching manifest|invalid reference format/i;
const NO_START = /OCI runtime create failed|executable file not found|exec format error|unable to start container process/i;
const PULLING = /^\s*(\S+) Error\b/;

/** A run at the host that failed, in a line that a person understands; the tools' last lines stand in the details. */
export function hostFailed(report: HostReport, what: string): SlipwayError {
  const why = report.error ?? decoded(factsOf(report, 'why')[0]?.[0]) ?? '';
  const [from, to] = factsOf(report, 'no-port')[0] ?? [];
  if (from !== undefined) return noPort(from, to!);
  const details = { last_lines: report.output.slice(-40) };
  const known = imageFailure(report.output, why.endsWith('-front')) ?? startFailure(report.output);
  if (known) return new SlipwayError(known.bad ? 'artifact_invalid' : 'dependency_failed', known.message.slice(0, 1500), details);
  const said = tellingLine(report.output);
  const message = `The host could not do it (${why || what}): ${said === undefined ? 'it said nothing' : plain(said)}`;
  return new SlipwayError('dependency_failed', message.slice(0, 1500), details);
}

interface KnownFailure {
  /** It is the artifact's fault. */
  readonly bad: boolean;
  readonly message: string;
}

/** `front`: it was the image of the slot's proxy, which the target names. */
function imageFailure(output: readonly string[], front: boolean): KnownFailure | undefined {
  const service = output.map((line) => PULLING.exec(line)?.[1]).find((name) => name !== undefined);
  if (service === undefined) return undefined;
  const said = plain(output.findLast((line) => /^Error response/.test(line)) ?? output.at(-1)!);
  if (front) {
    const message = `The host cannot pull the image of the slot's proxy: ${said}. Load it there, or name another by proxy_image of the target.`;
    return { bad: false, message };
  }
  if (NO_IMAGE.test(said))
    return { bad: true, message: `The image of ${service} is not in its registry: ${said}. Push it, or correct its digest.` };
  return {
    bad: false,
    message: `The host cannot pull the image of ${service}: ${said}. Let the host reach the registry, or load the image there.`,
  };
}

function startFailure(output: readonly string[]): KnownFailure | undefined {
  const line = output.findLast((candidate) => NO_START.test(candidate));
  const said =
    line === undefined
      ? undefined
      : plain(line)
          .replace(/^.*unable to start container process: /, '')
          .replace(/: unknown$/, '');
  return said === undefined ? undefined : { bad: true, message: `A container cannot be started: ${said}` };
}

function noPort(from: string, to: string): SlipwayError {
  const message = `No port of ${from} to ${to} is free at the host for this service's traffic. Widen routed_port_to of the target, or free one.`;
  return new SlipwayError('dependency_failed', message, { from, to });
}

/** Without what every message of the engine begins with. */
const plain = (line: string): string => withoutPeriod(line.trim().replace(/^Error response from daemon: /, ''));
