import type { Case } from './cases.ts';
import { judge } from './judge.ts';

const MOST_TRIES = 400;
const MOST_TIME = 10_000;

/** A smaller case with the same kind of fault: texts lose lines, then passages, while the fault stays. */
export function minimise(failing: Case, fault: string, shipped: string): Case {
  if (failing.target === 'committed') return failing;
  const end = Date.now() + MOST_TIME;
  let tries = 0;
  const fails = (one: Case): boolean =>
    ++tries <= MOST_TRIES && Date.now() < end && kindOf(judge(one, shipped)) === kindOf(fault);
  if (failing.target === 'cli') {
    const files = shorten(failing.files, part => fails({ ...failing, files: part }));
    return { ...failing, files };
  }
  let smallest = failing;
  for (const key of ['fleet', 'rollout', 'template'] as const) {
    const text = smallest[key];
    if (text === undefined) continue;
    for (const [parts, joiner] of [
      [text.split('\n'), '\n'],
      [[...text], ''],
    ] as const) {
      if (joiner === '' && text.length > 400) continue;
      const shorter = shorten(parts, part => fails({ ...smallest, [key]: part.join(joiner) }));
      smallest = { ...smallest, [key]: shorter.join(joiner) };
    }
  }
  return smallest;
}

/** Faults that begin alike are one. */
const kindOf = (fault: string | undefined): string | undefined => fault?.slice(0, 30);

/** Leaves out halves, quarters, … of a list as long as the rest still fails. */
function shorten<T>(list: readonly T[], fails: (part: readonly T[]) => boolean): readonly T[] {
  let kept = list;
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (fails(rest)) kept = rest;
      else at += size;
    }
  }
  return kept;
}
