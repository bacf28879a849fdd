import { getServers } from 'node:dns'
import { isIPv6 } from 'node:net'
import type { DecodedPacket } from 'dns-packet'
import { type AddressGuard, type Deadline, hostPort } from '../../../net/index.ts'
import { explainFailure } from '../../failure.ts'
import type { CheckContext, CheckKind, Finding } from '../../outcome.ts'
import { askServer, type DnsServer } from './dns-query.ts'
import { isAmong, valuesOf } from './dns-records.ts'
import { type DnsSettings, dnsSettings, RECORD_TYPES } from './dns.settings.ts'

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
  const port = settings.resolverPort
  const [first] = await guard.resolve(settings.resolver, { port, family: 'AUTO', deadline })
  return { ...first!, port }
}

/** The resolver of this machine needs no guard: the administrator chose it. */
function systemServer(): DnsServer {
  const [first = '127.0.0.1'] = getServers()
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(first) ?? []
  const address = bracketed ?? plain ?? first
  return { address, port: Number(port ?? 53), family: isIPv6(address) ? 6 : 4 }
}

async function check(settings: DnsSettings, context: CheckContext): Promise<Finding> {
  const { guard, deadline } = context
  let server: DnsServer | undefined
  try {
    server = await serverOf(settings, guard, deadline)
    const answer = await askServer(server, settings.name, settings.recordType, deadline)
    return judge(settings, answer, server, deadline)
  } catch (error) {
    return broken(error, settings, server, deadline)
  }
}

function judge(
  settings: DnsSettings,
  answer: DecodedPacket,
  server: DnsServer,
  deadline: Deadline,
): Finding {
  const rcode = (answer as DecodedPacket & { rcode?: string }).rcode ?? 'NOERROR'
  const values = valuesOf(answer, settings.recordType)
  const message = problemOf(settings, rcode, values)
  // A resolver of ours that refuses says nothing of the name.
  const isOurs = message !== null && !settings.resolver && rcode === 'REFUSED'
  return {
    ...found(settings, values, rcode, answer, server, deadline),
    verdict: message === null ? 'UP' : isOurs ? 'UNKNOWN' : 'DOWN',
    message,
  }
}

function problemOf(settings: DnsSettings, rcode: string, values: string[]): string | null {
  const { name, recordType, expectedValues } = settings
  if (rcode !== 'NOERROR') return `DNS: ${name} ${RCODES[rcode] ?? `answers ${rcode}`}`
  if (!values.length) return `DNS: ${name} has no ${recordType} record`
  const missing = expectedValues.filter((wanted) => !isAmong(wanted, values, recordType))
  if (!missing.length) return null
  return `DNS: ${name} ${recordType} is ${values.join(', ')}, missing ${missing.join(', ')}`
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
    facts: () => ({
      values,
      rcode,
      latency: total / 1000,
      ttl: ttls.length ? Math.min(...ttls) : undefined,
    }),
    evidence: () => ({
      remoteAddress: hostPort(server.address, server.port),
      requestedUrl: `${settings.name} ${settings.recordType}`,
      statusLine: rcode,
      headers: [],
      body: values.join('\n') || null,
      isBodyTruncated: false,
      redirects: [],
    }),
  }
}

function broken(
  error: unknown,
  settings: DnsSettings,
  server: DnsServer | undefined,
  deadline: Deadline,
): Finding {
  const asked = server ? hostPort(server.address, server.port) : settings.resolver
  const where = asked ?? 'this machine’s resolver'
  const late = `DNS: ${where} did not answer ${deadline.patience}`
  const { message, isOurs } = explainFailure(error, where, deadline, late)
  const total = deadline.elapsedUs()
  return {
    // Without a resolver of the monitor's own it is ours that does not answer.
    verdict: isOurs || !settings.resolver ? 'UNKNOWN' : 'DOWN',
    message,
    latencyUs: null,
    timings: { dns: total, connect: null, tls: null, firstByte: null, download: null, total },
    facts: null,
  }
}

/** RFC 4501: `dns:name`, `dns://resolver/name`, `?type=MX`; and `dns://name` as people write it. */
function detect(text: string): { name: string; settings: Partial<DnsSettings> } | null {
  const [, resolver, name, type = 'A'] =
    /^dns:(?:\/\/)?(?:([\w.:[\]-]+)\/)?([\w*-]+(?:\.[\w-]+)+\.?)\/?(?:\?type=([a-z]+))?$/i.exec(
      text,
    ) ?? []
  const recordType = RECORD_TYPES.find((one) => one === type.toUpperCase())
  if (!name || !recordType) return null
  const [, host = resolver, port] = /^(.+):(\d{1,5})$/.exec(resolver ?? '') ?? []
  return {
    name: `${name} ${recordType}`,
    settings: {
      name,
      recordType,
      ...(host ? { resolver: host.replace(/^\[|\]$/g, '') } : {}),
      ...(port ? { resolverPort: Number(port) } : {}),
    },
  }
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
