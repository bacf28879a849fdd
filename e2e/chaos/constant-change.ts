import { ask } from '../harness/graphql.ts'

interface Loop {
  stop(): Promise<void>
  /** How many changes the server acknowledged. */
  acknowledged: () => number
}

const UPDATE = `mutation ($input: UpdateMonitorInput!) { updateMonitor(input: $input) { monitor { id } userErrors { message } } }`
const PAUSE = `mutation ($input: PauseMonitorsInput!) { pauseMonitors(input: $input) { results { id } } }`
const RESUME = `mutation ($input: ResumeMonitorsInput!) { resumeMonitors(input: $input) { results { id } } }`

/** Renames, pauses and resumes monitors without end; a server that is away is asked again. */
export function keepChanging(url: () => string, ids: string[]): Loop {
  let isStopped = false
  let acknowledged = 0
  const change = async (round: number): Promise<void> => {
    const id = ids[round % ids.length] ?? ''
    const [query, input] =
      round % 5 === 3
        ? [PAUSE, { ids: [id] }]
        : round % 5 === 4
          ? [RESUME, { ids: [ids[(round - 1) % ids.length]] }]
          : [UPDATE, { id, name: `Renamed ${round}` }]
    const answer = await ask(url(), query, { input }).catch(() => undefined)
    if (answer?.data) acknowledged++
    else await new Promise((resolve) => setTimeout(resolve, 25))
  }
  const run = async () => {
    for (let round = 0; !isStopped; round++) await change(round)
  }
  const done = run()
  return {
    stop: async () => {
      isStopped = true
      await done
    },
    acknowledged: () => acknowledged,
  }
}
