export { isHostAllowed } from './host-guard.ts'
export { buildHttpServer, type HttpOptions } from './http-server.ts'
export { listen } from './listen.ts'
export { readWebBuild } from './web-build.ts'
