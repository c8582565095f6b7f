/** What is known of a stream that text goes to. */
export interface TextStream {
  readonly isTTY?: boolean | undefined;
  /** As the system tells it. */
  readonly columns?: number | undefined;
}

/** How many columns a person sees; COLUMNS overrules the terminal. Undefined: no person looks. */
export function terminalWidth(
  { isTTY, columns = 80 }: TextStream,
  { COLUMNS: wished = '' }: { readonly [name: string]: string | undefined },
): number | undefined {
  if (isTTY !== true) return undefined;
  const width = /^\d{1,4}$/.test(wished) ? Number(wished) : 0;
  return width > 0 ? width : columns > 0 ? columns : 80;
}
