import { draftRollout } from '../../src/host/draft.ts';
import { type FinishRequest, finishSynth } from '../../src/host/finish-synth.ts';
import type { SynthReport } from '../../src/host/synth-report.ts';
import type { Compiled, Source } from '../../src/model/compiled.ts';

/** What `finishSynth` needs, the texts that stand for files, and any compiler. */
export interface SynthSourcesRequest extends FinishRequest {
  readonly sources: readonly Source[];
  readonly compile: (source: Source) => Compiled;
}

/** Makes out/ what the sources say, or only tells how it differs; without the threads and the memory of `synthFiles`. */
export function synthSources({ sources, compile, ...request }: SynthSourcesRequest): SynthReport {
  const members = sources.map(source => draftRollout(request.out, compile(source), request.write, false));
  return finishSynth(members, request).report;
}
