import type { KubeObject } from '../model/kubernetes.ts';
import { type Behind, type Links, NO_LINKS } from '../model/links.ts';

/** States of a crossing as bits: bit 0 is the first one. */
export type Mask = number;

/** One object, as it may be during a crossing. */
export interface Piece {
  readonly identity: string;
  /** All that it may be, absence among them; each state is in exactly one of their masks. */
  readonly variants: readonly Variant[];
}

/** An object as some of the states have it. */
export interface Variant {
  readonly states: Mask;
  /** Absent: these states do not hold it. */
  readonly object?: KubeObject;
  readonly links: Links;
}

/** Doors that stand whatever is applied: those of somebody else, and those that last from before. */
export type Standing = (door: string) => Behind | undefined;

/** What a cluster may hold while it goes from some states, or any mixture of them, to the last one. */
export interface Crossing {
  /** Names of the states; the last one is where it ends. */
  readonly states: readonly string[];
  readonly pieces: ReadonlyMap<string, Piece>;
  /** What is behind a door that stands whatever is applied; undefined: it does not. */
  readonly standing: Standing;
}

/** A state of a crossing: its name and its objects. */
export interface Shore {
  readonly name: string;
  readonly objects: readonly Linked[];
}

/** An object, and what it says of others. */
export interface Linked {
  readonly identity: string;
  readonly object: KubeObject;
  readonly links: Links;
}

/** Lays states over each other; objects that are the same in all of them are one and the same (`===`). */
export function crossingOf(shores: readonly Shore[], standing: Standing): Crossing {
  const pieces = new Map<string, { readonly identity: string; readonly variants: Writable[] }>();
  shores.forEach(({ objects }, index) => {
    for (const one of objects) {
      const piece = pieces.get(one.identity);
      const known = piece?.variants.find(variant => variant.object === one.object);
      if (known !== undefined) known.states |= 1 << index;
      else {
        const variant = { states: 1 << index, object: one.object, links: one.links };
        if (piece === undefined) pieces.set(one.identity, { identity: one.identity, variants: [variant] });
        else piece.variants.push(variant);
      }
    }
  });
  const all = allOf(shores.length);
  for (const { variants } of pieces.values()) {
    const absent = variants.reduce((rest, { states }) => rest & ~states, all);
    if (absent !== 0) variants.push({ states: absent, links: NO_LINKS });
  }
  return { states: shores.map(({ name }) => name), pieces, standing };
}

type Writable = { -readonly [key in keyof Variant]: Variant[key] };

/** Every state of so many. */
export const allOf = (states: number): Mask => (1 << states) - 1;

/** States in which a piece is as asked. */
export const statesWhere = ({ variants }: Piece, is: (variant: Variant) => boolean): Mask =>
  variants.reduce((mask, variant) => (is(variant) ? mask | variant.states : mask), 0);
