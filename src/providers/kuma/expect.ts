import type { Plan } from '../../model/plan.ts';

/** The mesh, where it is not the default one. */
export const entrances = ({ options: { mesh } }: Plan): readonly string[] =>
  mesh === undefined || mesh === 'default' ? [] : [`mesh ${String(mesh)}`];
