import { lookAt } from './look.ts';
import { readSource, readStandardInput } from './read-source.ts';

/** Reads one file below the root, or standard input for `-`, never through a link; or says why it cannot. */
export async function readOne(
  root: string,
  path: string,
): Promise<{ readonly text: string } | { readonly wrong: string }> {
  const look = path === '-' ? undefined : lookAt(root, path);
  if (look?.kind === 'wrong') return { wrong: look.message };
  if (look?.kind === 'refused') return { wrong: `${look.finding.what} ${look.finding.fix}` };
  if (look?.kind === 'folder') return { wrong: `${path} is a folder; name a file.` };
  const read = look === undefined ? await readStandardInput() : readSource(root, look.file);
  return 'text' in read ? { text: read.text } : { wrong: `${read.what} ${read.fix}` };
}
