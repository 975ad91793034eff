import { Command } from 'commander';
import { accessCommands } from './access/access-commands';
import { accountCommands } from './access/account-commands';
import { roleCommands } from './access/role-commands';
import { teamCommands } from './access/team-commands';
import { tokenCommands } from './access/token-commands';
import { approvalCommands } from './approvals/approval-commands';
import { askCommands } from './ask/ask-command';
import { artifactCommands } from './catalogue/artifact-commands';
import { catalogueCommands } from './catalogue/catalogue-commands';
import { changeCommands } from './catalogue/change-commands';
import { secretCommands } from './catalogue/secret-commands';
import { EXIT, EXIT_CODES_HELP } from './exit-codes';
import { freezeCommands } from './governance/freeze-commands';
import { policyCommands } from './governance/policy-commands';
import { groupCommands } from './group/group-commands';
import { notificationCommands } from './notifications/notification-commands';
import { webhookCommands } from './notifications/webhook-commands';
import { auditCommands } from './operations/audit-commands';
import { logCommands } from './operations/log-commands';
import { projectionCommands } from './operations/projection-commands';
import { slotCommands } from './operations/slot-commands';
import { releaseActs } from './release/release-acts';
import { releaseReads } from './release/release-reads';

/** The whole command line. */
export function program(): Command {
  const root = new Command('slipway')
    .description('Preview, approve, apply, verify, roll back: the release contract, from a terminal')
    .option('--url <url>', 'gateway (SLIPWAY_URL; default: the embedded platform)')
    .option('--token <token>', 'bearer token (SLIPWAY_TOKEN)')
    .option('--as <role>', 'embedded role: admin, developer, approver, viewer, agent')
    .option('-p, --project <name>', 'project (SLIPWAY_PROJECT; default: the only one)')
    .option('--idempotency-key <key>', 'of what is changed: a command that is run again under the same key is done once')
    .option('--json', 'for programs: JSON on stdout; problem documents and notes on stderr, a line each')
    .addHelpText('after', `\n${EXIT_CODES_HELP}`)
    .showHelpAfterError('(add --help for what there is)');
  const release = root.command('release').description('releases: preview, apply, watch, roll back');
  releaseActs(release);
  releaseReads(release);
  for (const add of [
    groupCommands,
    askCommands,
    approvalCommands,
    freezeCommands,
    policyCommands,
    changeCommands,
    artifactCommands,
    catalogueCommands,
    secretCommands,
    slotCommands,
    auditCommands,
    logCommands,
    projectionCommands,
    tokenCommands,
    accountCommands,
    roleCommands,
    teamCommands,
    accessCommands,
    notificationCommands,
    webhookCommands,
  ]) {
    add(root);
  }
  exitWithUsage(root);
  return root;
}

/** Commander exits 1 on wrong usage; ours is 2, so that 1 always means a failed release. */
function exitWithUsage(command: Command): void {
  command.exitOverride((error) => {
    process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
  });
  command.commands.forEach(exitWithUsage);
}
