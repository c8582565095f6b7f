import type { ReadLinks } from '../../model/links.ts';
import { routeLinks } from '../../model/reading-http-route-links.ts';
import { READER } from './recover.ts';

/** Reads what routes and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => routeLinks(object, root, READER);
