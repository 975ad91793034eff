import { useMemo } from 'react';
import { growing } from './growing';
import type { LogLine } from './log-line';

/** The lines of one writer; null: of all. */
export function useWriter(lines: readonly LogLine[], writer: string | null): readonly LogLine[] {
  const kept = useMemo(() => (writer === null ? null : growing(({ by }: LogLine) => by === writer)), [writer]);
  return useMemo(() => (kept === null ? lines : kept(lines)), [kept, lines]);
}
