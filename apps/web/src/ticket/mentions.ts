/** The mention that is being typed: where its `@` stands and what follows; undefined where none is. */
export function mentionAt(text: string, caret: number): { readonly from: number; readonly typed: string } | undefined {
  const match = /(?:^|\s)@([\w.:/-]*)$/.exec(text.slice(0, caret));
  return match ? { from: caret - match[1]!.length - 1, typed: match[1]! } : undefined;
}

/** The text with the mention that is being typed completed to a name. */
export function withMention(text: string, caret: number, name: string): string {
  const mention = mentionAt(text, caret);
  return mention ? `${text.slice(0, mention.from)}@${name} ${text.slice(caret)}` : text;
}
