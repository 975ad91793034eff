import type { Check } from '@slipway/contracts';

const PINNED = /^(?<name>[A-Za-z0-9][A-Za-z0-9._:/-]*?)(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?@(?<digest>sha256:[0-9a-f]{64})$/;

/** The digest of an image reference `name[:tag]@sha256:<64 hex>`; undefined when it is not pinned. */
export const imageDigest = (reference: string): string | undefined => PINNED.exec(reference)?.groups?.['digest'];

/** Images pinned by digest: a tag can be another image tomorrow, so an unpinned one is a failed check. */
export function imagesPinned(images: Readonly<Record<string, string | null>>): Check {
  const name = 'images-pinned';
  const loose = Object.entries(images).filter(([, image]) => image !== null && imageDigest(image) === undefined);
  if (loose.length === 0) return { name, result: 'pass', message: 'Every image is named by its digest.' };
  const said = loose.map(([process, image]) => `${process} (${image})`).join(', ');
  return {
    name,
    result: 'fail',
    message: `Not pinned by digest: ${said}. A tag may name another image tomorrow; write name@sha256:... instead.`.slice(0, 1000),
  };
}

/** Every process has an image, which Compose and Kubernetes need. */
export function imagesPresent(processes: Readonly<Record<string, { readonly image: string | null }>>): Check {
  const name = 'images-present';
  const without = Object.keys(processes).filter((process) => processes[process]!.image === null);
  if (without.length === 0) return { name, result: 'pass', message: 'Every process has an image.' };
  return {
    name,
    result: 'fail',
    message: `No image for ${without.join(', ')}: this runtime runs containers. Add 'image: name@sha256:...' to the process.`.slice(
      0,
      1000,
    ),
  };
}
