import type { Plan } from '../../model/plan.ts';

/** The class of APISIX, where it is chosen. */
export const entrances = ({ options: { ingressClassName } }: Plan): readonly string[] =>
  ingressClassName === undefined ? [] : [`class ${String(ingressClassName)}`];
