import { useLiveState } from '../live/live-context';

const SAYS = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again' } as const;

/** Whether what the page shows is of now. */
export function LiveMark() {
  const state = useLiveState();
  return (
    <span className="live" data-state={state} role="status">
      <span className="live-dot" aria-hidden />
      {SAYS[state]}
    </span>
  );
}
