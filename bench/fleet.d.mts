// The types of fleet.mjs, for tests in TypeScript.

/** A Rollout file: its path from the root, and its text. */
export interface FleetFile {
  readonly path: string;
  readonly text: string;
}

/** The first `count` Rollouts of an endless fleet, the same on every machine; the compiler takes all of them. */
export function fleetFiles(count: number): FleetFile[];

/** The same fleet, some of whose Rollouts take their pods from templates; the templates are among the files. */
export function withTemplates(files: readonly FleetFile[]): FleetFile[];

/** Writes a fleet below a folder, where `rollouts/` belongs. */
export function writeFleet(root: string, files: readonly FleetFile[]): void;

/** The surefoot.yaml of three environments. */
export const THREE_ENVIRONMENTS: FleetFile;
