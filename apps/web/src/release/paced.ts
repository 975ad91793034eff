/** Work of a page that is done at a stretch, in milliseconds: half of a frame. */
const STRETCH_MS = 8;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * For work that takes longer than a frame: asked between its parts, it says when the page must come to draw and to answer.
 * @returns undefined while the stretch lasts, then what to wait for before going on
 */
export function paced(stretchMs = STRETCH_MS): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < stretchMs) return undefined;
    return pause().then(() => {
      since = performance.now();
    });
  };
}
