import { quote } from '../diagnostics/wording.ts';
import type { Spot, Tree } from './reading.ts';
import { fieldsOf, into, isMap, itemsOf, onlyOf, strange, textOf } from './reading.ts';
import type { RecoveredMounts } from './recovered.ts';

/** What a volume holds: nothing at first, or the files of a ConfigMap. */
type Held = { readonly configMap: string } | 'empty';

/** The directories that a container shows, if any. */
type Mounted = { readonly mounts?: RecoveredMounts };

/** Reads which volumes of a pod its container shows, and where: https://kubernetes.io/docs/concepts/storage/volumes/ */
export function mountsOf(inVolumes: Spot, volumes: Tree, inContainer: Spot, container: Tree): Mounted {
  const held = volumesOf(inVolumes, volumes);
  const spot = into(inContainer, '.volumeMounts');
  const writable: string[] = [];
  const configs: NonNullable<RecoveredMounts['config']>[] = [];
  itemsOf(spot, isMap(container) ? container.volumeMounts : undefined).forEach((item, i) => {
    const at = into(spot, i);
    const { name: written, mountPath, readOnly } = fieldsOf(at, item, MOUNT);
    const name = textOf(into(at, '.name'), written) ?? '';
    const path = textOf(into(at, '.mountPath'), mountPath) ?? '';
    const what = held.get(name);
    held.delete(name);
    if (what === undefined) strange(at, `${quote(name)} is no volume, or is shown twice`);
    else if (what === 'empty') writable.push(path);
    else configs.push({ ...what, mountPath: path });
    if (what === 'empty' ? readOnly !== undefined : readOnly !== true)
      strange(at, 'files of a ConfigMap are read-only, and empty directories are not');
  });
  if (held.size > 0) strange(inVolumes, 'there is a volume that no container shows');
  if (configs.length > 1) strange(inVolumes, 'there is more than one ConfigMap');
  const [config] = configs;
  if (config !== undefined) return { mounts: { writable, config } };
  return writable.length === 0 ? {} : { mounts: { writable } };
}

const MOUNT = new Set(['name', 'mountPath', 'readOnly']);
const VOLUME = new Set(['name', 'emptyDir', 'configMap']);
const CONFIG_MAP = new Set(['name', 'defaultMode']);
const NO_FIELDS: ReadonlySet<string> = new Set();

function volumesOf(spot: Spot, tree: Tree): Map<string, Held> {
  const held = new Map<string, Held>();
  itemsOf(spot, tree).forEach((item, i) => {
    const at = into(spot, i);
    const { name: written, emptyDir, configMap } = fieldsOf(at, item, VOLUME);
    const name = textOf(into(at, '.name'), written) ?? '';
    if (held.has(name)) strange(at, `there is a second volume ${quote(name)}`);
    if ((emptyDir === undefined) === (configMap === undefined)) strange(at, 'it has not exactly one content');
    fieldsOf(into(at, '.emptyDir'), emptyDir, NO_FIELDS);
    held.set(name, configMap === undefined ? 'empty' : { configMap: nameOf(into(at, '.configMap'), configMap) });
  });
  return held;
}

/** The name of a ConfigMap whose files every user may read. */
function nameOf(spot: Spot, tree: Tree): string {
  const { name, defaultMode } = fieldsOf(spot, tree, CONFIG_MAP);
  onlyOf(into(spot, '.defaultMode'), defaultMode, 0o644);
  return textOf(into(spot, '.name'), name) ?? '';
}
