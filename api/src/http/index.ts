export { isHostAllowed } from './host-guard.ts'
export { buildHttpServer, type HttpOptions, listen } from './http-server.ts'
export { readWebBuild } from './web-build.ts'
