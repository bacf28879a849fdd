import { getServers } from 'node:dns'
import type { DecodedPacket } from 'dns-packet'
import ipaddr from 'ipaddr.js'
import {
  type AddressGuard,
  Deadline,
  DeadlineExceeded,
  explainConnection,
  resolveHost,
} from '../../../net/index.ts'
import type { CheckContext, CheckKind, Finding } from '../../outcome.ts'
import { askServer, type DnsServer } from './dns-query.ts'
import { isAmong, valuesOf } from './dns-records.ts'
import { type DnsSettings, dnsSettings } from './dns.settings.ts'

const RCODES: Record<string, string> = {
  NXDOMAIN: 'does not exist (NXDOMAIN)',
  SERVFAIL: 'can’t be resolved: its name servers fail (SERVFAIL)',
  REFUSED: 'is refused by the resolver (REFUSED)',
}

async function serverOf(
  settings: DnsSettings,
  guard: AddressGuard,
  deadline: Deadline,
): Promise<DnsServer> {
  if (!settings.resolver) return systemServer()
  const [first] = await deadline.race(resolveHost(settings.resolver, 'AUTO', deadline.signal))
  guard.check(first!.address, settings.resolverPort)
  return { ...first!, port: settings.resolverPort }
}

/** The resolver of this machine needs no guard: the administrator chose it. */
function systemServer(): DnsServer {
  const [first = '127.0.0.1'] = getServers()
  const [, address = first, port = '53'] =
    /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(ipaddr.IPv6.isValid(first) ? `[${first}]` : first) ?? []
  return { address, port: Number(port), family: ipaddr.IPv6.isValid(address) ? 6 : 4 }
}

async function check(settings: DnsSettings, context: CheckContext): Promise<Finding> {
  const deadline = new Deadline(context.timeoutMs)
  let server: DnsServer | undefined
  try {
    server = await serverOf(settings, context.guard, deadline)
    const answer = await askServer(server, settings.name, settings.recordType, deadline)
    return judge(settings, answer, server, deadline)
  } catch (error) {
    return broken(error, settings, server, deadline)
  } finally {
    deadline.end()
  }
}

function judge(
  settings: DnsSettings,
  answer: DecodedPacket,
  server: DnsServer,
  deadline: Deadline,
): Finding {
  const { name, recordType, expectedValues } = settings
  const rcode = (answer as DecodedPacket & { rcode?: string }).rcode ?? 'NOERROR'
  const values = valuesOf(answer, recordType)
  const missing = expectedValues.filter((wanted) => !isAmong(wanted, values, recordType))
  const message =
    rcode !== 'NOERROR'
      ? `${name} ${RCODES[rcode] ?? `answers ${rcode}`}`
      : !values.length
        ? `${name} has no ${recordType} record`
        : missing.length
          ? `${name} ${recordType} is ${values.join(', ')}; missing ${missing.join(', ')}`
          : null
  // A resolver of ours that fails says nothing of the name.
  const isOurs = message !== null && !settings.resolver && rcode === 'REFUSED'
  return {
    ...found(settings, values, rcode, answer, server, deadline),
    verdict: message === null ? 'UP' : isOurs ? 'UNKNOWN' : 'DOWN',
    message,
  }
}

function found(
  settings: DnsSettings,
  values: string[],
  rcode: string,
  answer: DecodedPacket,
  server: DnsServer,
  deadline: Deadline,
): Omit<Finding, 'verdict' | 'message'> {
  const total = deadline.elapsedUs()
  const ttls = (answer.answers ?? []).flatMap((record) =>
    'ttl' in record && record.ttl !== undefined ? [record.ttl] : [],
  )
  return {
    latencyUs: total,
    timings: { dns: total, connect: null, tls: null, firstByte: null, download: null, total },
    facts: {
      values,
      rcode,
      latency: total / 1000,
      ttl: ttls.length ? Math.min(...ttls) : undefined,
    },
    evidence: {
      remoteAddress: `${server.address}:${server.port}`,
      requestedUrl: `${settings.name} ${settings.recordType}`,
      statusLine: rcode,
      headers: [],
      body: values.join('\n').replaceAll('\0', '\uFFFD') || null,
      isBodyTruncated: false,
      redirects: [],
    },
  }
}

function broken(
  error: unknown,
  settings: DnsSettings,
  server: DnsServer | undefined,
  deadline: Deadline,
): Finding {
  const where = server ? `${server.address}:${server.port}` : (settings.resolver ?? 'the resolver')
  const isLate = error instanceof DeadlineExceeded || deadline.hasFallen
  const problem = isLate
    ? {
        message: `The resolver ${where} did not answer within ${deadline.timeoutMs / 1000} s`,
        isOurs: false,
      }
    : explainConnection(error, where)
  const total = deadline.elapsedUs()
  return {
    // Without a resolver of the monitor's own it is ours that does not answer.
    verdict: problem.isOurs || !settings.resolver ? 'UNKNOWN' : 'DOWN',
    message: problem.message,
    latencyUs: null,
    timings: { dns: total, connect: null, tls: null, firstByte: null, download: null, total },
    facts: { latency: total / 1000 },
    evidence: null,
  }
}

/** `dns://name`, `dns://resolver/name` or `dns:name`. */
function detect(text: string): { name: string; settings: Partial<DnsSettings> } | null {
  const [, resolver, name] =
    /^dns:(?:\/\/)?(?:([\w.:[\]-]+)\/)?([\w*-]+(?:\.[\w-]+)+\.?)$/i.exec(text) ?? []
  if (!name) return null
  return { name: `${name} A`, settings: { name, ...(resolver ? { resolver } : {}) } }
}

export const dns: CheckKind<DnsSettings> = {
  kind: 'dns',
  title: 'DNS',
  description: 'Asks for a record and compares the answers.',
  isPassive: false,
  settings: dnsSettings,
  defaultIntervalSeconds: 60,
  conditionPaths: ['values', 'rcode', 'ttl', 'latency'],
  target: ({ name, recordType, resolver }) =>
    `${name} ${recordType}${resolver ? ` @${resolver}` : ''}`,
  detect,
  check,
}
