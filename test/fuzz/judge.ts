import type { Case } from './cases.ts';
import { judgeCompiled } from './judge-compiled.ts';
import { judgeCli, judgeCommitted } from './judge-on-disk.ts';

/** What is wrong with how the tool took a case; undefined: nothing is. `shipped` is the built file. */
export function judge(one: Case, shipped: string): string | undefined {
  try {
    switch (one.target) {
      case 'compile':
        return judgeCompiled(one);
      case 'committed':
        return judgeCommitted(one);
      case 'cli':
        return judgeCli(one, shipped);
      default:
        return one satisfies never;
    }
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message).slice(0, 1500) : String(error)}`;
  }
}
