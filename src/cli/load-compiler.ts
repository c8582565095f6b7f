import type { Settings } from './settings.ts';

/** The compiler of the repository in which a command runs. */
export const loadCompiler = async ({ root, outName }: Settings) => {
  const [{ compilerAt }, { openOut }] = await Promise.all([
    import('../host/compiler.ts'),
    import('../host/out-folder.ts'),
  ]);
  return compilerAt(root, openOut(root, outName));
};
