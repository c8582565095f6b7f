import type { Templates } from '../../src/plan/templates.ts';
import { readTemplate } from '../../src/read/read-template.ts';
import { TEMPLATES } from './random-parts.ts';

/** The templates of random rollouts as planning sees them. */
export const templates: Templates = {
  source: 'rollouts/shop.yaml',
  home: 'prod',
  read: file => ({ objects: readTemplate(file, TEMPLATES[file]!).objects! }),
};
