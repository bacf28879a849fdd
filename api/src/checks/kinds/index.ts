import type { CheckKind } from '../outcome.ts'
import { dns } from './dns/dns.check.ts'
import { http } from './http/http.check.ts'
import { push } from './push/push.check.ts'
import { tcp } from './tcp/tcp.check.ts'

/** A kind whose settings' type is nobody else's business. */
const anyKind = <S>(kind: CheckKind<S>): CheckKind => kind as unknown as CheckKind

/** Every kind, in the order in which they are offered. Adding one costs its folder and a line here. */
export const checkKinds: readonly CheckKind[] = [
  anyKind(http),
  anyKind(tcp),
  anyKind(dns),
  anyKind(push),
]
