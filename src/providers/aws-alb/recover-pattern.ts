import type { PathType } from '../../model/reading-ingress.ts';
import type { TextMatch } from '../../model/traffic.ts';

/** What a pattern takes, in which `*` stands for any characters and `?` for one. */
export function patternOf(pattern: string): TextMatch {
  if (/^\*+$/.test(pattern)) return { kind: 'present' };
  const wild = pattern.search(/[*?]/);
  if (wild < 0) return { kind: 'exact', value: pattern };
  if (/^[^*?]+\*$/.test(pattern)) return { kind: 'prefix', value: pattern.slice(0, -1) };
  return { kind: 'regex', value: expression(pattern) };
}

/** What a pattern takes that is compared without regard to upper and lower case. */
export function foldedPatternOf(pattern: string): TextMatch {
  const text = patternOf(pattern);
  return text.kind === 'present' || !/[a-z]/i.test(pattern)
    ? text
    : { kind: 'regex', value: `(?i)${expression(pattern)}` };
}

const expression = (pattern: string): string =>
  pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');

/**
 * The paths that an entry of an Ingress takes; undefined stands for every path.
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/model_build_listener_rules.go (`buildPathPatterns`)
 */
export function pathsOf(path: string, type: PathType): readonly (TextMatch | undefined)[] {
  switch (type) {
    case 'Exact':
      return [{ kind: 'exact', value: path }];
    case 'Prefix': {
      const home = path.replace(/\/$/, '');
      if (home === '') return [undefined];
      return [
        { kind: 'exact', value: home },
        { kind: 'prefix', value: `${home}/` },
      ];
    }
    case 'ImplementationSpecific': {
      if (path === '' || path === '/*') return [undefined];
      const text = patternOf(path);
      return [text.kind === 'present' ? undefined : text];
    }
    default:
      return type satisfies never;
  }
}
