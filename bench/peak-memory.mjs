// Loaded ahead of a program (node --import): tells on stdout, at its end, the most memory it had, in MB.
// Linux is asked itself: what `maxRSS` says there may be inherited from the process that started this one.
import { existsSync, readFileSync, writeSync } from 'node:fs';

process.on('exit', () => {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
  writeSync(1, `${kilobytes / 1024}\n`);
});
