/** Served since Istio 1.22 (https://istio.io/latest/news/releases/1.22.x/announcing-1.22/change-notes/). */
export const API_VERSION = 'networking.istio.io/v1';
