import type { Command } from 'commander';
import type { Settings } from './settings.ts';
import type { ExitCode } from './terminal.ts';

/** Says what a command does once its settings are known. */
export type Act = (command: Command, action: (settings: Settings, command: Command) => Promise<ExitCode>) => void;
