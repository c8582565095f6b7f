/** What to type where this check was asked for. */
export interface Commands {
  /** The output folder as the user named it. */
  readonly outName: string;
  /** The same from where commands are typed. */
  readonly outAt: string;
  readonly synth: string;
  /** The commit to start from, as the user named it. */
  readonly base: string;
  /** Deletes files; paths inside the output folder. */
  readonly remove: (paths: readonly string[]) => string;
}
