// Runs the cases of a campaign one by one and tells its parent of each, so that a hang or a crash has a name.
import { readFileSync, writeFileSync } from 'node:fs';
import { type Case, caseOf } from './cases.ts';
import { readCorpus } from './corpus.ts';
import { judge } from './judge.ts';
import { minimise } from './minimise.ts';

const [root = '', shipped = '', current = '', replay = '', first = '1', runs = '1', deadline = '0'] =
  process.argv.slice(2);
const tell = (message: object): void => {
  process.send?.(message);
};

if (replay === '') campaign();
else tell({ kind: 'replayed', fault: judge(JSON.parse(readFileSync(replay, 'utf8')).case as Case, shipped) });
process.disconnect?.();

function campaign(): void {
  const corpus = readCorpus(root);
  for (let seed = Number(first); seed < Number(first) + Number(runs) && Date.now() < Number(deadline); seed++) {
    tell({ kind: 'began', seed });
    const one = caseOf(seed, corpus);
    writeFileSync(current, JSON.stringify({ seed, case: one }));
    const fault = judge(one, shipped);
    if (fault === undefined) continue;
    tell({ kind: 'failed', seed, fault, case: minimise(one, fault, shipped) });
    return;
  }
  tell({ kind: 'finished' });
}
