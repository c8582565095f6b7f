/** A duration as programs in Go read it: whole seconds, or milliseconds. */
export const goDuration = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
