import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** The focus goes to the content of the page, for whoever goes on by keys and whose place in it is gone. */
export const focusContent = (): void => document.getElementById('content')?.focus({ preventScroll: true });

/** Where what had the focus went away with the view, or the step, that it stood in, one goes on in the next one. */
export function useFocusInView(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
        if (fromLocation && fromLocation.href !== toLocation.href && document.activeElement === document.body) focusContent();
      }),
    [router],
  );
}
