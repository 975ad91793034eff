import './log-text.css';
import { LazyLog, ScrollFollow } from '@melloware/react-logviewer';

/** Text with ANSI colours, numbered, searchable; follows its end until the reader scrolls away. */
export default function LogText({ text, follow }: { text: string; follow: boolean }) {
  return (
    <div className="log-text">
      <ScrollFollow
        startFollowing={follow}
        render={({ follow: following, onScroll }) => (
          <LazyLog
            text={text}
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
