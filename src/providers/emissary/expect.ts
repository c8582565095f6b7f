export { addressedByService as addressed } from '../expect-services.ts';
