import { useEffect, useState } from 'react';

/** What had the focus before this was there has it again afterwards, for whoever goes on by keys. */
export function useFocusGivenBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
