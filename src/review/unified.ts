import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { visible } from '../layout/visible.ts';
import { shown, type TextPair, type TextSide } from './text-side.ts';

/** What differs as lines of text, in the unified format; the empty text where nothing does. Safe for a terminal. */
export function unifiedText({ before, after }: TextPair): string {
  const [old, now] = [
    before === undefined ? NOTHING : shown(before),
    after === undefined ? NOTHING : shown(after, before),
  ];
  if (old.text === now.text) return '';
  const patch = createTwoFilesPatch(old.name, now.name, old.text, now.text, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch.split('\n').map(visible).join('\n');
}

const NOTHING: TextSide = { name: '/dev/null', text: '', objects: [] };
