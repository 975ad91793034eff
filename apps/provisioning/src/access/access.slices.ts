import { CreateAccountController } from './commands/create-account/create-account.controller';
import { CreateAccountHandler } from './commands/create-account/create-account.handler';
import { CreateDelegateController } from './commands/create-delegate/create-delegate.controller';
import { CreateDelegateHandler } from './commands/create-delegate/create-delegate.handler';
import { SeePersonController } from './commands/see-person/see-person.controller';
import { SeePersonHandler } from './commands/see-person/see-person.handler';
import { DisableAccountController } from './commands/disable-account/disable-account.controller';
import { DisableAccountHandler } from './commands/disable-account/disable-account.handler';
import { EnableAccountController } from './commands/enable-account/enable-account.controller';
import { EnableAccountHandler } from './commands/enable-account/enable-account.handler';
import { CreateTokenController } from './commands/create-token/create-token.controller';
import { CreateTokenHandler } from './commands/create-token/create-token.handler';
import { RotateTokenController } from './commands/rotate-token/rotate-token.controller';
import { RotateTokenHandler } from './commands/rotate-token/rotate-token.handler';
import { RevokeTokenController } from './commands/revoke-token/revoke-token.controller';
import { RevokeTokenHandler } from './commands/revoke-token/revoke-token.handler';
import { DefineRoleController } from './commands/define-role/define-role.controller';
import { DefineRoleHandler } from './commands/define-role/define-role.handler';
import { DeleteRoleController } from './commands/delete-role/delete-role.controller';
import { DeleteRoleHandler } from './commands/delete-role/delete-role.handler';
import { CreateBindingController } from './commands/create-binding/create-binding.controller';
import { CreateBindingHandler } from './commands/create-binding/create-binding.handler';
import { DeleteBindingController } from './commands/delete-binding/delete-binding.controller';
import { DeleteBindingHandler } from './commands/delete-binding/delete-binding.handler';
import { ChangeTeamController } from './commands/change-team/change-team.controller';
import { ChangeTeamHandler } from './commands/change-team/change-team.handler';
import { DeleteTeamController } from './commands/delete-team/delete-team.controller';
import { DeleteTeamHandler } from './commands/delete-team/delete-team.handler';
import { TokenAccounts } from './token-accounts';

/** Identity and permission: accounts, tokens, roles, bindings and teams. Their read model is the gateway's view of the log (ADR 0021). */
export const accessSlices = {
  controllers: [
    CreateAccountController,
    CreateDelegateController,
    SeePersonController,
    DisableAccountController,
    EnableAccountController,
    CreateTokenController,
    RotateTokenController,
    RevokeTokenController,
    DefineRoleController,
    DeleteRoleController,
    CreateBindingController,
    DeleteBindingController,
    ChangeTeamController,
    DeleteTeamController,
  ],
  providers: [
    TokenAccounts,
    CreateAccountHandler,
    CreateDelegateHandler,
    SeePersonHandler,
    DisableAccountHandler,
    EnableAccountHandler,
    CreateTokenHandler,
    RotateTokenHandler,
    RevokeTokenHandler,
    DefineRoleHandler,
    DeleteRoleHandler,
    CreateBindingHandler,
    DeleteBindingHandler,
    ChangeTeamHandler,
    DeleteTeamHandler,
  ],
};
