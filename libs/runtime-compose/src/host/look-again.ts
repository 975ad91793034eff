import { isSlipwayError } from '@slipway/contracts';

/**
 * Looks once more when a connection that stood was lost meanwhile: one that rested may have been dead for long. A host that cannot be
 * logged in to (the error names it) is not asked again.
 */
export async function lookAgain<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!isSlipwayError(error) || error.code !== 'dependency_unavailable' || 'host' in error.details) throw error;
    return look();
  }
}
