import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Colours a text, or gives it back as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

/** The stream is not asked, because whether to colour was decided before. */
export const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

export interface ColourWishes {
  /** `--color` or `--no-color`; absent: neither was typed. */
  readonly flag?: boolean | undefined;
  readonly env: { readonly [name: string]: string | undefined };
  readonly isTerminal: boolean;
}

/** The flag wins, then FORCE_COLOR (as Node reads it), then NO_COLOR (https://no-color.org), then whether a person is looking. */
export function paintFor({ flag, env, isTerminal }: ColourWishes): Paint {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = env;
  const wanted = flag ?? wishOf(force) ?? (isSet(no) || term === 'dumb' ? false : isTerminal);
  return wanted ? coloured : plain;
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

const wishOf = (force: string | undefined): boolean | undefined =>
  force === undefined ? undefined : force !== '0' && force !== 'false';
