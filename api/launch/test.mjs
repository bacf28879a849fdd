// `npm test`: sets up what is missing, runs every suite, ends with one line for the whole run.
// `npm run test:long` runs the whole of the long runs instead of seeded samples.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { browserVersion, ensureBrowser } from './browser.mjs'
import { CHECKS, runChecks } from './check.mjs'
import { ensureBuilt, ensureInstalled } from './setup.mjs'
import { checkNodeVersion, failWithMessage, root, runOpenly, step } from './terminal.mjs'

const reports = path.join(root, '.cache/test-reports')
const isLong = process.argv.includes('--long')

const vitest = (name, workspace, args) => ({
  name,
  command: 'npx',
  args: [
    'vitest',
    'run',
    ...args,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${reports}/${name}.json`,
  ],
  cwd: path.join(root, workspace),
  read: (report) => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter(
        (file) =>
          file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
      ).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
})

const SUITES = [
  vitest('server-unit', 'api', ['--project', 'unit']),
  vitest('pages-unit', 'web', []),
  vitest('server-database', 'api', ['--project', 'db']),
  vitest('launch-and-chaos', 'e2e', []),
  {
    name: 'stories',
    command: 'npx',
    args: ['playwright', 'test'],
    cwd: path.join(root, 'e2e'),
    read: ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  },
]

async function runSuite(suite, env) {
  const report = path.join(reports, `${suite.name}.json`)
  rmSync(report, { force: true })
  console.log(`\n── ${suite.name}`)
  const began = performance.now()
  const code = await runOpenly(suite.command, suite.args, {
    cwd: suite.cwd,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  const counted = existsSync(report)
    ? suite.read(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 }
  if (code !== 0 && counted.failed === 0) counted.failed = 1
  return { ...counted, name: suite.name, seconds: (performance.now() - began) / 1000 }
}

async function setUp() {
  await ensureInstalled()
  await ensureBuilt()
  const browser = await step('Find a browser', ensureBrowser)
  console.log(`    ${browserVersion(browser)}`)
  return browser
}

checkNodeVersion()
const began = performance.now()
const browser = await setUp().catch(failWithMessage)
mkdirSync(reports, { recursive: true })
const env = {
  ...process.env,
  CHROMIUM: browser,
  ALLSWELL_TEST_LONG: isLong ? '1' : '',
  ALLSWELL_TEST_BUILT: '1',
}
delete env.NODE_ENV
if (!process.stdout.isTTY) env.NO_COLOR = '1'

console.log('\n── check')
const failures = await runChecks()
for (const { title, error } of failures) console.error(`\n${title}\n${error.message}`)
const results = [
  { name: 'check', passed: CHECKS.length - failures.length, failed: failures.length, skipped: 0 },
]
for (const suite of SUITES) results.push(await runSuite(suite, env))

console.log('')
for (const r of results)
  console.log(
    `  ${r.failed ? '✗' : '✓'} ${r.name}: ${r.passed} passed, ${r.failed} failed${r.seconds ? ` (${r.seconds.toFixed(0)} s)` : ''}`,
  )
const total = (key) => results.reduce((sum, r) => sum + r[key], 0)
const skipped = total('skipped') ? `, ${total('skipped')} skipped` : ''
console.log(`  ${((performance.now() - began) / 60000).toFixed(1)} minutes\n`)
console.log(`${total('passed')} passed, ${total('failed')} failed${skipped}`)
process.exitCode = total('failed') ? 1 : 0
