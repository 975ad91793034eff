import { useEffect, useState } from 'react';

/** What was there before has the focus again afterwards, for whoever goes on by keys. Called by what is mounted with a dialog. */
export function useFocusGivenBack(): void {
  const [before] = useState(() => openerOf(document.activeElement));
  useEffect(() => {
    // A dialog that follows another was opened from within that one: its opener is the other's.
    const opener = before?.isConnected ? before : document.activeElement;
    const around = ancestorsOf(opener);
    return () => focus(around.find((element) => element.isConnected));
  }, [before]);
}

/** An item of a menu is gone by then: the menu's button stands for it. */
function openerOf(element: Element | null): Element | null {
  const button = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return (button && document.getElementById(button)) || element;
}

/** An element, and what is around it up to the body: what was done in a dialog can take its opener away. */
export function ancestorsOf(element: Element | null): HTMLElement[] {
  const around: HTMLElement[] = [];
  for (let at = element; at instanceof HTMLElement && at !== document.body; at = at.parentElement) around.push(at);
  return around;
}

/** Gives an element the focus, also one that is nothing to press. */
export function focus(element: HTMLElement | undefined): void {
  if (!element) return;
  element.focus();
  if (document.activeElement === element) return;
  // Nothing to press: keys go on from here.
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
