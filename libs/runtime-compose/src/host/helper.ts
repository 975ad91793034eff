import { createHash } from 'node:crypto';
import { remoteCommand } from '@slipway/ssh';
import { HELPER_FRAME } from './helper-frame';
import { HELPER_VERBS } from './helper-verbs';

/** The program that does at the host what a document says; a constant of this version. */
export const HELPER = `${HELPER_FRAME}${HELPER_VERBS}`;
export const HELPER_DIGEST = createHash('sha256').update(HELPER).digest('hex');

/** Exit code of `RUN_HELPER` when the helper is not at the host yet. */
export const HELPER_ABSENT = 127;

/** Reads the helper's digest as the first line, and leaves the rest of stdin to it. */
export const RUN_HELPER = remoteCommand`exec /bin/sh -c 'read -r digest; case $digest in *[!0-9a-f]*|"") exit 64;; esac; [ -x "$HOME/.slipway/bin/$digest" ] || exit 127; exec bash "$HOME/.slipway/bin/$digest"'`;

/** Places the helper that comes after its digest, if it is the one that the digest names. */
export const PLACE_HELPER = remoteCommand`exec /bin/sh -c 'read -r digest; case $digest in *[!0-9a-f]*|"") exit 64;; esac; umask 077; mkdir -p "$HOME/.slipway/bin" && cd "$HOME/.slipway/bin" && cat > "$digest.$$" && [ "$(sha256sum < "$digest.$$" | cut -c1-64)" = "$digest" ] && chmod 700 "$digest.$$" && mv -f "$digest.$$" "$digest"'`;

/** The Docker Engine's API on stdin and stdout, by whatever context the login has. */
export const DIAL_ENGINE = remoteCommand`exec docker system dial-stdio`;
