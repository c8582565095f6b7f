// Stands for a tool that does what none may, so that the campaign is known to notice.
import { writeFileSync } from 'node:fs';

if (process.argv[2] === 'crash') process.exit(7);
writeFileSync('rollouts/a.yaml', 'b');
