import { expect, it } from 'vitest';
import { compilerAt } from '../../src/host/compiler.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { specOf } from '../cli/surefoot.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

it('asks plan.json anew for each source, so that one compiler can go on while out/ changes', () => {
  const root = temporaryFolder();
  const compile = compilerAt(root, openOut(root, 'out'));
  const source = { file: 'rollouts/web.yaml', text: specOf({ name: 'web' }) };
  const edited = { ...source, text: source.text.replace('web:1@', 'web:1.1@') };
  const { results = [] } = compile(source);
  expect(compile(edited).diagnostics).toEqual([]);
  for (const { path, text } of results[0]!.files) writeTree(root, { [`out/${path}`]: text });
  expect(compile(edited).diagnostics.map(d => d.code)).toEqual(['version/changed-while-serving']);
  expect(compile(source).diagnostics).toEqual([]);
});
