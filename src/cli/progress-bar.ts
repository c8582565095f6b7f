/** A bar of blocks for a terminal; `done` goes from 0 to 1. Only a finished one is full, and only an empty one has not begun. */
export function progressBar(done: number, width: number): string {
  const part = Math.round(Math.min(1, Math.max(0, done)) * width);
  const filled = done >= 1 ? width : done <= 0 ? 0 : Math.min(width - 1, Math.max(1, part));
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
