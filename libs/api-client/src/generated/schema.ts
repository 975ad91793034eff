/** Generated from openapi.json by generate.mjs (`npm run generate`); do not edit. */
export interface paths {
    "/api/v1/access/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts in the caller’s scope, and the caller’s delegates */
        get: operations["listAccounts"];
        put?: never;
        /** Make a service or agent account of a project, or of the platform */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/accounts/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all that an account or a person has open; none of its tokens works */
        post: operations["disableAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/accounts/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a disabled account act again */
        post: operations["enableAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which role is bound to whom, where */
        get: operations["listBindings"];
        put?: never;
        /** Bind a role to an actor, a group or a team, in a scope */
        post: operations["createBinding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/bindings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a role back */
        delete: operations["deleteBinding"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/delegates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an account that acts on behalf of the caller */
        post: operations["createDelegate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles, built-in and defined */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Define a role, or change it for all to whom it is bound */
        put: operations["defineRole"];
        post?: never;
        /** Delete a role; its bindings give nothing any more */
        delete: operations["deleteRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Teams, their members and projects */
        get: operations["listTeams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/teams/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a team, or change its members */
        put: operations["changeTeam"];
        post?: never;
        /** Delete a team; what was bound to it gives nothing any more */
        delete: operations["deleteTeam"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens: one’s own, an account’s, or an actor’s, the latest first; never their secrets */
        get: operations["listTokens"];
        put?: never;
        /** Make an access token, of one’s own or of an account; its secret is shown once */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/tokens/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a token, its children and all that they have open */
        post: operations["revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/tokens/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a token a new secret */
        post: operations["rotateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may do what in a project or environment, and why */
        get: operations["viewAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ai/intents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked, newest first */
        get: operations["listIntents"];
        put?: never;
        /** Say what you want, in words or structured: answered, asked back, or proposed on a preview for a person to confirm */
        post: operations["createIntent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ai/intents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One intent with its proposal, answer or question */
        get: operations["getIntent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ai/intents/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the proposal off the table */
        post: operations["cancelIntent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ai/intents/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A person says yes to the proposal, quoting its preview_ref; needs what the act itself needs; never as an agent */
        post: operations["confirmIntent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many tickets each filter of the inbox holds */
        get: operations["countTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approval inbox */
        get: operations["listTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/inbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One ticket: what will happen, who may decide until when, and what was done to it */
        get: operations["getTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/inbox/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve; never one’s own request, never as an agent */
        post: operations["approveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/inbox/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who looks at a ticket; who may decide it stays as it is */
        post: operations["assignTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/inbox/{id}/comment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something about a ticket; `@name` mentions somebody */
        post: operations["commentTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/inbox/{id}/delegate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let someone else decide in one’s own place; together they have one approval */
        post: operations["delegateTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/inbox/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject; ends the request */
        post: operations["rejectTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Artifacts, newest first */
        get: operations["listArtifacts"];
        put?: never;
        /** Upload an artifact: a tarball with its slipway.yaml; immutable once its version exists */
        post: operations["uploadArtifact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/artifacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One artifact */
        get: operations["getArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deployment records, newest first */
        get: operations["listDeployments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/deployments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was deployed, when, and why, by whom, approved by whom; `id` is the release’s */
        get: operations["getDeployment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every fact, newest first */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes, newest first */
        get: operations["listChanges"];
        put?: never;
        /** Record a change: stage 1 of the pipeline */
        post: operations["recordChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One change */
        get: operations["getChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Release groups, newest first */
        get: operations["listGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release group, and where each of its members is */
        get: operations["getGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply the members in their order; one ticket for all where policy asks for one; if one fails, all go back */
        post: operations["applyGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a group that has not ended; what it applied already goes back */
        post: operations["cancelGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A release group with every member’s draft and exact manifest */
        get: operations["getGroupPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take every member back to what its slot ran before, the last applied first; holds the slots */
        post: operations["rollbackGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that happened to a group and to its members, in one order; live as server-sent events */
        get: operations["getGroupTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/groups/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Materialise the drafts of several services as one: every draft, one risk, one approval; executes nothing */
        post: operations["previewGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Releases, newest first */
        get: operations["listReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One release */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply the draft that preview_ref names; opens a ticket where the environment’s policy asks for one */
        post: operations["applyRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a release that has not ended */
        post: operations["cancelRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a release is where it is: summary for people, payload for programs */
        get: operations["getReleaseDiagnostics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log lines of a release’s steps; live as server-sent events */
        get: operations["getReleaseLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A release with its draft and the exact manifest */
        get: operations["getReleasePreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a paused release go on */
        post: operations["resumeRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore the slot’s previous applied release from its stored draft; holds the slot */
        post: operations["rollbackRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that happened to a release, in order; live as server-sent events */
        get: operations["getReleaseTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/releases/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Materialise a release draft: what will run, what will change, risk, approval; executes nothing */
        post: operations["previewRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which version is where */
        get: operations["listSlots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One slot */
        get: operations["getSlot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare the slot with what should run there, now */
        post: operations["checkSlotDrift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots/{id}/diagnosis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why the slot is as it is: states, exit codes, events, last lines; asked of its target now */
        get: operations["getSlotDiagnosis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold a slot: nothing is applied to it until someone resumes it */
        post: operations["holdSlot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the slot’s workloads wrote last, or as they write it */
        get: operations["getSlotLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift a slot’s hold */
        post: operations["resumeSlot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/slots/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs in the slot now, read from its target */
        get: operations["getSlotStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Targets */
        get: operations["listTargets"];
        put?: never;
        /** Create a target: one deployment endpoint in an environment */
        post: operations["createTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One target */
        get: operations["getTarget"];
        put?: never;
        post?: never;
        /** Delete a target; refused while something runs there, unless forced */
        delete: operations["deleteTarget"];
        options?: never;
        head?: never;
        /** Change a target’s connection; open previews of it no longer hold */
        patch: operations["updateTarget"];
        trace?: never;
    };
    "/api/v1/deploy/targets/{id}/credential": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a target another credential for the same endpoint; it is tried first, and open previews stay valid */
        post: operations["rotateTargetCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deploy/targets/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Try the connection of a target now: what is missing, and how to fix it */
        get: operations["getTargetReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environments */
        get: operations["listEnvironments"];
        put?: never;
        /** Create an environment; its policy defaults to the matrix of its type */
        post: operations["createEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One environment */
        get: operations["getEnvironment"];
        put?: never;
        post?: never;
        /** Delete an environment without targets */
        delete: operations["deleteEnvironment"];
        options?: never;
        head?: never;
        /** Change an environment’s title */
        patch: operations["updateEnvironment"];
        trace?: never;
    };
    "/api/v1/environments/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environment: whether it is closed, why, when it opens and closes next; its windows, its stop, and what it inherits */
        get: operations["getEnvironmentFreeze"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/freeze/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Environment: set a freeze window, once or recurring (RFC 5545) */
        put: operations["setEnvironmentFreezeWindow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/freeze/windows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Environment: remove a freeze window */
        delete: operations["removeEnvironmentFreezeWindow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds the environment, since when, and why */
        get: operations["getEnvironmentLock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the environment asks for before something runs in it */
        get: operations["getEnvironmentPolicy"];
        /** Change members of the policy, with a reason */
        put: operations["changeEnvironmentPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/policy/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between two versions of the policy; without `to`, up to the one that holds now */
        get: operations["compareEnvironmentPolicyVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/policy/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a change of policy would change for the releases that are open now; changes nothing */
        post: operations["previewEnvironmentPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/policy/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of the policy, newest first: what it changed, who wanted it, why, and who approved it */
        get: operations["listEnvironmentPolicyVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/resume-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Environment: resume the line; what waited goes on */
        post: operations["resumeEnvironmentLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names, versions and fingerprints of an environment’s secrets; never their values */
        get: operations["listSecrets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/secrets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Store a secret’s next version; write-only */
        put: operations["putSecret"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{id}/stop-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Environment: stop the line: nothing begins until it is resumed */
        post: operations["stopEnvironmentLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events as they happen, as server-sent events; resumes behind Last-Event-ID */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say where one reads mail, or nowhere; a new address is mailed a code to confirm it with */
        put: operations["changeContact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/contact/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give back the code that was mailed to a new address; mail goes there from now on */
        post: operations["confirmContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The delivery log of a subscription, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery: what was sent, and how each attempt went */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one delivery again, under the same id */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller can be told of, and where the caller reads mail */
        get: operations["getNotificationSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subscriptions that the caller may manage */
        get: operations["listSubscriptions"];
        put?: never;
        /** Subscribe oneself, a team, a project or the platform, by mail, webhook or Slack */
        post: operations["createSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subscription, and since when its deliveries fail */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        /** Remove a subscription */
        delete: operations["removeSubscription"];
        options?: never;
        head?: never;
        /** Change what is told, or the URL; another URL gets another secret, shown once */
        patch: operations["changeSubscription"];
        trace?: never;
    };
    "/api/v1/notifications/subscriptions/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send nothing for now; what happens meanwhile is held */
        post: operations["pauseSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test */
        post: operations["pingSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what happened in a range of time */
        post: operations["replaySubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again from now on; a replay sends what was held */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a webhook a new signing secret, shown once; the old one signs as well for a while */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Platform: whether it is closed, why, when it opens and closes next; its windows, its stop, and what it inherits */
        get: operations["getPlatformFreeze"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/freeze/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Platform: set a freeze window, once or recurring (RFC 5545) */
        put: operations["setPlatformFreezeWindow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/freeze/windows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Platform: remove a freeze window */
        delete: operations["removePlatformFreezeWindow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read models, reactions and timers of every service: position, lag, state, and what is in their way */
        get: operations["listProjections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/projections/{service}/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Build a read model anew from the log while it serves */
        post: operations["rebuildProjection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/projections/{service}/{name}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a reaction go on behind the event that it cannot get over */
        post: operations["skipBlockingEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/resume-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Platform: resume the line; what waited goes on */
        post: operations["resumePlatformLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platform/stop-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Platform: stop the line: nothing begins until it is resumed */
        post: operations["stopPlatformLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects in the caller’s scope */
        get: operations["listProjects"];
        put?: never;
        /** Create a project */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One project */
        get: operations["getProject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a project’s title */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/api/v1/projects/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Project: whether it is closed, why, when it opens and closes next; its windows, its stop, and what it inherits */
        get: operations["getProjectFreeze"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/freeze/windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Project: set a freeze window, once or recurring (RFC 5545) */
        put: operations["setProjectFreezeWindow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/freeze/windows/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Project: remove a freeze window */
        delete: operations["removeProjectFreezeWindow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/resume-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Project: resume the line; what waited goes on */
        post: operations["resumeProjectLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{id}/stop-line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Project: stop the line: nothing begins until it is resumed */
        post: operations["stopProjectLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Services */
        get: operations["listServices"];
        put?: never;
        /** Create a service: a deployable component of a project */
        post: operations["createService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One service */
        get: operations["getService"];
        put?: never;
        post?: never;
        /** Delete a service that runs nowhere */
        delete: operations["deleteService"];
        options?: never;
        head?: never;
        /** Change a service’s title */
        patch: operations["updateService"];
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, what that may do where, and the CSRF token of a session */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessEntry: {
            actor_type: ("human" | "agent" | "service") | null;
            permissions: {
                because: components["schemas"]["AccessReason"][];
                /** @enum {string} */
                permission: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
            }[];
            /** @enum {string} */
            status: "active" | "disabled";
            /** @description Actor id, or group:<name> for a group as a whole */
            subject: string;
        };
        AccessReason: {
            binding_id: string | null;
            role: string | null;
            scope: components["schemas"]["BindingScope"] | null;
            /** @description direct, group:<name>, team:<name>, parent:<actor>, claims */
            via: string;
        };
        AccessView: {
            environment_id: string | null;
            items: components["schemas"]["AccessEntry"][];
            /** @description Resource id */
            project_id: string;
        };
        AccountView: {
            /** @description Resource id */
            account_id: string;
            actor_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            groups: string[];
            issuer: string | null;
            /** @enum {string} */
            kind: "human" | "service" | "agent";
            name: string;
            on_behalf_of: string | null;
            project_id: string;
            /** @enum {string} */
            status: "active" | "disabled";
            title: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
        };
        Action: {
            /** @description What is acted on: process, route, hook, ... */
            kind: string;
            name: string;
            /** @description Cannot be undone by a rollback */
            one_way: boolean;
            ordinal: number;
            summary: string;
            /** @enum {string} */
            verb: "create" | "update" | "recreate" | "delete" | "start" | "stop" | "route" | "run" | "verify" | "none";
        };
        ApplyGroup: {
            preview_ref?: string;
        };
        ApplyRelease: {
            preview_ref?: string;
        };
        ApprovalNeed: {
            four_eyes: boolean;
            /** @enum {string} */
            permission: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
            quorum: number;
            required: boolean;
            /** @description Which rule asks for it, in words */
            rule: string;
            ticket_ttl_s: number | null;
        };
        ApprovalPlan: {
            actions: components["schemas"]["Action"][];
            checks: components["schemas"]["Check"][];
            diff: components["schemas"]["DiffEntry"][];
            diff_truncated: boolean;
        };
        ApprovalRule: {
            /** @enum {string} */
            priority?: "P0" | "P1" | "P2" | "P3";
            quorum?: number;
            required_role?: string | null;
            /**
             * @description From this level on
             * @enum {string}
             */
            risk: "low" | "medium" | "high" | "critical";
            sla_s?: number | null;
        };
        ArtifactManifest: {
            /** @constant */
            api_version: "slipway/v1";
            compose?: {
                /** @description File of the artifact */
                file: string;
                serves?: {
                    /** @description Service of the file that gets the traffic */
                    name: string;
                    port: number;
                    /** @description Asked by the proxy at `port`; without a readiness probe any answer at / will do */
                    probes?: {
                        readiness?: {
                            failure_threshold?: number;
                            initial_delay_ms?: number;
                            path: string;
                            period_ms?: number;
                            success_threshold?: number;
                            timeout_ms?: number;
                        };
                        startup?: {
                            failure_threshold?: number;
                            initial_delay_ms?: number;
                            path: string;
                            period_ms?: number;
                            success_threshold?: number;
                            timeout_ms?: number;
                        };
                    };
                };
            };
            hooks?: {
                after?: components["schemas"]["Hook"][];
                before?: components["schemas"]["Hook"][];
            };
            kubernetes?: {
                files: string[];
                serves?: {
                    /** @description Deployment that gets the traffic */
                    name: string;
                    port: number;
                };
            };
            migration?: {
                /** @description File and arguments of an admin process that runs once */
                command: string[];
                env?: {
                    [key: string]: string;
                };
                /** @description true: the version before cannot work with the migrated data; a rollback then warns */
                one_way: boolean;
                /** @description Whose image, environment and volumes it has; default: the process with the port */
                process?: string;
                /** @description Default 10 minutes */
                timeout_ms?: number;
            };
            processes?: {
                [key: string]: components["schemas"]["ProcessSpec"];
            };
            verification?: {
                health?: {
                    expect_status?: number;
                    path: string;
                };
                smoke?: components["schemas"]["SmokeTest"][];
                /** @description How long the released version must stay healthy */
                watch_ms?: number;
            };
        };
        ArtifactView: {
            /** @description Resource id */
            artifact_id: string;
            change_id: string | null;
            /** @description sha256:<64 hex> */
            digest: string;
            files: number;
            manifest: components["schemas"]["ArtifactManifest"];
            /** @description Resource id */
            project_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            registered_at: string;
            registered_by: string;
            /** @description Resource id */
            service_id: string;
            size_bytes: number;
            source_revision: string | null;
            /** @description Version of an artifact: unique within its service */
            version: string;
        };
        AssignTicket: {
            assignee: string | null;
            comment?: string;
        };
        AuditEvent: {
            action: string;
            actor_id: string;
            /** @enum {string} */
            actor_type: "human" | "agent" | "service";
            causation_id: string;
            /** @description The conversation in which it was asked for */
            conversation_id?: string;
            correlation_id: string;
            detail: {
                [key: string]: unknown;
            };
            environment_id: string;
            /** @description Resource id */
            event_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            occurred_at: string;
            /** @description The person for whom the actor acts */
            on_behalf_of?: string;
            /** @description Stream position: the order of all facts, and the id of the server-sent event */
            position: number;
            preview_ref: string | null;
            project_id: string;
            /** @description Resource id */
            resource_id: string;
            resource_type: string;
            source: string;
            status: string;
            summary: string;
            team_id: string;
        };
        AutomaticApproval: {
            actor_types: ("human" | "agent" | "service")[];
            /** @description Steps that a rollback cannot undo do not stand in the way */
            allow_one_way: boolean;
            /** @description Checks that warn do not stand in the way */
            allow_warnings: boolean;
            /** @enum {string} */
            max_risk: "low" | "medium" | "high" | "critical";
            strategies: ("rolling" | "blue-green" | "canary")[];
        };
        Basis: {
            /** @description aggregate_version of the environment, its policy included */
            environment_version: number;
            /** @description Stream position of the last deployment into the slot; 0: none */
            slot_position: number;
            target_version: number;
            /** @description sha256:<64 hex> */
            variables_digest: string;
        };
        BindingScope: {
            environment_id: string;
            /** @enum {string} */
            kind: "platform" | "team" | "project" | "environment";
            project_id: string;
            team_id: string;
        };
        BindingSubject: {
            /** @enum {string} */
            kind: "actor" | "group" | "team";
            ref: string;
        };
        BindingView: {
            /** @description Resource id */
            binding_id: string;
            created_at: string | null;
            created_by: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            role: string;
            scope: components["schemas"]["BindingScope"];
            /** @enum {string} */
            source: "log" | "configuration";
            subject: components["schemas"]["BindingSubject"];
        };
        CanaryMetric: {
            /** @description More than this: the canary fails */
            max?: number;
            /** @description Less than this: the canary fails */
            min?: number;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description PromQL that comes to one number */
            query: string;
        };
        CanaryStep: {
            duration_ms?: number;
            percent: number;
        };
        CancelGroup: {
            reason?: string;
        };
        CancelIntent: {
            reason?: string;
        };
        CancelRelease: {
            reason?: string;
        };
        ChangeContact: {
            email: string | null;
        };
        ChangeEnvironmentPolicy: {
            policy: {
                allowed_strategies?: ("rolling" | "blue-green" | "canary")[];
                /** @description Acts that need a ticket */
                approval_for?: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change")[];
                /** @description The M of "N of M": only these people decide; empty: whoever has permission and role */
                approvers?: string[];
                automatic_approval?: components["schemas"]["AutomaticApproval"] | null;
                /** @description A release that fails verification is rolled back without a ticket */
                automatic_rollback?: boolean;
                /** @description Only artifacts of a recorded change may come (spec 003, stage 1) */
                change_required?: boolean;
                escalate_to_role?: string | null;
                /** @description The requester never approves */
                four_eyes?: boolean;
                preview_ttl_s?: number;
                /** @enum {string} */
                priority?: "P0" | "P1" | "P2" | "P3";
                promotion?: components["schemas"]["Promotion"] | null;
                quorum?: number;
                reminder_before_s?: number | null;
                /** @enum {string} */
                required_permission?: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
                required_role?: string | null;
                rollback_time_bound_s?: number;
                /** @description Whose rollbacks need no ticket, even where rollbacks do */
                rollback_without_ticket?: ("human" | "agent" | "service")[];
                rules?: components["schemas"]["ApprovalRule"][];
                sla_s?: number | null;
                ticket_ttl_s?: number | null;
                working_hours?: components["schemas"]["WorkingHours"] | null;
            };
            reason: string;
        };
        ChangeSubscription: {
            /** @description Only of these environments, ids or names in the projects; empty: of all */
            environments?: string[];
            name?: string;
            /** @description Only of these projects; empty: of all that the subscriber sees */
            projects?: string[];
            topics?: ("approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze")[];
            /** @description Where deliveries are posted to */
            url?: string;
        };
        ChangeTeam: {
            members: string[];
            title?: string;
        };
        ChangeView: {
            /** @description Resource id */
            change_id: string;
            /** @description Resource id */
            project_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            recorded_at: string;
            recorded_by: string;
            scope: string;
            service_ids: string[];
            source_revision: string;
            summary: string;
            url: string | null;
        };
        Check: {
            message: string;
            name: string;
            /** @enum {string} */
            result: "pass" | "warn" | "fail";
        };
        CommentTicket: {
            comment: string;
        };
        ComposeConnection: {
            /** @description Name or address of the Docker host */
            host: string;
            /** @description Pinned fingerprint of the host key, as `ssh-keygen -lf` prints it. Absent only in a request that trusts on first use */
            host_key?: string;
            /** @description Port of its SSH server */
            port: number;
            /** @description Prefix of the Compose projects on that host */
            project_name: string;
            prometheus?: {
                /** @description Of its HTTP API, without /api/v1 */
                url: string;
            };
            /** @description Image of the proxy, by digest; absent: the one that the product names */
            proxy_image?: string;
            /** @description Port of the host on which the proxy gives out the traffic of the first service */
            routed_port: number;
            /** @description Last port of the range, one for each service with traffic; absent: `routed_port` alone */
            routed_port_to?: number;
            /** @description Login; must be allowed to use Docker */
            user: string;
        };
        ConfirmContact: {
            /** @description As it was mailed to the address */
            code: string;
        };
        ConfirmIntent: {
            preview_ref?: string;
        };
        ConnectionReportView: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            checked_at: string;
            checks: components["schemas"]["Check"][];
            ok: boolean;
            presented_host_key: string | null;
            versions: {
                [key: string]: string;
            };
        };
        CreateAccount: {
            /** @enum {string} */
            kind: "service" | "agent";
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            project?: string;
            title?: string;
        };
        CreateBinding: {
            /** @description A resource by id, or by name within its project */
            environment?: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            project?: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            role: string;
            subject: components["schemas"]["BindingSubject"];
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            team?: string;
        };
        CreateDelegate: {
            /** @enum {string} */
            kind: "service" | "agent";
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            title?: string;
        };
        CreateEnvironment: {
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            policy?: {
                allowed_strategies?: ("rolling" | "blue-green" | "canary")[];
                /** @description Acts that need a ticket */
                approval_for?: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change")[];
                /** @description The M of "N of M": only these people decide; empty: whoever has permission and role */
                approvers?: string[];
                automatic_approval?: components["schemas"]["AutomaticApproval"] | null;
                /** @description A release that fails verification is rolled back without a ticket */
                automatic_rollback?: boolean;
                /** @description Only artifacts of a recorded change may come (spec 003, stage 1) */
                change_required?: boolean;
                escalate_to_role?: string | null;
                /** @description The requester never approves */
                four_eyes?: boolean;
                preview_ttl_s?: number;
                /** @enum {string} */
                priority?: "P0" | "P1" | "P2" | "P3";
                promotion?: components["schemas"]["Promotion"] | null;
                quorum?: number;
                reminder_before_s?: number | null;
                /** @enum {string} */
                required_permission?: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
                required_role?: string | null;
                rollback_time_bound_s?: number;
                /** @description Whose rollbacks need no ticket, even where rollbacks do */
                rollback_without_ticket?: ("human" | "agent" | "service")[];
                rules?: components["schemas"]["ApprovalRule"][];
                sla_s?: number | null;
                ticket_ttl_s?: number | null;
                working_hours?: components["schemas"]["WorkingHours"] | null;
            };
            /** @description A resource by id, or by name within its project */
            project: string;
            title?: string;
            /** @enum {string} */
            type: "local" | "development" | "staging" | "production";
        };
        CreateIntent: {
            /** @description Conversation id */
            conversation_id?: string;
            intent?: {
                /** @description Version, artifact id, or latest */
                artifact?: string;
                /** @description A resource by id, or by name within its project */
                environment?: string;
                /** @description A resource by id, or by name within its project */
                from_environment?: string;
                /** @enum {string} */
                kind: "deploy" | "promote" | "roll_back" | "cancel" | "waiting" | "explain" | "version" | "status" | "releases" | "help";
                reason?: string;
                /** @description Resource id */
                release_id?: string;
                /** @description A resource by id, or by name within its project */
                service?: string;
                /** @enum {string} */
                strategy?: "rolling" | "blue-green" | "canary";
                /** @description A resource by id, or by name within its project */
                target?: string;
            };
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            project?: string;
            /** @description In words, e.g. roll back checkout in staging */
            utterance?: string;
        };
        CreateProject: {
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            team?: string;
            title?: string;
        };
        CreateService: {
            /** @enum {string} */
            kind?: "storefront" | "backend" | "shop-agent" | "control-plane";
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description A resource by id, or by name within its project */
            project: string;
            title?: string;
        };
        CreateSubscription: {
            /** @enum {string} */
            channel: "email" | "webhook" | "slack";
            /** @description Only of these environments, ids or names in the projects; empty: of all */
            environments?: string[];
            name?: string;
            /** @constant */
            platform?: true;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            project?: string;
            /** @description Only of these projects; empty: of all that the subscriber sees */
            projects?: string[];
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            team?: string;
            topics?: ("approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze")[];
            /** @description Where deliveries are posted to */
            url?: string;
        };
        CreateTarget: {
            connection?: components["schemas"]["ProcessConnection"] | components["schemas"]["ComposeConnection"] | components["schemas"]["KubernetesConnection"];
            credential?: {
                /** @constant */
                kind: "ssh_key";
                passphrase?: string;
                /** @description Private key in OpenSSH or PEM form */
                private_key: string;
            } | {
                /** @constant */
                kind: "bearer_token";
                token: string;
            } | {
                /** @description Client certificate, PEM */
                certificate: string;
                /** @constant */
                kind: "client_certificate";
                /** @description Its key, PEM */
                private_key: string;
            };
            /** @description A resource by id, or by name within its project */
            environment: string;
            kubeconfig?: {
                /** @description YAML or JSON; exec, auth-provider, file paths, proxy-url and the like are refused */
                content: string;
                /** @description Default: its current-context */
                context?: string;
                /** @description Default: slipway */
                field_manager?: string;
                /** @description Gateway API: the Gateway to which HTTPRoutes attach; absent: plain Services */
                gateway?: {
                    /** @description Host for which the route answers; `{service}` stands for the name of the service. Absent: every host of the Gateway */
                    hostname?: string;
                    /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                    name: string;
                    /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                    namespace?: string;
                };
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                namespace?: string;
                prometheus?: {
                    /** @description Of its HTTP API, without /api/v1 */
                    url: string;
                };
                /** @description PersistentVolumeClaims of the namespace that manifests of every service may name; absent: none */
                shared_claims?: string[];
                /** @description Secrets (as for pulling images) of the namespace that manifests of every service may name; absent: none */
                shared_secrets?: string[];
            };
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description A resource by id, or by name within its project */
            project: string;
            prometheus_credential?: {
                /** @constant */
                kind: "basic_auth";
                password: string;
                username: string;
            } | {
                /** @constant */
                kind: "bearer_token";
                token: string;
            };
            /** @enum {string} */
            runtime_type: "k8s" | "compose" | "process";
            /** @description compose: pin the host key that the host presents now; it is in the answer, compare it */
            trust_on_first_use?: boolean;
        };
        CreateToken: {
            /** @description Resource id */
            account?: string;
            /** @description Ids, or names in the project */
            environments?: string[];
            /** @description Default 30 days */
            expires_in_s?: number;
            name: string;
            permissions?: ("deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review")[];
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            project?: string;
        };
        CredentialPin: {
            fingerprint: string;
            /** @enum {string} */
            kind: "ssh_key" | "bearer_token" | "client_certificate" | "basic_auth";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            stored_at: string;
            version: number;
        };
        DecideTicket: {
            comment?: string;
        };
        DefineRole: {
            permissions: ("deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review")[];
            title?: string;
        };
        DelegateTicket: {
            comment?: string;
            /** @description An actor id */
            to: string;
        };
        DeliveryAttempt: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            at: string;
            duration_ms: number;
            error: string | null;
            /** @enum {string} */
            outcome: "succeeded" | "failed";
            response_excerpt: string | null;
            response_status: number | null;
        };
        DeliveryDetail: {
            /** @description Since it was queued, or replayed */
            attempts: number;
            body: string | null;
            /** @enum {string} */
            channel: "email" | "webhook" | "slack";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            /** @description Resource id */
            delivery_id: string;
            duration_ms: number | null;
            environment_id: string;
            error: string | null;
            /** @description Resource id */
            event_id: string;
            /** @description The latest attempts first */
            history: components["schemas"]["DeliveryAttempt"][];
            last_attempt_at: string | null;
            next_attempt_at: string | null;
            project_id: string;
            recipient: string | null;
            response_status: number | null;
            /** @enum {string} */
            status: "pending" | "succeeded" | "failed" | "held" | "dropped";
            /** @description Resource id */
            subscription_id: string;
            title: string | null;
            /** @enum {string} */
            topic: "approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze" | "ping" | "subscription_paused" | "contact";
        };
        DeliveryView: {
            /** @description Since it was queued, or replayed */
            attempts: number;
            /** @enum {string} */
            channel: "email" | "webhook" | "slack";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            /** @description Resource id */
            delivery_id: string;
            duration_ms: number | null;
            environment_id: string;
            error: string | null;
            /** @description Resource id */
            event_id: string;
            last_attempt_at: string | null;
            next_attempt_at: string | null;
            project_id: string;
            recipient: string | null;
            response_status: number | null;
            /** @enum {string} */
            status: "pending" | "succeeded" | "failed" | "held" | "dropped";
            /** @description Resource id */
            subscription_id: string;
            title: string | null;
            /** @enum {string} */
            topic: "approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze" | "ping" | "subscription_paused" | "contact";
        };
        DeploymentRecord: {
            approval_ticket: string | null;
            approved_by: string[];
            /** @description sha256:<64 hex> */
            artifact_digest: string;
            /** @description Resource id */
            artifact_id: string;
            artifact_version: string;
            change_id: string | null;
            deploying_ms: number | null;
            /** @description Resource id */
            environment_id: string;
            environment_name: string;
            /** @description Resource id */
            group_id?: string;
            outcome: string | null;
            /** @description sha256:<64 hex> */
            preview_ref: string;
            /** @description Resource id */
            project_id: string;
            reason: string | null;
            /** @description Resource id */
            release_id: string;
            requested_by: string;
            requested_by_type: string;
            result: string;
            rolled_back_to: string | null;
            /** @description Resource id */
            service_id: string;
            service_name: string;
            /** @description Resource id */
            slot_id: string;
            stages: {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC, milliseconds
                 */
                at: string;
                stage: string;
            }[];
            /** @description Resource id */
            target_id: string;
            target_name: string;
            waiting_ms: number | null;
        };
        Diagnostics: {
            /** @enum {string} */
            outcome: "succeeded" | "failed" | "errored" | "inconclusive" | "aborted";
            payload: {
                [key: string]: unknown;
            };
            step: string | null;
            summary: string;
        };
        DiffEntry: {
            after?: unknown;
            before?: unknown;
            /** @enum {string} */
            op: "add" | "remove" | "replace";
            path: string;
        };
        Draft: {
            actions: components["schemas"]["Action"][];
            approval: components["schemas"]["ApprovalNeed"];
            basis: components["schemas"]["Basis"];
            checks: components["schemas"]["Check"][];
            diff: components["schemas"]["DiffEntry"][];
            diff_truncated: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            expires_at: string;
            /** @description sha256:<64 hex> */
            manifest_digest: string;
            /** @description Resource id */
            release_id: string;
            risk: components["schemas"]["Risk"];
        };
        DriftFinding: {
            detail: string;
            /** @enum {string} */
            kind: "missing" | "changed" | "extra";
            what: string;
        };
        EnvironmentLockView: {
            acquired_at: string | null;
            /** @description Resource id */
            environment_id: string;
            execution_id: string | null;
            fencing_token: number | null;
            heartbeat_at: string | null;
            held: boolean;
            holder: string | null;
            reason: string | null;
            release_id: string | null;
        };
        EnvironmentPolicy: {
            allowed_strategies: ("rolling" | "blue-green" | "canary")[];
            /** @description Acts that need a ticket */
            approval_for: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change")[];
            /** @description The M of "N of M": only these people decide; empty: whoever has permission and role */
            approvers: string[];
            automatic_approval: components["schemas"]["AutomaticApproval"] | null;
            /** @description A release that fails verification is rolled back without a ticket */
            automatic_rollback: boolean;
            /** @description Only artifacts of a recorded change may come (spec 003, stage 1) */
            change_required: boolean;
            escalate_to_role: string | null;
            /** @description The requester never approves */
            four_eyes: boolean;
            preview_ttl_s: number;
            /** @enum {string} */
            priority: "P0" | "P1" | "P2" | "P3";
            promotion: components["schemas"]["Promotion"] | null;
            quorum: number;
            reminder_before_s: number | null;
            /** @enum {string} */
            required_permission: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
            required_role: string | null;
            rollback_time_bound_s: number;
            /** @description Whose rollbacks need no ticket, even where rollbacks do */
            rollback_without_ticket: ("human" | "agent" | "service")[];
            rules: components["schemas"]["ApprovalRule"][];
            sla_s: number | null;
            ticket_ttl_s: number | null;
            working_hours: components["schemas"]["WorkingHours"] | null;
        };
        EnvironmentView: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            /** @description Resource id */
            environment_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            policy: components["schemas"]["EnvironmentPolicy"];
            policy_change?: {
                /** @description Resource id */
                policy_change_id: string;
                /** @description Resource id */
                ticket_id: string;
            };
            /** @description Resource id */
            project_id: string;
            title: string;
            /** @enum {string} */
            type: "local" | "development" | "staging" | "production";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            version: number;
        };
        FreezeWindow: {
            acts: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy")[];
            duration_s: number;
            /** @enum {string} */
            kind: "deny" | "allow";
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description Whom to ask */
            owner: string;
            reason: string;
            rrule: string | null;
            /** @description First start, local time: 2026-12-18T17:00 */
            start: string;
            /** @description IANA time zone, e.g. Europe/Berlin */
            timezone: string;
        };
        GateView: {
            closed: boolean;
            closed_by: ("platform" | "project" | "environment") | null;
            code: ("line_stopped" | "frozen") | null;
            environment_id: string | null;
            inherited: {
                /** @enum {string} */
                scope: "platform" | "project" | "environment";
                stop: components["schemas"]["LineStop"] | null;
                windows: components["schemas"]["FreezeWindow"][];
            }[];
            next_close: string | null;
            next_open: string | null;
            owner: string | null;
            project_id: string | null;
            reason: string | null;
            /** @enum {string} */
            scope: "platform" | "project" | "environment";
            stop: components["schemas"]["LineStop"] | null;
            version: number;
            window: string | null;
            windows: components["schemas"]["FreezeWindow"][];
        };
        Grant: {
            /** @description Ids, or ['*'] */
            environments: string[];
            permissions: components["schemas"]["Permissions"];
            /** @description Ids, or ['*'] */
            projects: string[];
            /** @description Roles by which it is held */
            roles?: string[];
        };
        GroupDraft: {
            approval: components["schemas"]["ApprovalNeed"];
            checks: components["schemas"]["Check"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            expires_at: string;
            /** @description Resource id */
            group_id: string;
            members: components["schemas"]["GroupMember"][];
            risk: components["schemas"]["Risk"];
        };
        GroupMember: {
            /** @description Version of an artifact: unique within its service */
            artifact_version: string;
            ordinal: number;
            /** @description sha256:<64 hex> */
            preview_ref: string;
            /** @description Resource id */
            release_id: string;
            /** @enum {string} */
            runtime_type: "k8s" | "compose" | "process";
            /** @description Resource id */
            service_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            service_name: string;
            /** @description Resource id */
            slot_id: string;
            /** @description Resource id */
            target_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            target_name: string;
        };
        GroupPreviewView: {
            approval_required: boolean;
            approval_ticket: string | null;
            approved_by: string[];
            cancel_requested: boolean;
            diagnostics_json: components["schemas"]["Diagnostics"] | null;
            ended_at: string | null;
            /** @description Resource id */
            environment_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            environment_name: string;
            /** @enum {string} */
            environment_type: "local" | "development" | "staging" | "production";
            expires_at: string | null;
            /** @description Resource id */
            group_id: string;
            lifecycle_state: components["schemas"]["LifecycleState"];
            members: {
                /** @description Version of an artifact: unique within its service */
                artifact_version: string;
                ordinal: number;
                /** @description sha256:<64 hex> */
                preview_ref: string;
                /** @description Resource id */
                release_id: string;
                /** @enum {string} */
                runtime_type: "k8s" | "compose" | "process";
                /** @description Resource id */
                service_id: string;
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                service_name: string;
                /** @description Resource id */
                slot_id: string;
                status: components["schemas"]["ReleaseStatus"];
                /** @description Resource id */
                target_id: string;
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                target_name: string;
            }[];
            preview: components["schemas"]["GroupDraft"];
            /** @description sha256:<64 hex> */
            preview_ref: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            previewed_at: string;
            /** @description Resource id */
            project_id: string;
            reason: string | null;
            releases: components["schemas"]["PreviewView"][];
            requested_by: string;
            /** @enum {string} */
            requested_by_type: "human" | "agent" | "service";
            /** @enum {string} */
            risk: "low" | "medium" | "high" | "critical";
            rollback: components["schemas"]["GroupRollbackView"] | null;
            status: components["schemas"]["ReleaseStatus"];
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            version: number;
        };
        GroupRollbackView: {
            automatic: boolean;
            ended_at: string | null;
            reason: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            requested_at: string;
            requested_by: string;
            /** @enum {string} */
            status: "pending_approval" | "rolling_back" | "completed" | "failed" | "rejected";
        };
        GroupTimelineView: {
            entries: components["schemas"]["TimelineEntry"][];
            /** @description Resource id */
            group_id: string;
            next_cursor: string | null;
        };
        GroupView: {
            approval_required: boolean;
            approval_ticket: string | null;
            approved_by: string[];
            cancel_requested: boolean;
            diagnostics_json: components["schemas"]["Diagnostics"] | null;
            ended_at: string | null;
            /** @description Resource id */
            environment_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            environment_name: string;
            /** @enum {string} */
            environment_type: "local" | "development" | "staging" | "production";
            expires_at: string | null;
            /** @description Resource id */
            group_id: string;
            lifecycle_state: components["schemas"]["LifecycleState"];
            members: {
                /** @description Version of an artifact: unique within its service */
                artifact_version: string;
                ordinal: number;
                /** @description sha256:<64 hex> */
                preview_ref: string;
                /** @description Resource id */
                release_id: string;
                /** @enum {string} */
                runtime_type: "k8s" | "compose" | "process";
                /** @description Resource id */
                service_id: string;
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                service_name: string;
                /** @description Resource id */
                slot_id: string;
                status: components["schemas"]["ReleaseStatus"];
                /** @description Resource id */
                target_id: string;
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                target_name: string;
            }[];
            /** @description sha256:<64 hex> */
            preview_ref: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            previewed_at: string;
            /** @description Resource id */
            project_id: string;
            reason: string | null;
            requested_by: string;
            /** @enum {string} */
            requested_by_type: "human" | "agent" | "service";
            /** @enum {string} */
            risk: "low" | "medium" | "high" | "critical";
            rollback: components["schemas"]["GroupRollbackView"] | null;
            status: components["schemas"]["ReleaseStatus"];
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            version: number;
        };
        Hold: {
            by: string;
            reason: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            since: string;
        };
        HoldSlot: {
            reason: string;
        };
        Hook: {
            /** @description File and arguments of an admin process that runs once */
            command: string[];
            env?: {
                [key: string]: string;
            };
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description Runs when a rollback brings this release back, too */
            on_rollback?: boolean;
            /** @description Cannot be undone by a rollback */
            one_way?: boolean;
            /** @description Whose image, environment and volumes it has; default: the process with the port */
            process?: string;
            /** @description Default 10 minutes */
            timeout_ms?: number;
        };
        Intent: {
            /** @description Version, artifact id, or latest */
            artifact?: string;
            /** @description A resource by id, or by name within its project */
            environment?: string;
            /** @description A resource by id, or by name within its project */
            from_environment?: string;
            /** @enum {string} */
            kind: "deploy" | "promote" | "roll_back" | "cancel" | "waiting" | "explain" | "version" | "status" | "releases" | "help";
            reason?: string;
            /** @description Resource id */
            release_id?: string;
            /** @description A resource by id, or by name within its project */
            service?: string;
            /** @enum {string} */
            strategy?: "rolling" | "blue-green" | "canary";
            /** @description A resource by id, or by name within its project */
            target?: string;
        };
        IntentAnswer: {
            release_ids: string[];
            /** @description May quote what people, logs or a model wrote */
            text: string;
            ticket_ids: string[];
        };
        IntentQuestion: {
            candidates: {
                intent: components["schemas"]["Intent"];
                label: string;
            }[];
            text: string;
        };
        IntentView: {
            answer: components["schemas"]["IntentAnswer"] | null;
            approval_ticket: string | null;
            asked_by: string;
            /** @enum {string} */
            asked_by_type: "human" | "agent" | "service";
            confirmed_act: ("apply" | "roll_back" | "cancel") | null;
            confirmed_by: string | null;
            conversation_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            /** @description Resource id */
            intent_id: string;
            /** @description Resource id */
            project_id: string;
            proposal: components["schemas"]["Proposal"] | null;
            question: components["schemas"]["IntentQuestion"] | null;
            /** @enum {string} */
            status: "proposed" | "answered" | "clarification" | "confirmed" | "cancelled" | "expired";
            understood: components["schemas"]["Intent"] | null;
            /** @enum {string} */
            understood_by: "caller" | "grammar" | "model";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            utterance: string | null;
            version: number;
        };
        IssuedSubscription: {
            /** @enum {string} */
            channel: "email" | "webhook" | "slack";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            created_by: string;
            endpoint: string | null;
            environments: string[];
            failing_since: string | null;
            last_success_at: string | null;
            name: string;
            owner: components["schemas"]["Subscriber"];
            paused_automatically: boolean;
            paused_because: string | null;
            previous_secret_until: string | null;
            projects: string[];
            secret: string | null;
            /** @enum {string} */
            status: "active" | "paused";
            /** @description Resource id */
            subscription_id: string;
            topics: ("approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze")[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
        };
        IssuedToken: {
            account_id: string | null;
            actor_id: string;
            /** @enum {string} */
            actor_type: "human" | "agent" | "service";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            created_by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            expires_at: string;
            /** @enum {string} */
            kind: "personal" | "account" | "session";
            name: string;
            parent_token_id: string | null;
            project_id: string;
            revoked_at: string | null;
            scope: components["schemas"]["Grant"][];
            secret: string | null;
            /** @enum {string} */
            status: "active" | "expired" | "revoked" | "disabled";
            /** @description Resource id */
            token_id: string;
        };
        KubernetesConnection: {
            /** @description PEM; absent: public authorities */
            ca?: string;
            /** @description Default: slipway */
            field_manager?: string;
            /** @description Gateway API: the Gateway to which HTTPRoutes attach; absent: plain Services */
            gateway?: {
                /** @description Host for which the route answers; `{service}` stands for the name of the service. Absent: every host of the Gateway */
                hostname?: string;
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                name: string;
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                namespace?: string;
            };
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            namespace: string;
            prometheus?: {
                /** @description Of its HTTP API, without /api/v1 */
                url: string;
            };
            /** @description API server, https only */
            server: string;
            /** @description PersistentVolumeClaims of the namespace that manifests of every service may name; absent: none */
            shared_claims?: string[];
            /** @description Secrets (as for pulling images) of the namespace that manifests of every service may name; absent: none */
            shared_secrets?: string[];
            tls_server_name?: string;
        };
        /** @enum {string} */
        LifecycleState: "preview" | "pending_approval" | "approved" | "applying" | "applied" | "failed" | "rollback";
        LineStop: {
            acts: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy")[];
            owner: string;
            reason: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            since: string;
        };
        LogEntry: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            at: string;
            line: string;
            /** @description Position in the log stream, and the id of the server-sent event */
            position: number;
            /** @description Resource id */
            run_id: string;
            step: string | null;
        };
        LogView: {
            entries: components["schemas"]["LogEntry"][];
            next_cursor: string | null;
            /** @description Resource id */
            release_id: string;
        };
        NotificationSettings: {
            actor_id: string;
            email: string | null;
            /** @description The operator has configured a mail server */
            mail_enabled: boolean;
            pending_email: string | null;
            /** @description Teams of the caller, whose subscriptions the caller may manage */
            teams: string[];
            topics: {
                personal_default: boolean;
                title: string;
                /** @enum {string} */
                topic: "approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze";
            }[];
        };
        PauseSubscription: {
            reason?: string;
        };
        Permissions: ("deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review")[];
        PinnedVariables: {
            [key: string]: string | components["schemas"]["SecretPin"];
        };
        PolicyComparison: {
            changes: {
                after: unknown;
                before: unknown;
                member: string;
            }[];
            /** @description Resource id */
            environment_id: string;
            from: number;
            to: number;
        };
        PolicyPreview: {
            changes: {
                after: unknown;
                before: unknown;
                member: string;
            }[];
            /** @description Resource id */
            environment_id: string;
            needs_approval: boolean;
            policy: components["schemas"]["EnvironmentPolicy"];
            policy_version: number;
            releases: {
                artifact_version: string;
                now: components["schemas"]["ApprovalNeed"];
                /** @description Resource id */
                release_id: string;
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                service_name: string;
                status: components["schemas"]["ReleaseStatus"];
                strategy_allowed: boolean;
                then: components["schemas"]["ApprovalNeed"];
            }[];
        };
        PolicyVersion: {
            /** @description Empty where the change needed no approval */
            approved_by: string[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            changed_at: string;
            changed_by: string;
            changes: {
                after: unknown;
                before: unknown;
                member: string;
            }[];
            policy: components["schemas"]["EnvironmentPolicy"];
            reason: string;
            ticket_id: string | null;
            version: number;
        };
        PreviewGroup: {
            /** @description A resource by id, or by name within its project */
            environment: string;
            members: {
                artifact: string;
                /** @description A resource by id, or by name within its project */
                service: string;
                strategy?: ("rolling" | "blue-green" | "canary") | components["schemas"]["Strategy"];
                /** @description A resource by id, or by name within its project */
                target?: string;
                variables?: {
                    [key: string]: components["schemas"]["VariableInput"];
                };
            }[];
            /** @description A resource by id, or by name within its project */
            project: string;
            reason?: string;
        };
        PreviewPolicy: {
            policy: {
                allowed_strategies?: ("rolling" | "blue-green" | "canary")[];
                /** @description Acts that need a ticket */
                approval_for?: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change")[];
                /** @description The M of "N of M": only these people decide; empty: whoever has permission and role */
                approvers?: string[];
                automatic_approval?: components["schemas"]["AutomaticApproval"] | null;
                /** @description A release that fails verification is rolled back without a ticket */
                automatic_rollback?: boolean;
                /** @description Only artifacts of a recorded change may come (spec 003, stage 1) */
                change_required?: boolean;
                escalate_to_role?: string | null;
                /** @description The requester never approves */
                four_eyes?: boolean;
                preview_ttl_s?: number;
                /** @enum {string} */
                priority?: "P0" | "P1" | "P2" | "P3";
                promotion?: components["schemas"]["Promotion"] | null;
                quorum?: number;
                reminder_before_s?: number | null;
                /** @enum {string} */
                required_permission?: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
                required_role?: string | null;
                rollback_time_bound_s?: number;
                /** @description Whose rollbacks need no ticket, even where rollbacks do */
                rollback_without_ticket?: ("human" | "agent" | "service")[];
                rules?: components["schemas"]["ApprovalRule"][];
                sla_s?: number | null;
                ticket_ttl_s?: number | null;
                working_hours?: components["schemas"]["WorkingHours"] | null;
            };
        };
        PreviewRelease: {
            artifact: string;
            /** @description A resource by id, or by name within its project */
            environment: string;
            /** @description A resource by id, or by name within its project */
            project: string;
            reason?: string;
            /** @description A resource by id, or by name within its project */
            service: string;
            strategy?: ("rolling" | "blue-green" | "canary") | components["schemas"]["Strategy"];
            /** @description A resource by id, or by name within its project */
            target?: string;
            variables?: {
                [key: string]: components["schemas"]["VariableInput"];
            };
        };
        PreviewView: {
            approval_required: boolean;
            approval_ticket: string | null;
            approved_by: string[];
            /** @description sha256:<64 hex> */
            artifact_digest: string;
            /** @description Resource id */
            artifact_id: string;
            artifact_version: string;
            change_id: string | null;
            diagnostics_json: components["schemas"]["Diagnostics"] | null;
            ended_at: string | null;
            /** @description Resource id */
            environment_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            environment_name: string;
            /** @enum {string} */
            environment_type: "local" | "development" | "staging" | "production";
            execution_id: string | null;
            expires_at: string | null;
            group_id: string | null;
            lifecycle_state: components["schemas"]["LifecycleState"];
            manifest: unknown;
            paused: boolean;
            preview: components["schemas"]["Draft"];
            /** @description sha256:<64 hex> */
            preview_ref: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            previewed_at: string;
            /** @description Resource id */
            project_id: string;
            reason: string | null;
            /** @description Resource id */
            release_id: string;
            requested_by: string;
            /** @enum {string} */
            requested_by_type: "human" | "agent" | "service";
            /** @enum {string} */
            risk: "low" | "medium" | "high" | "critical";
            rollback: components["schemas"]["RollbackView"] | null;
            /** @enum {string} */
            runtime_type: "k8s" | "compose" | "process";
            /** @description Resource id */
            service_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            service_name: string;
            /** @description Resource id */
            slot_id: string;
            status: components["schemas"]["ReleaseStatus"];
            strategy: components["schemas"]["Strategy"];
            /** @description Resource id */
            target_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            target_name: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            url: string | null;
            variables: components["schemas"]["PinnedVariables"];
            version: number;
        };
        Problem: {
            /** @enum {string} */
            code: "invalid_request" | "invalid_reference" | "artifact_invalid" | "manifest_refused" | "kubeconfig_refused" | "artifact_too_large" | "request_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "token_revoked" | "account_disabled" | "forbidden" | "csrf_token_invalid" | "four_eyes" | "agent_cannot_approve" | "agent_cannot_confirm" | "unknown_resource" | "unknown_route" | "already_exists" | "artifact_immutable" | "idempotency_key_reused" | "preview_required" | "preview_expired" | "preview_mismatch" | "preview_checks_failed" | "release_not_applicable" | "release_not_cancellable" | "release_not_resumable" | "release_in_group" | "group_not_applicable" | "group_not_cancellable" | "rollback_unavailable" | "line_stopped" | "frozen" | "intent_not_confirmable" | "slot_held" | "slot_not_held" | "slot_busy" | "stale_fence" | "target_unfit" | "address_refused" | "runtime_off" | "host_key_mismatch" | "credential_refused" | "ticket_decided" | "ticket_expired" | "ticket_full" | "resource_in_use" | "resource_deleted" | "limit_reached" | "not_blocked" | "approval_required" | "mail_not_configured" | "stale_version" | "too_many_requests" | "dependency_failed" | "dependency_unavailable" | "log_behind_checkpoint" | "outcome_unknown" | "internal";
            /** @description What is wrong, and what to do next */
            detail: string;
            /** @description Facts for programs, by code */
            details?: {
                [key: string]: unknown;
            };
            /** @description What is wrong where, of a malformed request */
            errors?: {
                message: string;
                path: string;
            }[];
            instance: string;
            request_id: string;
            status: number;
            title: string;
            /** @description URI reference of the kind of problem */
            type: string;
        };
        ProcessConnection: {
            /**
             * @description Address on which slot routers listen
             * @enum {string}
             */
            host: "127.0.0.1" | "0.0.0.0";
            port_from: number;
            port_to: number;
            prometheus?: {
                /** @description Of its HTTP API, without /api/v1 */
                url: string;
            };
        };
        ProcessSpec: {
            /** @description File and arguments; never a shell string. Runs in the unpacked artifact; in a container it replaces what the image starts */
            command?: string[];
            env?: {
                [key: string]: string;
            };
            /** @description Image by digest, name@sha256:...; without a digest the preview has a failed check */
            image?: string;
            /** @description Ports on which the other processes reach it, by its name */
            internal_ports?: number[];
            /** @description Serves HTTP and gets the traffic of the service; at most one process of an artifact. true: on the port given to it in PORT; a number: on that port of the container */
            port?: boolean | number;
            probes?: {
                liveness?: {
                    failure_threshold?: number;
                    initial_delay_ms?: number;
                    path: string;
                    period_ms?: number;
                    success_threshold?: number;
                    timeout_ms?: number;
                };
                readiness?: {
                    failure_threshold?: number;
                    initial_delay_ms?: number;
                    path: string;
                    period_ms?: number;
                    success_threshold?: number;
                    timeout_ms?: number;
                };
                startup?: {
                    failure_threshold?: number;
                    initial_delay_ms?: number;
                    path: string;
                    period_ms?: number;
                    success_threshold?: number;
                    timeout_ms?: number;
                };
            };
            replicas?: number;
            resources?: {
                cpu_limit_millis?: number;
                cpu_request_millis?: number;
                memory_limit_mib?: number;
                memory_request_mib?: number;
            };
            /** @description From SIGTERM to SIGKILL */
            stop_grace_ms?: number;
            volumes?: components["schemas"]["Volume"][];
        };
        ProjectionStatus: {
            blocked_position: number | null;
            error: string | null;
            head: number;
            /** @enum {string} */
            kind: "projection" | "reaction" | "timer";
            lag: number;
            name: string;
            position: number;
            service: string;
            /** @enum {string} */
            state: "live" | "catching-up" | "rebuilding" | "standby" | "stopped";
            updated_at: string | null;
        };
        ProjectView: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description Resource id */
            project_id: string;
            team_id: string;
            title: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
        };
        PrometheusCredential: {
            /** @constant */
            kind: "basic_auth";
            password: string;
            username: string;
        } | {
            /** @constant */
            kind: "bearer_token";
            token: string;
        };
        Promotion: {
            /** @description Environments of the project, by name */
            after: string[];
            soak_s: number;
        };
        Proposal: {
            /** @enum {string} */
            act: "apply" | "roll_back" | "cancel";
            /** @description Confirming it opens a ticket, which somebody else decides */
            approval_required: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            expires_at: string;
            /** @description sha256:<64 hex> */
            preview_ref: string;
            /** @description Resource id */
            release_id: string;
            title: string;
            to_release_id: string | null;
            warnings: string[];
        };
        PutSecret: {
            value: string;
        };
        Queued: {
            delivery_id: string | null;
            /** @description Resource id */
            subscription_id: string;
        };
        RecordChange: {
            /** @description A resource by id, or by name within its project */
            project: string;
            scope?: string;
            services: string[];
            source_revision: string;
            summary: string;
            url?: string;
        };
        ReleaseDiagnostics: {
            diagnostics_json: components["schemas"]["Diagnostics"] | null;
            lifecycle_state: components["schemas"]["LifecycleState"];
            /** @description Resource id */
            release_id: string;
            status: components["schemas"]["ReleaseStatus"];
            summary: string;
        };
        /** @enum {string} */
        ReleaseStatus: "previewed" | "pending_approval" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "applying" | "verifying" | "applied" | "failed" | "rolling_back" | "rolled_back" | "rollback_failed";
        ReleaseView: {
            approval_required: boolean;
            approval_ticket: string | null;
            approved_by: string[];
            /** @description sha256:<64 hex> */
            artifact_digest: string;
            /** @description Resource id */
            artifact_id: string;
            artifact_version: string;
            change_id: string | null;
            diagnostics_json: components["schemas"]["Diagnostics"] | null;
            ended_at: string | null;
            /** @description Resource id */
            environment_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            environment_name: string;
            /** @enum {string} */
            environment_type: "local" | "development" | "staging" | "production";
            execution_id: string | null;
            expires_at: string | null;
            group_id: string | null;
            lifecycle_state: components["schemas"]["LifecycleState"];
            paused: boolean;
            /** @description sha256:<64 hex> */
            preview_ref: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            previewed_at: string;
            /** @description Resource id */
            project_id: string;
            reason: string | null;
            /** @description Resource id */
            release_id: string;
            requested_by: string;
            /** @enum {string} */
            requested_by_type: "human" | "agent" | "service";
            /** @enum {string} */
            risk: "low" | "medium" | "high" | "critical";
            rollback: components["schemas"]["RollbackView"] | null;
            /** @enum {string} */
            runtime_type: "k8s" | "compose" | "process";
            /** @description Resource id */
            service_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            service_name: string;
            /** @description Resource id */
            slot_id: string;
            status: components["schemas"]["ReleaseStatus"];
            strategy: components["schemas"]["Strategy"];
            /** @description Resource id */
            target_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            target_name: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            url: string | null;
            variables: components["schemas"]["PinnedVariables"];
            version: number;
        };
        ReplaySubscription: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            since: string;
            succeeded_too?: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            until?: string;
        };
        ResumeLine: {
            reason?: string;
        };
        ResumeRelease: {
            reason?: string;
        };
        ResumeSlot: {
            reason?: string;
        };
        RevokeToken: {
            reason?: string;
        };
        Risk: {
            /** @enum {string} */
            level: "low" | "medium" | "high" | "critical";
            reasons: string[];
        };
        RoleView: {
            built_in: boolean;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            permissions: components["schemas"]["Permissions"];
            title: string;
            updated_at: string | null;
        };
        RollbackGroup: {
            reason?: string;
        };
        RollbackRelease: {
            reason?: string;
        };
        RollbackView: {
            automatic: boolean;
            ended_at: string | null;
            reason: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            requested_at: string;
            requested_by: string;
            /** @enum {string} */
            status: "pending_approval" | "requested" | "rolling_back" | "completed" | "failed" | "rejected";
            to_artifact_version: string;
            /** @description Resource id */
            to_release_id: string;
            /** @description What lies between and does not come back by itself */
            warnings?: string[];
        };
        RotateCredential: {
            credential?: {
                /** @constant */
                kind: "ssh_key";
                passphrase?: string;
                /** @description Private key in OpenSSH or PEM form */
                private_key: string;
            } | {
                /** @constant */
                kind: "bearer_token";
                token: string;
            } | {
                /** @description Client certificate, PEM */
                certificate: string;
                /** @constant */
                kind: "client_certificate";
                /** @description Its key, PEM */
                private_key: string;
            };
            kubeconfig?: {
                /** @description YAML or JSON; exec, auth-provider, file paths, proxy-url and the like are refused */
                content: string;
                /** @description Default: its current-context */
                context?: string;
                /** @description Default: slipway */
                field_manager?: string;
                /** @description Gateway API: the Gateway to which HTTPRoutes attach; absent: plain Services */
                gateway?: {
                    /** @description Host for which the route answers; `{service}` stands for the name of the service. Absent: every host of the Gateway */
                    hostname?: string;
                    /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                    name: string;
                    /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                    namespace?: string;
                };
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                namespace?: string;
                prometheus?: {
                    /** @description Of its HTTP API, without /api/v1 */
                    url: string;
                };
                /** @description PersistentVolumeClaims of the namespace that manifests of every service may name; absent: none */
                shared_claims?: string[];
                /** @description Secrets (as for pulling images) of the namespace that manifests of every service may name; absent: none */
                shared_secrets?: string[];
            };
            /** @description Null takes it away; absent: it stays */
            prometheus_credential?: components["schemas"]["PrometheusCredential"] | null;
        };
        RotateToken: {
            /** @description How long the old secret still works; default 0 */
            overlap_s?: number;
        };
        RotateWebhookSecret: {
            /** @description How long deliveries are signed with the old secret as well; default a day */
            overlap_s?: number;
        };
        SecretPin: {
            fingerprint: string;
            /** @description Resource id */
            secret_ref: string;
            version: number;
        };
        SecretView: {
            /** @description Resource id */
            environment_id: string;
            fingerprint: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            updated_by: string;
            version: number;
        };
        ServiceView: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            /** @enum {string} */
            kind: "storefront" | "backend" | "shop-agent" | "control-plane";
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description Resource id */
            project_id: string;
            /** @description Resource id */
            service_id: string;
            title: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
        };
        SessionView: {
            actor_id: string;
            /** @enum {string} */
            actor_type: "human" | "agent" | "service";
            csrf_token: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            expires_at: string;
            grants: components["schemas"]["Grant"][];
            issuer: string | null;
            /** @enum {string} */
            method: "session" | "bearer" | "access_token";
            name: string;
            on_behalf_of: string | null;
            permissions: components["schemas"]["Permissions"];
        };
        SetWindow: {
            acts?: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy")[];
            duration_s: number;
            /** @enum {string} */
            kind?: "deny" | "allow";
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            owner?: string;
            reason: string;
            rrule?: string | null;
            /** @description First start, local time: 2026-12-18T17:00 */
            start: string;
            /** @description IANA time zone, e.g. Europe/Berlin */
            timezone?: string;
        };
        SkipBlockingEvent: {
            position: number;
            reason?: string;
        };
        SlotDiagnosisView: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            diagnosed_at: string;
            events: {
                at: string | null;
                count: number;
                message: string;
                reason: string;
                /** @enum {string} */
                severity: "normal" | "warning";
                subject: string;
            }[];
            replicas: {
                exit_code: number | null;
                failing_probe: string | null;
                image: string | null;
                last_lines: string[];
                message: string | null;
                name: string;
                oom_killed: boolean;
                process: string;
                ready: boolean;
                reason: string | null;
                release_id: string;
                restarts: number;
                signal: string | null;
                state: string;
            }[];
            /** @description Resource id */
            slot_id: string;
            /** @description One line for a person */
            summary: string;
        };
        SlotLogLine: {
            at: string | null;
            line: string;
            process: string;
            release_id: string;
            replica: string;
        };
        SlotLogsView: {
            lines: components["schemas"]["SlotLogLine"][];
            /** @description Resource id */
            slot_id: string;
        };
        SlotReplica: {
            image: string | null;
            /** @description Another after every replacement: a process, a container id, a pod uid */
            instance_id: string;
            name: string;
            node: string | null;
            pid: number | null;
            port: number | null;
            process: string;
            ready: boolean;
            reason: string | null;
            /** @description Resource id */
            release_id: string;
            restarts: number;
            started_at: string | null;
            state: string;
        };
        SlotStatusView: {
            artifact_digest: string | null;
            artifact_version: string | null;
            deployed_at: string | null;
            /** @enum {string} */
            drift: "none" | "drifted" | "unknown";
            drift_checked_at: string | null;
            /** @description Resource id */
            environment_id: string;
            findings: components["schemas"]["DriftFinding"][];
            hold: components["schemas"]["Hold"] | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            observed_at: string;
            /** @description Resource id */
            project_id: string;
            release_id: string | null;
            replicas: components["schemas"]["SlotReplica"][];
            routes: {
                percent: number;
                /** @description Resource id */
                release_id: string;
            }[];
            /** @description Resource id */
            service_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            service_name: string;
            /** @description Resource id */
            slot_id: string;
            /** @description Resource id */
            target_id: string;
            url: string | null;
            version: number;
        };
        SlotView: {
            artifact_digest: string | null;
            artifact_version: string | null;
            deployed_at: string | null;
            /** @enum {string} */
            drift: "none" | "drifted" | "unknown";
            drift_checked_at: string | null;
            /** @description Resource id */
            environment_id: string;
            hold: components["schemas"]["Hold"] | null;
            /** @description Resource id */
            project_id: string;
            release_id: string | null;
            /** @description Resource id */
            service_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            service_name: string;
            /** @description Resource id */
            slot_id: string;
            /** @description Resource id */
            target_id: string;
            url: string | null;
            version: number;
        };
        SmokeTest: {
            /** @description The body must contain this */
            expect_body?: string;
            expect_status?: number;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            path: string;
        };
        StopLine: {
            acts?: ("apply" | "rollback" | "install" | "infra_apply" | "infra_destroy")[];
            owner?: string;
            reason: string;
        };
        Strategy: {
            batch_size?: number;
            /** @constant */
            type: "rolling";
        } | {
            /** @description How long the old version stays up for an instant way back */
            keep_previous_ms?: number;
            /** @constant */
            type: "blue-green";
        } | {
            /** @description Judged by the Prometheus that the target names */
            metrics?: components["schemas"]["CanaryMetric"][];
            /** @enum {string} */
            on_inconclusive?: "pause" | "abort";
            steps?: components["schemas"]["CanaryStep"][];
            thresholds?: {
                /** @description Share of responses with status >= 500 or no response */
                max_error_rate?: number;
                max_p50_ms?: number;
                max_p95_ms?: number;
                max_p99_ms?: number;
                /** @description Fewer requests than this in a step: inconclusive */
                min_requests?: number;
            };
            /** @constant */
            type: "canary";
        };
        Subscriber: {
            /** @enum {string} */
            kind: "user" | "team" | "project" | "platform";
            ref: string;
        };
        SubscriptionView: {
            /** @enum {string} */
            channel: "email" | "webhook" | "slack";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            created_by: string;
            endpoint: string | null;
            environments: string[];
            failing_since: string | null;
            last_success_at: string | null;
            name: string;
            owner: components["schemas"]["Subscriber"];
            paused_automatically: boolean;
            paused_because: string | null;
            previous_secret_until: string | null;
            projects: string[];
            /** @enum {string} */
            status: "active" | "paused";
            /** @description Resource id */
            subscription_id: string;
            topics: ("approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze")[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
        };
        TargetConnection: components["schemas"]["ProcessConnection"] | components["schemas"]["ComposeConnection"] | components["schemas"]["KubernetesConnection"];
        TargetView: {
            connection: components["schemas"]["TargetConnection"];
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            credential: components["schemas"]["CredentialPin"] | null;
            /** @description Resource id */
            environment_id: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            /** @description Resource id */
            project_id: string;
            prometheus_credential: components["schemas"]["CredentialPin"] | null;
            report?: {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC, milliseconds
                 */
                checked_at: string;
                checks: components["schemas"]["Check"][];
                ok: boolean;
                presented_host_key: string | null;
                versions: {
                    [key: string]: string;
                };
            };
            /** @enum {string} */
            runtime_type: "k8s" | "compose" | "process";
            /** @description Resource id */
            target_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
            version: number;
        };
        TeamView: {
            members: string[];
            projects: string[];
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            team_id: string;
            title: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            updated_at: string;
        };
        TicketAction: {
            /** @enum {string} */
            action: "opened" | "reviewed" | "approved" | "rejected" | "expired" | "voided" | "assigned" | "delegated" | "commented" | "reminded" | "escalated";
            actor_id: string;
            /** @enum {string} */
            actor_type: "human" | "agent" | "service";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            at: string;
            comment: string | null;
            people: string[];
        };
        TicketCounts: {
            all: number;
            by_priority: {
                P0: number;
                P1: number;
                P2: number;
                P3: number;
            };
            by_risk: {
                critical: number;
                high: number;
                low: number;
                medium: number;
            };
            by_sla_state: {
                at_risk: number;
                met: number;
                missed: number;
                none: number;
                on_track: number;
            };
            by_status: {
                approved: number;
                cancelled: number;
                expired: number;
                failed: number;
                pending: number;
                rejected: number;
                superseded: number;
                voided: number;
            };
            decidable: number;
            mine: number;
            pending: number;
        };
        TicketDetail: {
            /** @enum {string} */
            act: "apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change";
            actions: components["schemas"]["TicketAction"][];
            approvals: number;
            approved_by: string[];
            approvers: string[];
            artifact_version: string | null;
            assignee: string | null;
            decided_at: string | null;
            decided_by: string[];
            delegates: string[];
            ended_because: string | null;
            environment_id: string;
            environment_name: string | null;
            environment_type: ("local" | "development" | "staging" | "production") | null;
            escalated_at: string | null;
            escalated_to_role: string | null;
            expires_at: string | null;
            expires_in_s: number | null;
            four_eyes: boolean;
            may_decide: boolean;
            mentions: string[];
            plan: components["schemas"]["ApprovalPlan"] | null;
            policy_version: number | null;
            /** @description sha256:<64 hex> */
            preview_ref: string;
            previewed_by: string;
            /** @enum {string} */
            priority: "P0" | "P1" | "P2" | "P3";
            project_id: string;
            quorum: number;
            release_id: string | null;
            reminder_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            requested_at: string;
            requested_by: string;
            /** @enum {string} */
            requested_by_type: "human" | "agent" | "service";
            /** @enum {string} */
            required_permission: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
            required_role: string | null;
            /** @description Resource id */
            resource_id: string;
            resource_type: string;
            /** @enum {string} */
            risk: "low" | "medium" | "high" | "critical";
            risk_reasons: string[];
            rule: string | null;
            service_name: string | null;
            sla_due_at: string | null;
            /** @enum {string} */
            sla_state: "none" | "on_track" | "at_risk" | "missed" | "met";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "failed" | "voided";
            summary: string;
            team_id: string;
            /** @description Resource id */
            ticket_id: string;
            title: string;
            version: number;
            why_not: string | null;
        };
        TicketEntry: {
            /** @enum {string} */
            act: "apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change";
            approvals: number;
            approved_by: string[];
            approvers: string[];
            artifact_version: string | null;
            assignee: string | null;
            comments: number;
            decided_at: string | null;
            decided_by: string[];
            delegates: string[];
            ended_because: string | null;
            environment_id: string;
            environment_name: string | null;
            environment_type: ("local" | "development" | "staging" | "production") | null;
            escalated_at: string | null;
            escalated_to_role: string | null;
            expires_at: string | null;
            expires_in_s: number | null;
            four_eyes: boolean;
            outcome: ("succeeded" | "failed" | "rolled_back" | "superseded" | "cancelled") | null;
            policy_version: number | null;
            /** @description sha256:<64 hex> */
            preview_ref: string;
            previewed_by: string;
            /** @enum {string} */
            priority: "P0" | "P1" | "P2" | "P3";
            project_id: string;
            quorum: number;
            release_id: string | null;
            reminder_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            requested_at: string;
            requested_by: string;
            /** @enum {string} */
            requested_by_type: "human" | "agent" | "service";
            /** @enum {string} */
            required_permission: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
            required_role: string | null;
            /** @description Resource id */
            resource_id: string;
            resource_type: string;
            /** @enum {string} */
            risk: "low" | "medium" | "high" | "critical";
            risk_reasons: string[];
            rule: string | null;
            service_name: string | null;
            sla_due_at: string | null;
            /** @enum {string} */
            sla_state: "none" | "on_track" | "at_risk" | "missed" | "met";
            /** @enum {string} */
            status: "pending" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "failed" | "voided";
            summary: string;
            team_id: string;
            /** @description Resource id */
            ticket_id: string;
            title: string;
            version: number;
        };
        TicketView: {
            /** @enum {string} */
            act: "apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change";
            actions: components["schemas"]["TicketAction"][];
            approvals: number;
            approved_by: string[];
            approvers: string[];
            artifact_version: string | null;
            assignee: string | null;
            decided_at: string | null;
            decided_by: string[];
            delegates: string[];
            ended_because: string | null;
            environment_id: string;
            environment_name: string | null;
            environment_type: ("local" | "development" | "staging" | "production") | null;
            escalated_at: string | null;
            escalated_to_role: string | null;
            expires_at: string | null;
            four_eyes: boolean;
            mentions: string[];
            policy_version: number | null;
            /** @description sha256:<64 hex> */
            preview_ref: string;
            previewed_by: string;
            /** @enum {string} */
            priority: "P0" | "P1" | "P2" | "P3";
            project_id: string;
            quorum: number;
            release_id: string | null;
            reminder_at: string | null;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            requested_at: string;
            requested_by: string;
            /** @enum {string} */
            requested_by_type: "human" | "agent" | "service";
            /** @enum {string} */
            required_permission: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
            required_role: string | null;
            /** @description Resource id */
            resource_id: string;
            resource_type: string;
            /** @enum {string} */
            risk: "low" | "medium" | "high" | "critical";
            risk_reasons: string[];
            rule: string | null;
            service_name: string | null;
            sla_due_at: string | null;
            /** @enum {string} */
            status: "pending" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "failed" | "voided";
            summary: string;
            team_id: string;
            /** @description Resource id */
            ticket_id: string;
            title: string;
            version: number;
        };
        TimelineEntry: {
            action: string;
            actor_id: string;
            /** @enum {string} */
            actor_type: "human" | "agent" | "service";
            /** @description The conversation in which it was asked for */
            conversation_id?: string;
            detail: {
                [key: string]: unknown;
            };
            /** @description Resource id */
            event_id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            occurred_at: string;
            /** @description The person for whom the actor acts */
            on_behalf_of?: string;
            /** @description Stream position: the order of all facts, and the id of the server-sent event */
            position: number;
            /** @description Resource id */
            resource_id: string;
            resource_type: string;
            source: string;
            status: string;
            summary: string;
        };
        TimelineView: {
            entries: components["schemas"]["TimelineEntry"][];
            next_cursor: string | null;
            /** @description Resource id */
            release_id: string;
        };
        TokenView: {
            account_id: string | null;
            actor_id: string;
            /** @enum {string} */
            actor_type: "human" | "agent" | "service";
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            created_at: string;
            created_by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC, milliseconds
             */
            expires_at: string;
            /** @enum {string} */
            kind: "personal" | "account" | "session";
            name: string;
            parent_token_id: string | null;
            project_id: string;
            revoked_at: string | null;
            scope: components["schemas"]["Grant"][];
            /** @enum {string} */
            status: "active" | "expired" | "revoked" | "disabled";
            /** @description Resource id */
            token_id: string;
        };
        UpdateEnvironment: {
            title: string;
        };
        UpdateProject: {
            title: string;
        };
        UpdateService: {
            title: string;
        };
        UpdateTarget: {
            connection?: components["schemas"]["ProcessConnection"] | components["schemas"]["ComposeConnection"] | components["schemas"]["KubernetesConnection"];
            credential?: {
                /** @constant */
                kind: "ssh_key";
                passphrase?: string;
                /** @description Private key in OpenSSH or PEM form */
                private_key: string;
            } | {
                /** @constant */
                kind: "bearer_token";
                token: string;
            } | {
                /** @description Client certificate, PEM */
                certificate: string;
                /** @constant */
                kind: "client_certificate";
                /** @description Its key, PEM */
                private_key: string;
            };
            kubeconfig?: {
                /** @description YAML or JSON; exec, auth-provider, file paths, proxy-url and the like are refused */
                content: string;
                /** @description Default: its current-context */
                context?: string;
                /** @description Default: slipway */
                field_manager?: string;
                /** @description Gateway API: the Gateway to which HTTPRoutes attach; absent: plain Services */
                gateway?: {
                    /** @description Host for which the route answers; `{service}` stands for the name of the service. Absent: every host of the Gateway */
                    hostname?: string;
                    /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                    name: string;
                    /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                    namespace?: string;
                };
                /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                namespace?: string;
                prometheus?: {
                    /** @description Of its HTTP API, without /api/v1 */
                    url: string;
                };
                /** @description PersistentVolumeClaims of the namespace that manifests of every service may name; absent: none */
                shared_claims?: string[];
                /** @description Secrets (as for pulling images) of the namespace that manifests of every service may name; absent: none */
                shared_secrets?: string[];
            };
            /** @description Null takes it away; absent: it stays */
            prometheus_credential?: components["schemas"]["PrometheusCredential"] | null;
            /** @description compose: pin the host key that the host presents now; it is in the answer, compare it */
            trust_on_first_use?: boolean;
        };
        VariableInput: string | {
            secret_ref: string;
        } | {
            secret: string;
        };
        Volume: {
            mount_path: string;
            /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
            name: string;
            read_only?: boolean;
            /** @description Kubernetes; default 1024 */
            size_mib?: number;
        };
        WorkingHours: {
            days: ("MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU")[];
            from: string;
            /** @description IANA time zone, e.g. Europe/Berlin */
            timezone: string;
            to: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAccounts: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccountView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAccount"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RevokeToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RevokeToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBindings: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BindingView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBinding: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBinding"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BindingView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteBinding: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BindingView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDelegate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDelegate"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoles: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RoleView"][];
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    defineRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DefineRole"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRole: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                        name: string;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTeams: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TeamView"][];
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTeam"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTeam: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Lower-case name: letters, digits and inner hyphens, 1 to 63 characters */
                        team_id: string;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: {
                account?: string;
                actor?: string;
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TokenView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateToken"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RevokeToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedToken"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    viewAccess: {
        parameters: {
            query: {
                environment?: string;
                permission?: "deploy:release:read" | "deploy:k8s:read" | "deploy:compose:read" | "deploy:release:apply" | "deploy:release:rollback" | "deploy:release:approve" | "deploy:k8s:apply" | "deploy:k8s:rollback" | "deploy:compose:apply" | "deploy:compose:rollback" | "deploy:approval:read" | "deploy:approval:review";
                project: string;
                subject?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIntents: {
        parameters: {
            query?: {
                conversation?: string;
                cursor?: string;
                limit?: number;
                project?: string;
                status?: "proposed" | "answered" | "clarification" | "confirmed" | "cancelled" | "expired";
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["IntentView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIntent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateIntent"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIntent: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelIntent: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelIntent"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmIntent: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConfirmIntent"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IntentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countTickets: {
        parameters: {
            query?: {
                act?: "apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change";
                assignee?: string;
                environment?: string;
                filter?: "decidable" | "mine" | "pending" | "all";
                priority?: "P0" | "P1" | "P2" | "P3";
                project?: string;
                q?: string;
                requested_by?: string;
                risk?: "low" | "medium" | "high" | "critical";
                sla_state?: "none" | "on_track" | "at_risk" | "missed" | "met";
                status?: "pending" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "failed" | "voided";
                team?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCounts"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTickets: {
        parameters: {
            query?: {
                act?: "apply" | "rollback" | "install" | "infra_apply" | "infra_destroy" | "policy_change";
                assignee?: string;
                cursor?: string;
                environment?: string;
                filter?: "decidable" | "mine" | "pending" | "all";
                limit?: number;
                priority?: "P0" | "P1" | "P2" | "P3";
                project?: string;
                q?: string;
                requested_by?: string;
                risk?: "low" | "medium" | "high" | "critical";
                sla_state?: "none" | "on_track" | "at_risk" | "missed" | "met";
                sort?: "newest" | "oldest" | "priority" | "risk" | "expiry" | "sla";
                status?: "pending" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "failed" | "voided";
                team?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TicketEntry"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicket: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketDetail"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveTicket: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DecideTicket"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignTicket: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignTicket"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    commentTicket: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentTicket"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delegateTicket: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DelegateTicket"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectTicket: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DecideTicket"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listArtifacts: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
                service?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ArtifactView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadArtifact: {
        parameters: {
            query?: {
                change?: string;
                project?: string;
                service?: string;
                source_revision?: string;
                version?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/gzip": string;
                "application/octet-stream": string;
                "application/x-tar": string;
                "multipart/form-data": {
                    /** @description A resource by id, or by name within its project */
                    change?: string;
                    file: string;
                    /** @description A resource by id, or by name within its project */
                    project: string;
                    /** @description A resource by id, or by name within its project */
                    service: string;
                    source_revision?: string;
                    /** @description Version of an artifact: unique within its service */
                    version: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getArtifact: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeployments: {
        parameters: {
            query?: {
                cursor?: string;
                environment?: string;
                limit?: number;
                project?: string;
                service?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeploymentRecord"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeployment: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeploymentRecord"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                action?: string;
                actor?: string;
                cursor?: string;
                environment?: string;
                limit?: number;
                project?: string;
                resource?: string;
                since?: string;
                until?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ChangeView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordChange"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChange: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: {
                cursor?: string;
                environment?: string;
                limit?: number;
                project?: string;
                status?: "previewed" | "pending_approval" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "applying" | "verifying" | "applied" | "failed" | "rolling_back" | "rolled_back" | "rollback_failed";
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GroupView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroup: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyGroup: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApplyGroup"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelGroup: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelGroup"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroupPreview: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupPreviewView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollbackGroup: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RollbackGroup"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroupTimeline: {
        parameters: {
            query?: {
                cursor?: string;
                last_event_id?: number;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Resume behind this event */
                "Last-Event-ID"?: number;
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupTimelineView"];
                    "text/event-stream": string;
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewGroup"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupPreviewView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: {
                cursor?: string;
                environment?: string;
                lifecycle_state?: "preview" | "pending_approval" | "approved" | "applying" | "applied" | "failed" | "rollback";
                limit?: number;
                project?: string;
                service?: string;
                slot?: string;
                status?: "previewed" | "pending_approval" | "approved" | "rejected" | "expired" | "superseded" | "cancelled" | "applying" | "verifying" | "applied" | "failed" | "rolling_back" | "rolled_back" | "rollback_failed";
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReleaseView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRelease: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyRelease: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApplyRelease"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRelease: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelRelease"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReleaseDiagnostics: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseDiagnostics"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReleaseLogs: {
        parameters: {
            query?: {
                cursor?: string;
                last_event_id?: number;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Resume behind this event */
                "Last-Event-ID"?: number;
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogView"];
                    "text/event-stream": string;
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReleasePreview: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeRelease: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeRelease"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollbackRelease: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RollbackRelease"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReleaseTimeline: {
        parameters: {
            query?: {
                cursor?: string;
                last_event_id?: number;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Resume behind this event */
                "Last-Event-ID"?: number;
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineView"];
                    "text/event-stream": string;
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewRelease"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSlots: {
        parameters: {
            query?: {
                cursor?: string;
                environment?: string;
                limit?: number;
                project?: string;
                service?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SlotView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSlot: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkSlotDrift: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotStatusView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSlotDiagnosis: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotDiagnosisView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdSlot: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldSlot"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSlotLogs: {
        parameters: {
            query?: {
                process?: string;
                project?: string;
                replica?: string;
                since_seconds?: number;
                tail?: number;
            };
            header?: {
                /** @description Resume behind this event */
                "Last-Event-ID"?: number;
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotLogsView"];
                    "text/event-stream": string;
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeSlot: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeSlot"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSlotStatus: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlotStatusView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTargets: {
        parameters: {
            query?: {
                cursor?: string;
                environment?: string;
                limit?: number;
                project?: string;
                runtime_type?: "k8s" | "compose" | "process";
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TargetView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTarget"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTarget: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTarget: {
        parameters: {
            query?: {
                force?: boolean;
                project?: string;
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateTarget: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UpdateTarget"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateTargetCredential: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateCredential"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTargetReport: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionReportView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnvironments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EnvironmentView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEnvironment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEnvironment"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnvironment: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEnvironment: {
        parameters: {
            query?: {
                project?: string;
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateEnvironment: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateEnvironment"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnvironmentFreeze: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setEnvironmentFreezeWindow: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetWindow"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeEnvironmentFreezeWindow: {
        parameters: {
            query?: {
                project?: string;
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnvironmentLock: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentLockView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnvironmentPolicy: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentPolicy"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeEnvironmentPolicy: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeEnvironmentPolicy"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareEnvironmentPolicyVersions: {
        parameters: {
            query: {
                from: number;
                project?: string;
                to?: number;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyComparison"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewEnvironmentPolicy: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewPolicy"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPreview"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnvironmentPolicyVersions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyVersion"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeEnvironmentLine: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeLine"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSecrets: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SecretView"][];
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSecret: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutSecret"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopEnvironmentLine: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StopLine"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                action?: string;
                last_event_id?: number;
                project?: string;
            };
            header?: {
                /** @description Resume behind this event */
                "Last-Event-ID"?: number;
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeContact"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationSettings"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmContact"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationSettings"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query: {
                cursor?: string;
                limit?: number;
                status?: "pending" | "succeeded" | "failed" | "held" | "dropped";
                subscription: string;
                topic?: "approval_waiting" | "approval_decided" | "mention" | "assignment" | "reminder" | "escalation" | "release_applied" | "release_failed" | "release_rolled_back" | "drift" | "freeze" | "ping" | "subscription_paused" | "contact";
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeliveryView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNotificationSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationSettings"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                channel?: "email" | "webhook" | "slack";
                cursor?: string;
                limit?: number;
                owner?: "user" | "team" | "project" | "platform";
                project?: string;
                team?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SubscriptionView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSubscription"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedSubscription"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeSubscription: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeSubscription"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedSubscription"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PauseSubscription"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pingSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaySubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaySubscription"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateWebhookSecret"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedSubscription"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlatformFreeze: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPlatformFreezeWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetWindow"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removePlatformFreezeWindow: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjections: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProjectionStatus"][];
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rebuildProjection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                name: string;
                service: "release" | "approval-inbox" | "provisioning" | "runtime-executor" | "audit";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectionStatus"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    skipBlockingEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                name: string;
                service: "release" | "approval-inbox" | "provisioning" | "runtime-executor" | "audit";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkipBlockingEvent"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectionStatus"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumePlatformLine: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeLine"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopPlatformLine: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StopLine"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProjects: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ProjectView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProject"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProject"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProjectFreeze: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setProjectFreezeWindow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetWindow"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeProjectFreezeWindow: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeProjectLine: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResumeLine"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopProjectLine: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StopLine"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GateView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ServiceView"][];
                        next_cursor: string | null;
                    };
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateService"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteService: {
        parameters: {
            query?: {
                project?: string;
                reason?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateService: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: {
                /** @description Same key, same caller, same request: same answer, done once. Repeat with it after a timeout */
                "Idempotency-Key"?: string;
                /** @description The conversation in which this is asked for; recorded with what it causes */
                "Slipway-Conversation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateService"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer from read models at least this far; the gateway remembers a caller’s own commands by itself */
                "Slipway-Position"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    /** @description Stream position that the answer reflects */
                    "Slipway-Position"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Refused or failed */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
