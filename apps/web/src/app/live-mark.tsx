import { Anchor } from '@mantine/core';
import { useLiveState } from '../live/live-context';

const SAYS = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again', refused: 'Not live' } as const;

/** Whether what the page shows is of now. */
export function LiveMark() {
  const { state, tryAgain } = useLiveState();
  return (
    <span className="live" data-state={state} role="status">
      <span className="live-dot" aria-hidden />
      {SAYS[state]}
      {state === 'refused' && (
        <Anchor component="button" type="button" size="xs" onClick={tryAgain}>
          Try again
        </Anchor>
      )}
    </span>
  );
}
