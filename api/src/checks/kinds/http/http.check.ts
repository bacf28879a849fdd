import {
  type Body,
  exchange,
  type HttpRequest,
  type IpFamily,
  newTrace,
} from '../../../net/index.ts'
import { CheckProblem } from '../../failure.ts'
import type { CheckContext, CheckKind, Finding } from '../../outcome.ts'
import { answeredFinding, brokenFinding, Journey } from './http-finding.ts'
import { connectingOf, requestOf } from './http-request.ts'
import { type HttpSettings, httpSettings } from './http.settings.ts'
import { accessToken, forgetToken } from './oauth2-token.ts'
import { redirected, redirectOf } from './redirects.ts'

async function check(settings: HttpSettings, context: CheckContext): Promise<Finding> {
  if (settings.ipFamily !== 'BOTH') return checkFamily(settings, settings.ipFamily, context)
  const [v4, v6] = await Promise.all([
    checkFamily(settings, 'V4', context),
    checkFamily(settings, 'V6', context),
  ])
  const order: Finding['verdict'][] = ['DOWN', 'UNKNOWN', 'DEGRADED', 'UP']
  const isV6Worse = order.indexOf(v6.verdict) < order.indexOf(v4.verdict)
  const worst = isV6Worse ? v6 : v4
  if (worst.message !== null) worst.message = `${isV6Worse ? 'IPv6' : 'IPv4'}: ${worst.message}`
  return worst
}

async function checkFamily(
  settings: HttpSettings,
  family: IpFamily,
  context: CheckContext,
): Promise<Finding> {
  const journey = new Journey(settings.url)
  try {
    const connecting = connectingOf(settings, family)
    const isOAuth2 = settings.authentication === 'OAUTH2'
    const token = isOAuth2 ? await accessToken(settings, connecting, context) : null
    journey.begin()
    const body = await travel(requestOf(settings, connecting, token), settings, context, journey)
    if (isOAuth2 && journey.last?.response?.statusCode === 401) forgetToken(settings)
    return answeredFinding(settings, journey, body)
  } catch (error) {
    return brokenFinding(error, journey, context.deadline)
  }
}

/** Follows redirects hop by hop; each hop passes the guard anew. */
async function travel(
  first: HttpRequest,
  settings: HttpSettings,
  context: CheckContext,
  journey: Journey,
): Promise<Body> {
  for (let asked = first; ;) {
    const trace = newTrace()
    journey.step(asked, trace)
    const body = await exchange(asked, context, trace)
    const status = trace.response?.statusCode
    const location = settings.followRedirects
      ? redirectOf(status, trace.response?.headers.location)
      : null
    if (location === null) return body
    if (journey.hops > settings.maxRedirects)
      throw new CheckProblem(
        `Redirected more than ${settings.maxRedirects} times, last to ${location.slice(0, 200)}`,
      )
    asked = redirected(asked, location, status ?? 302)
    if (journey.hasSeen(asked))
      throw new CheckProblem(`Redirects in a circle, back to ${asked.url.href.slice(0, 200)}`)
  }
}

const WEB = /^https?:\/\//i
const DOMAIN = /^(?!\d+(\.\d+){3}$)(?:[\p{L}\p{N}_-]+\.)+[\p{L}][\p{L}\p{N}-]+\.?(?:[/?#]\S*)?$/u
const BARE_ADDRESS = /^(localhost|\d+(\.\d+){3}|\[[0-9a-f:.]+\])(?:[/?#]\S*)?$/i
const WITH_PORT_AND_PATH = /^[\w.[\]:-]+:\d{1,5}[/?#]\S*$/

/** Anything that looks like a web address; a bare domain means https. */
function detect(text: string): { name: string; settings: Partial<HttpSettings> } | null {
  const scheme = WEB.test(text)
    ? ''
    : DOMAIN.test(text)
      ? 'https://'
      : BARE_ADDRESS.test(text) || WITH_PORT_AND_PATH.test(text)
        ? 'http://'
        : undefined
  const address = scheme === undefined || /\s/.test(text) ? '' : scheme + text
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.username || url.password) return null
  return { name: url.host, settings: { url: address } }
}

export const http: CheckKind<HttpSettings> = {
  kind: 'http',
  title: 'HTTP(S)',
  description: 'Requests a web address and judges status, certificate, time and content.',
  isPassive: false,
  settings: httpSettings,
  defaultIntervalSeconds: 60,
  conditionPaths: [
    'status',
    'latency',
    'cert.daysLeft',
    'cert.isTrusted',
    'cert.issuer',
    'header["content-type"]',
    'body',
    'size',
    '$',
    'ip',
    'redirects',
  ],
  target: (settings) => settings.url,
  detect,
  check,
}
