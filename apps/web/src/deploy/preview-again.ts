import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ApiError, type ReleaseView } from '../api/client';
import { sameAgain } from './draft-input';

/** A refusal that a new preview of the same thing can cure. */
export const isCuredByPreview = (error: unknown): boolean =>
  error instanceof ApiError && ['preview_expired', 'preview_mismatch', 'release_not_applicable', 'preview_required'].includes(error.code);

/** Makes the same draft again, on what is true now, and goes on with it. */
export function usePreviewAgain(release: ReleaseView, onPreviewed: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => (await api.POST('/api/v1/deploy/releases/preview', { params: {}, body: sameAgain(release) })).data!,
    onSuccess: (preview) => {
      queries.setQueryData(['preview', preview.release_id], preview);
      onPreviewed(preview.release_id);
    },
  });
}
