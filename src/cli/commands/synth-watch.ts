import { resolve } from 'node:path';
import { nextChange } from '../../host/watch.ts';
import { watchedPaths } from '../../host/watched-folders.ts';
import type { Settings } from '../settings.ts';
import { type ExitCode, tell } from '../terminal.ts';

/** Runs synth now and after each change of what it reads, until the process is told to end; wrong usage at the start ends it. */
export async function watchSynth(
  paths: readonly string[],
  settings: Settings,
  synth: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const { root, outName } = settings;
  const watched = { root, paths: watchedPaths(root, paths), out: resolve(root, outName) };
  const end = new AbortController();
  const onSignal = (): void => end.abort();
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    for (let isFirst = true; ; isFirst = false) {
      const changed = nextChange(watched, end.signal);
      const exit = await synth();
      if (isFirst && exit === 2) return exit;
      sayWaiting(settings);
      if (!(await changed)) return 0;
    }
  } finally {
    end.abort();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Between two reports, for people; a reader of documents would stumble over it. */
function sayWaiting({ format, quiet }: Settings): void {
  if (!quiet && (format === 'text' || format === 'github')) tell('watching for changes; Ctrl-C ends\n');
}
