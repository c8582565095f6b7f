/** What to type where this check was asked for. */
export interface Commands {
  /** The output folder as the user named it. */
  readonly outName: string;
  readonly synth: string;
  /** Deletes files; paths inside the output folder. */
  readonly remove: (paths: readonly string[]) => string;
}
