export { AddressGuard, AddressRefused, createGuard, type GuardRules } from './address-guard.ts'
export { type ConnectionProblem, explainConnection, isFaultOfOurs } from './connection-problem.ts'
export { Deadline, DeadlineExceeded } from './deadline.ts'
export { ConnectFailure, connectGuarded, type GuardedConnection } from './guarded-connection.ts'
export { canonicalHost, hostPort } from './host-name.ts'
export { type Body, bodyText, BodyUndecodable, TooManyBodies } from './http/body.ts'
export {
  CertificateRefused,
  exchange,
  type ExchangeTrace,
  type HttpRequest,
  newTrace,
  type Proxy,
} from './http/exchange.ts'
export { type FetchWishes, guardedFetch } from './http/guarded-fetch.ts'
export { ProxyRefusal } from './http/proxy.ts'
export { NameServers } from './name-servers.ts'
export { HostResolver, type IpFamily, type ResolvedAddress, ResolveFailure } from './resolver.ts'
export { type CertificateFacts, readCertificate } from './tls/certificate.ts'
export { secure, secureContextFor, type TlsMaterial } from './tls/secure-socket.ts'
