import type { ReadLinks } from '../../model/links.ts';
import { serviceLinks } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';

/** Reads what Services say about pods: the selector is the route. */
export const links: ReadLinks = (object, root) =>
  kindOf(object) === '/Service' ? serviceLinks(object, root) : undefined;
