import { obligationWords } from '../layout/words.ts';
import type { Observation } from '../model/observation.ts';

/** An observation as data for programs, with the obligation in words. */
export const observationData = ({ obligation, verdict, by, evidence }: Observation) => ({
  ...{ obligation, words: obligationWords(obligation), verdict, evidence },
  ...(by === undefined ? {} : { by }),
});
