import type { GroupView } from '../api/client';
import { RollbackFacts } from '../release/rollback-panel';

/** Where the rollback of all together came from, and how it ended. */
export const GroupRollback = ({ rollback }: { rollback: NonNullable<GroupView['rollback']> }) => (
  <RollbackFacts
    title="Rollback of all"
    rollback={rollback}
    because="a member of the group failed"
    leads={
      <>
        <dt>Order</dt>
        <dd>The last applied goes back first</dd>
      </>
    }
  />
);
