import './log-text.css';
import { ScrollFollow } from '@melloware/react-logviewer';
import { useEffect, useRef } from 'react';
import type { LogLine } from './log-line';
import { VirtualLog } from './virtual-log';

interface LogTextProps {
  lines: readonly LogLine[];
  /** Starts at the end. */
  follow: boolean;
  /** All lines are of one writer, who need not stand before each. */
  ofOne: boolean;
}

/** Lines with ANSI colours, numbered, searchable; follows their end until the reader scrolls away. */
export default function LogText({ lines, follow, ofOne }: LogTextProps) {
  const log = useRef<VirtualLog>(null);
  useEffect(() => log.current?.show(lines), [lines]);
  return (
    <div className="log-text" data-of-one={ofOne || undefined}>
      <ScrollFollow
        startFollowing={follow}
        render={({ follow: following, onScroll }) => (
          <VirtualLog
            ref={log}
            external
            follow={following}
            onScroll={onScroll}
            caseInsensitive
            enableGutters
            enableSearch
            enableSearchNavigation
            selectableLines
            rowHeight={19}
            wrapLines
          />
        )}
      />
    </div>
  );
}
