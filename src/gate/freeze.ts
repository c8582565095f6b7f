import type { FreezeSpec } from '../model/fleet.ts';

/** One time of a freeze, in milliseconds since 1970; `end` itself is free again. */
export interface FreezeWindow {
  readonly begin: number;
  readonly end: number;
  /** What surefoot.yaml says of it. */
  readonly freeze: FreezeSpec;
}
