declare const fixed: unique symbol;

/** A command line for the far side's shell: a constant of this code, never made from data (RELIABILITY.md, security). */
export type RemoteCommand = string & { readonly [fixed]: true };

/** Tag of a template without a single substitution: remoteCommand`exec true`. Data travel on the command's stdin. */
export function remoteCommand(text: TemplateStringsArray, ...nothing: never[]): RemoteCommand {
  if (nothing.length > 0 || text.length !== 1) throw new TypeError('a remote command takes no data');
  return text[0] as RemoteCommand;
}
