export type PushFormat = 'curl' | 'crontab' | 'healthchecks' | 'kuma' | 'json'

/** One thing to copy; `label` is the key of its words. */
export interface PushCommand {
  label: 'address' | 'start' | 'finish' | 'bySlug' | 'whole'
  text: string
}

export interface PushUrls {
  push: string
  ping: string
  /** By key and slug; null while the workspace has no key. */
  slug: string | null
}

const CURL = 'curl -fsS -m 10 --retry 5'
const JSON_TYPE = '-H "content-type: application/json"'

/** What to put into a job so that it reports, in each format. */
export function pushCommands({ push, ping, slug }: PushUrls): Record<PushFormat, PushCommand[]> {
  const report = push.replace('/api/push/', '/api/heartbeat/')
  return {
    curl: [
      { label: 'address', text: `${CURL} -o /dev/null "${ping}"` },
      { label: 'start', text: `${CURL} -o /dev/null "${ping}/start"` },
      { label: 'finish', text: `${CURL} -o /dev/null "${ping}/$?"` },
    ],
    crontab: [
      { label: 'finish', text: `0 3 * * * /path/to/job; ${CURL} -o /dev/null "${ping}/$?"` },
      {
        label: 'whole',
        text: `0 3 * * * ${CURL} -o /dev/null "${ping}/start"; m=$(/path/to/job 2>&1); ${CURL} -o /dev/null --data-raw "$m" "${ping}/$?"`,
      },
    ],
    healthchecks: [
      { label: 'address', text: ping },
      ...(slug ? [{ label: 'bySlug' as const, text: slug }] : []),
    ],
    kuma: [{ label: 'address', text: `${push}?status=up&msg=OK&ping=` }],
    json: [
      { label: 'start', text: `${CURL} ${JSON_TYPE} -d '{"status":"start"}' "${report}"` },
      { label: 'finish', text: `${CURL} ${JSON_TYPE} -d "{\\"exitStatus\\":$?}" "${report}"` },
    ],
  }
}
