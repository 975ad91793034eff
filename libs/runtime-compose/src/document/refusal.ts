import { SlipwayError } from '@slipway/contracts';

/** The judge's one answer to what is not allowed: the field by its path, why, and what to do instead. */
export const refused = (field: string, why: string): SlipwayError =>
  new SlipwayError('manifest_refused', `${field}: ${why}`.slice(0, 1000), { field });
