import { ago, duration, left, moment } from './format';
import { useByNow, useNow } from './clock';
import { ToneMark } from './marks';
import { IconClock, IconClockX } from '@tabler/icons-react';

/** A moment in the reader's time zone; with `relative`, how long ago, the moment on hover. */
export function Moment({ at, relative }: { at: string; relative?: boolean }) {
  return relative ? (
    <RelativeMoment at={at} />
  ) : (
    <time dateTime={at} className="numbers">
      {moment(at)}
    </time>
  );
}

function RelativeMoment({ at }: { at: string }) {
  const said = useByNow((now) => ago(at, now));
  return (
    <time dateTime={at} title={moment(at)} className="numbers">
      {said}
    </time>
  );
}

/** How long it has lasted, growing until it ends. */
export function Lasting({ since, until }: { since: string; until?: string | null }) {
  return until ? <span className="numbers">{duration(Date.parse(until) - Date.parse(since))}</span> : <Growing since={since} />;
}

function Growing({ since }: { since: string }) {
  const now = useNow();
  return <span className="numbers">{duration(Math.max(0, Math.floor((now - Date.parse(since)) / 1000)) * 1000)}</span>;
}

const URGENT_MS = 2 * 60_000;

/** Counts down to a moment, and says so when it has passed. */
export function Countdown({ to, what, over }: { to: string; what: string; over: string }) {
  const rest = useByNow((now) => left(to, now));
  const urgent = useByNow((now) => Date.parse(to) - now < URGENT_MS);
  if (rest === null)
    return (
      <ToneMark tone="bad" icon={IconClockX} title={moment(to)}>
        {over}
      </ToneMark>
    );
  return (
    <ToneMark tone={urgent ? 'wait' : 'neutral'} icon={IconClock} title={moment(to)}>
      {what} <span className="numbers">{rest}</span>
    </ToneMark>
  );
}
