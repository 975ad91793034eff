import { eventSubject, isSlipwayError, type EventEnvelope } from '@slipway/contracts';
import { EARLIER_LIMIT, type Recorded } from '@slipway/event-sourcing';
import type { NatsConnection } from '@nats-io/transport-node';
import { LogApi } from './log-api';
import { decodeEvent, isIntact, type StoredEvent } from './message';
import { readWholeLog } from './whole-log';

/**
 * - `missing`: there is no message at the position, or it cannot be read; `truncated`: the log ends before a position known to have existed.
 * - `not_an_event`: no event that a slipway service stored. `digest`: bytes changed since. `subject`: stored under another's subject.
 * - `version`, `chain`: the aggregate's versions are not dense, or an event does not link to the one before it.
 */
export interface LogFinding {
  readonly position: number;
  readonly kind: 'missing' | 'truncated' | 'not_an_event' | 'digest' | 'subject' | 'version' | 'chain';
  /** `<project>/<type>/<id>`, if the message tells. */
  readonly aggregate: string | null;
  readonly message: string;
}

export interface LogReport {
  readonly events: number;
  readonly aggregates: number;
  readonly lastPosition: number;
  /** `undefined`: the log is sound. */
  readonly firstBadPosition: number | undefined;
  /** In order of position, at most 1000. */
  readonly findings: readonly LogFinding[];
  readonly findingsTotal: number;
}

export interface VerifyOptions {
  /** The highest position that anyone remembers (a checkpoint, a client): finds a tail that was cut off. */
  readonly knownPosition?: number;
  readonly onProgress?: (verified: number, last: number) => void;
  readonly signal?: AbortSignal;
}

const FINDINGS_KEPT = 1000;

/** Reads the whole log and checks every link of it. @throws SlipwayError `dependency_unavailable`; the reason of `signal` */
export async function verifyLog(connection: NatsConnection, options: VerifyOptions = {}): Promise<LogReport> {
  const api = new LogApi(connection);
  const { last } = await api.range();
  const verification = new LogVerification();
  for await (const stored of readWholeLog(api, last, options.signal)) {
    for (const message of stored) verification.check(message);
    options.onProgress?.(verification.position, last);
  }
  verification.end(last, options.knownPosition ?? last);
  return verification.report();
}

interface AggregateTrail {
  version: number;
  digest: string;
  positions: number[];
}

/** Checks messages in order of position. */
export class LogVerification {
  position = 0;
  private events = 0;
  private total = 0;
  private readonly findings: LogFinding[] = [];
  private readonly trails = new Map<string, AggregateTrail>();

  check(stored: StoredEvent): void {
    this.skipTo(stored.position - 1);
    this.position = stored.position;
    const recorded = this.decode(stored);
    if (!recorded) return;
    this.events++;
    const name = aggregateName(recorded.event);
    if (!isIntact(stored, recorded.digest)) this.find(stored.position, 'digest', name, 'its bytes are not those that were stored');
    if (subjectOf(recorded.event) !== stored.subject) this.find(stored.position, 'subject', name, `it is stored under ${stored.subject}`);
    this.follow(name, recorded);
  }

  /** Reports what is missing up to `last`, the log's end, and up to `known`, where it should end at least. */
  end(last: number, known: number): void {
    this.skipTo(last);
    if (known > last) this.find(last + 1, 'truncated', null, `the log ends at ${last}, but position ${known} has existed`);
  }

  report(): LogReport {
    const { events, position: lastPosition, findings, total: findingsTotal } = this;
    return { events, aggregates: this.trails.size, lastPosition, firstBadPosition: findings[0]?.position, findings, findingsTotal };
  }

  private decode(stored: StoredEvent): Recorded | undefined {
    try {
      return decodeEvent(stored);
    } catch (error) {
      if (!isSlipwayError(error)) throw error;
      this.find(stored.position, 'not_an_event', null, error.message);
      return undefined;
    }
  }

  private skipTo(position: number): void {
    if (position <= this.position) return;
    const [from, to] = [this.position + 1, position];
    this.find(from, 'missing', null, from === to ? 'there is no readable message' : `there is no readable message from here to ${to}`);
    this.position = position;
  }

  private follow(name: string, { event, position, digest, previousDigest, earlier }: Recorded): void {
    const trail = this.trails.get(name) ?? { version: 0, digest: '', positions: [] };
    if (event.aggregate_version !== trail.version + 1) {
      this.find(position, 'version', name, `it is version ${event.aggregate_version}, after version ${trail.version}`);
    }
    if ((previousDigest ?? '') !== trail.digest) this.find(position, 'chain', name, 'it does not carry the digest of the event before it');
    if (earlier.join() !== trail.positions.join())
      this.find(position, 'chain', name, 'it does not list the positions of the events before it');
    const positions = [...trail.positions, position].slice(-EARLIER_LIMIT);
    this.trails.set(name, { version: event.aggregate_version, digest, positions });
  }

  private find(position: number, kind: LogFinding['kind'], aggregate: string | null, message: string): void {
    this.total++;
    if (this.findings.length < FINDINGS_KEPT) this.findings.push({ position, kind, aggregate, message });
  }
}

const aggregateName = (event: EventEnvelope): string => `${event.project_id}/${event.resource_type}/${event.resource_id}`;

function subjectOf(event: EventEnvelope): string | undefined {
  try {
    return eventSubject({ projectId: event.project_id, type: event.resource_type, id: event.resource_id }, event.action);
  } catch {
    return undefined;
  }
}
