import { didYouMean, list } from '../diagnostics/wording.ts';

/** A name that refers to nothing, and the names there are. */
export interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
}
/** What to write instead of an unknown name. */
export const known = ({ name, known }: Unknown): string => {
  if (known.length === 0) return 'There is none yet.';
  return `Write ${list(known, 'or')}.${known.length === 1 ? '' : didYouMean(name, known)}`;
};
