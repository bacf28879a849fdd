import { readFileSync } from 'node:fs'
import { type Recording, type StreamLog, judge } from './stream-checker.ts'

interface History {
  log: StreamLog
  recordings: Recording[]
  mayResync?: boolean
}

/** `node --import tsx e2e/chaos/check-streams.ts history.json`: judges recorded histories; fails when one is wrong. */
const { log, recordings, mayResync } = JSON.parse(
  readFileSync(process.argv[2] ?? '/dev/stdin', 'utf8'),
) as History
const verdicts = recordings.map((recording) =>
  judge(log, recording, mayResync === undefined ? {} : { mayResync }),
)
for (const { name, faults, told, resyncs } of verdicts) {
  console.log(`${faults.length ? 'WRONG' : 'right'} ${name}: ${told} told, ${resyncs} resyncs`)
  for (const { kind, batch, detail } of faults.slice(0, 5))
    console.log(`  ${kind} in batch ${batch}: ${detail}`)
}
const wrong = verdicts.filter((verdict) => verdict.faults.length).length
console.log(
  `${verdicts.length - wrong} of ${verdicts.length} subscribers were told the log (${log.ids.length} events)`,
)
process.exitCode = wrong || !verdicts.length ? 1 : 0
