import type { AggregateRef } from '@slipway/contracts';

/** A project's id is its name. */
export const projectRef = (name: string): AggregateRef => ({ projectId: name, type: 'project', id: name });
