import { useEffect } from 'react';
import { ancestorsOf, focus } from './focus-given-back';

/** Parts of a page from which one goes on by keys. */
const PLACES = 'section, form, [role="dialog"], [role="region"], main';
const WATCHED: MutationObserverInit = { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] };

/**
 * An act often takes its own button away, or disables it while it is under way, and a browser then leaves the focus nowhere. It goes back to the
 * button that can be pressed again, or to the part of the page that the button stood in.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let around: readonly HTMLElement[] = [];
    let disabled = false;
    const note = ({ target }: FocusEvent): void => {
      around = ancestorsOf(target as Element);
      disabled = false;
    };
    // Who presses on something else has left by themselves.
    const leave = ({ target }: PointerEvent): void => {
      if (!around[0]?.contains(target as Node)) around = [];
    };
    const observer = new MutationObserver(() => {
      const [own] = around;
      if (!own) return;
      const lost = document.activeElement === document.body;
      if (!own.isConnected) {
        if (lost) focus(around.find((element) => element.isConnected && element.matches(PLACES)));
        return;
      }
      // A browser takes the focus from a disabled button when it draws next, and not at once.
      if (own.matches(':disabled')) disabled = true;
      else if (lost && disabled) own.focus();
    });
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', leave, true);
    observer.observe(document.body, WATCHED);
    return () => {
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', leave, true);
      observer.disconnect();
    };
  }, []);
}
