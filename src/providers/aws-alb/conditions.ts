import type { Json } from '../../model/kubernetes.ts';
import type { Match, TextMatch } from '../../model/traffic.ts';

/** The pattern of a path: `*` stands for any characters. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_PathPatternConditionConfig.html */
export const pathPattern = (path: TextMatch | undefined): string => (path === undefined ? '/*' : pattern(path));

/** What a match asks for besides its path; all of it must hold. */
export function conditions({ headers, method }: Match): readonly Json[] {
  return [
    ...headers.map(({ name, text }) => ({
      field: 'http-header',
      httpHeaderConfig: { httpHeaderName: name, values: [pattern(text)] },
    })),
    ...(method === undefined
      ? []
      : [{ field: 'http-request-method', httpRequestMethodConfig: { values: [pattern(method)] } }]),
  ];
}

function pattern(text: TextMatch): string {
  switch (text.kind) {
    case 'exact':
    case 'regex':
      return text.value;
    case 'prefix':
      return `${text.value}*`;
    case 'present':
      return '*';
    default:
      return text satisfies never;
  }
}
