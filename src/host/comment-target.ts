/** Why no comment can be posted from here: a mistake, or a note where nobody can help it. */
export type NoTarget = { readonly wrong: string } | { readonly note: string };

/** The address of an API without a slash at its end; undefined: it is none. */
export function baseOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url !== undefined && url.username + url.password + url.search + url.hash === '';
  return isPlain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined;
}

/** Whether a text may stand in a header: a line break behind a token that was pasted would throw, and tell it. */
export const isHeaderSafe = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** A key of a map that a site sent; undefined: there is none. */
export const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as { readonly [key: string]: unknown })[key]
    : undefined;

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
