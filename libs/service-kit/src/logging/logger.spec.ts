import { inCall } from '../context/call-context';
import { startTracing, inSpan } from '../telemetry/tracing';
import { createLogger, type Logger } from './logger';
import { Redaction, REDACTED } from './redaction';

describe('log lines', () => {
  let written: string[];
  let redaction: Redaction;
  let logger: Logger;
  beforeEach(() => {
    written = [];
    redaction = new Redaction();
    logger = createLogger({
      service: 'audit',
      instance: 'one',
      level: 'info',
      redaction,
      destination: { write: (line) => void written.push(line) },
    });
  });
  const last = () => JSON.parse(written.at(-1)!) as Record<string, unknown>;

  it('are JSON with service, instance, level name and a fixed message', () => {
    logger.info({ release_id: 'rel-1' }, 'release applied');
    expect(last()).toMatchObject({ service: 'audit', instance: 'one', level: 'info', msg: 'release applied', release_id: 'rel-1' });
    expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('carry correlation, causation and trace of the call they are written in', async () => {
    const stop = await startTracing({ service: 'audit', instance: 'one' });
    const traceId = await inCall({ correlationId: 'cor-1', causationId: 'evt-1', fields: { sequence: 12 } }, () =>
      inSpan('work', {}, async (span) => {
        logger.info('inside');
        return span.spanContext().traceId;
      }),
    );
    expect(last()).toMatchObject({ correlation_id: 'cor-1', causation_id: 'evt-1', sequence: 12, trace_id: traceId });
    logger.info('outside');
    expect(last()).not.toHaveProperty('correlation_id');
    await stop();
  });

  it('blank values under sensitive keys at any depth', () => {
    logger.info({ headers: { Authorization: 'Bearer abc' }, list: [{ password: 'x', name: 'kept' }], fencing_token: 4 }, 'request');
    expect(last()).toMatchObject({ headers: { Authorization: REDACTED }, list: [{ password: REDACTED, name: 'kept' }], fencing_token: 4 });
    expect(written.at(-1)).not.toContain('abc');
  });

  it('blank registered values wherever they appear, escaped or not', () => {
    redaction.add('p4ss"word', 's3cret/value', undefined, 'no');
    logger.error(
      { error: new Error('login with p4ss"word failed'), url: 'postgres://u:s3cret%2Fvalue@h' },
      'no p4ss"word, no s3cret/value',
    );
    expect(written.at(-1)).not.toMatch(/p4ss|s3cret/);
    expect(last().msg).toBe(`no ${REDACTED}, no ${REDACTED}`);
  });
});
