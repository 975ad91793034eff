import './log-text.css';
import { ScrollFollow } from '@melloware/react-logviewer';
import { useEffect, useRef } from 'react';
import { VirtualLog } from './virtual-log';

/** What the viewer's own elements lack: its scrolled region takes the keyboard, its lines are a list. */
function makeAccessible(frame: HTMLElement | null): void {
  const region = frame?.querySelector<HTMLElement>('.react-lazylog');
  if (!region) return;
  region.tabIndex = 0;
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', 'Lines of the log');
  region.querySelector('li')?.parentElement?.setAttribute('role', 'list');
}

/** Lines with ANSI colours, numbered, searchable; follows their end until the reader scrolls away. */
export default function LogText({ lines, follow }: { lines: readonly string[]; follow: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const log = useRef<VirtualLog>(null);
  useEffect(() => log.current?.show(lines), [lines]);
  useEffect(() => {
    const { current } = frame;
    const observer = new MutationObserver(() => makeAccessible(current));
    if (current) observer.observe(current, { childList: true, subtree: true });
    makeAccessible(current);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="log-text" ref={frame}>
      <ScrollFollow
        startFollowing={follow}
        render={({ follow: following, onScroll }) => (
          <VirtualLog
            ref={log}
            external
            follow={following}
            onScroll={onScroll}
            height={340}
            enableSearch
            caseInsensitive
            enableSearchNavigation
            selectableLines
            rowHeight={19}
            extraLines={1}
            wrapLines
          />
        )}
      />
    </div>
  );
}
