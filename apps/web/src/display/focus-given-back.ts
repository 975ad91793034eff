import { useEffect, useState } from 'react';

/** What was there before has the focus again afterwards, for whoever goes on by keys. Called by what is mounted with a dialog. */
export function useFocusGivenBack(): void {
  const [before] = useState(() => openerOf(document.activeElement));
  useEffect(() => {
    // A dialog that follows another was opened from within that one: its opener is the other's.
    const opener = before?.isConnected ? before : document.activeElement;
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [before]);
}

/** An item of a menu is gone by then: the menu's button stands for it. */
function openerOf(element: Element | null): Element | null {
  const button = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return (button && document.getElementById(button)) || element;
}
