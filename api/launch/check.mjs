// `npm run check`: everything that needs no database, in under a minute.
import { availableParallelism } from 'node:os'
import { ensureInstalled } from './setup.mjs'
import { checkNodeVersion, failWithMessage, npm, runQuietly, step } from './terminal.mjs'

export const CHECKS = [
  ['Types of the pages', 'npx', ['vue-tsc', '--noEmit', '-p', 'web/tsconfig.json']],
  ['Types of the server', 'npx', ['tsc', '-p', 'api/tsconfig.json']],
  ['Types of the end-to-end stories', 'npx', ['tsc', '-p', 'e2e/tsconfig.json']],
  [
    'Lint',
    'npx',
    ['eslint', '--cache', '--cache-location', '.cache/eslint/', '--max-warnings', '0', '.'],
  ],
  [
    'Floors of the house',
    'npx',
    ['depcruise', '--config', '.dependency-cruiser.cjs', 'api/src', 'web/src'],
  ],
  ['Contract', npm, ['run', 'contract', '-w', 'api']],
  ['Reference of the settings', npm, ['run', 'environment', '-w', 'api']],
  [
    'Format',
    'npx',
    [
      'prettier',
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      '.cache/prettier',
      '.',
    ],
  ],
  ['Unused code', 'npx', ['knip', '--no-progress']],
]

/** Runs every check, as many at once as there are processors; answers the failures. */
export async function runChecks() {
  const waiting = [...CHECKS]
  const failures = []
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [title, command, args] = next
      await step(title, () => runQuietly(command, args)).catch((error) =>
        failures.push({ title, error }),
      )
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
  return failures
}

if (process.argv[1]?.endsWith('check.mjs')) {
  checkNodeVersion()
  await ensureInstalled().catch(failWithMessage)
  const failures = await runChecks()
  for (const { title, error } of failures) console.error(`\n${title}\n${error.message}`)
  process.exitCode = failures.length ? 1 : 0
}
