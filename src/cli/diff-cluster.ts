import { byPlace, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { list } from '../diagnostics/wording.ts';
import { outOnDisk } from '../host/compiled-out.ts';
import { isWrong } from '../host/git.ts';
import { openOut } from '../host/out-folder.ts';
import { readNamed } from '../host/read-source.ts';
import { shellWord } from '../layout/shell-word.ts';
import { LARGEST_DUMP, readDump } from '../manifest-files.ts';
import { planFacts } from '../plan-facts.ts';
import { type Comparison, compareCluster } from '../review/comparison.ts';
import { isEmpty } from '../review/difference.ts';
import { count } from './count.ts';
import { type Compared, committedOf, filterOf, noneCompiled } from './diff-compared.ts';
import type { DiffForm, DiffScope } from './diff-request.ts';
import type { Settings } from './settings.ts';

/** Compares a dump of a cluster with out/live: what the next sync would change. */
export async function compareWithCluster(
  { file }: Extract<DiffForm, { kind: 'cluster' }>,
  scope: DiffScope,
  settings: Settings,
): Promise<Compared> {
  const filter = filterOf(settings, scope);
  if ('wrong' in filter) return filter;
  const source = await readNamed(settings.root, file, LARGEST_DUMP + 1);
  if (!('text' in source)) return { wrong: [`--cluster: ${source.wrong}`] };
  const dump = readDump(source);
  // An excerpt would show what the cluster keeps.
  if ('diagnostics' in dump) return failed(dump.diagnostics.map(one => ({ ...one, excerpt: [] })));
  const out = outOnDisk(openOut(settings.root, settings.outName));
  const directories = out.directories();
  const folders = out.read(filter.inEnvironment(directories));
  if (isWrong(folders)) return { wrong: [folders.wrong] };
  const named = [...folders].filter(([directory, { plan }]) => filter.names(planFacts(directory, plan).source));
  const none = named.length > 0 ? [] : noneCompiled(settings.root, scope, directories);
  if (none.length > 0) return { wrong: none };
  const twice = inSeveralEnvironments(named.map(([directory]) => directory));
  if (twice !== undefined) return { wrong: [twice] };
  if (dump.objects.size === 0) return { wrong: [emptyDump(`${settings.outName}/live`, scope)] };
  const comparisons: Comparison[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [directory, folder] of named) {
    const { committed, diagnostics: unread } = committedOf(`${settings.outName}/live`, directory, folder);
    diagnostics.push(...unread);
    if (unread.length === 0) comparisons.push(compareCluster(dump.objects, committed, 'cluster'));
  }
  const differing = comparisons.filter(({ difference }) => !isEmpty(difference));
  const same = comparisons.length - differing.length;
  const closing =
    same === 0
      ? []
      : [`${count(same, 'rollout')} of ${comparisons.length} in the cluster as in ${settings.outName}/live`];
  return { comparisons: differing, diagnostics: diagnostics.sort(byPlace), closing };
}

const failed = (diagnostics: readonly Diagnostic[]): Compared => ({ comparisons: [], diagnostics, closing: [] });

/** Where kubectl failed, a pipe is empty; every object would be told as one that the next sync creates. */
const emptyDump = (live: string, { environment }: DiffScope): string => {
  const folder = shellWord(environment === undefined ? live : `${live}/${environment}`);
  const command = `kubectl get -R -f ${folder} --ignore-not-found -o json | surefoot diff --cluster -`;
  const rest = environment === undefined ? '' : ` --environment ${shellWord(environment)}`;
  return `--cluster: the dump holds no object, so there is nothing to compare with. Look whether kubectl said why: ${command}${rest}`;
};

/** One cluster holds one environment; objects of the same name in two of them would be compared with both. */
function inSeveralEnvironments(directories: readonly string[]): string | undefined {
  const first = new Map<string, string>();
  for (const directory of directories) {
    const [environment = '', ...rest] = directory.split('/');
    const other = first.get(rest.join('/'));
    if (other !== undefined)
      return `${rest.join('/')} is compiled for ${list([other, environment])}: say which one the cluster is with --environment ${other}`;
    first.set(rest.join('/'), environment);
  }
  return undefined;
}
