/** https://projectcontour.io/docs/main/config/api/#projectcontour.io/v1.HTTPProxy */
export const API_VERSION = 'projectcontour.io/v1';
