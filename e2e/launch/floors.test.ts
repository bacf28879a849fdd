import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../harness/server-process.ts'

/** Each rule of the house with files that break it; the first file is the culprit. */
const SEEDS: Record<string, Record<string, string>> = {
  'history-never-looks-up': {
    'api/src/history/a.ts': "import '../monitors/index.ts'",
    'api/src/monitors/index.ts': 'export const monitors = 1',
  },
  'db-never-looks-up': {
    'api/src/db/b.ts': "import '../events/index.ts'",
    'api/src/events/index.ts': 'export const events = 1',
  },
  'monitors-never-looks-up': {
    'api/src/monitors/to-the-top.ts': "import '../app.ts'",
    'api/src/app.ts': 'export const app = 1',
  },
  'no-circles': {
    'api/src/lib/one.ts': "import { two } from './two.ts'; export const one = () => two",
    'api/src/lib/two.ts': "import { one } from './one.ts'; export const two = () => one",
  },
  'enter-by-the-door': {
    'api/src/scheduler/c.ts': "import '../monitors/inside.ts'",
    'api/src/monitors/inside.ts': 'export const inside = 1',
  },
  'never-through-your-own-door': {
    'api/src/monitors/d.ts': "import './index.ts'",
  },
  'engines-know-no-database': {
    'api/src/checks/kinds/x/x.check.ts': "import 'typeorm'",
  },
  'resolvers-hold-no-sql': {
    'api/src/monitors/x.resolver.ts': "import 'typeorm'",
  },
  'services-know-no-transport': {
    'api/src/monitors/x.service.ts': "import 'graphql'; import 'fastify'",
  },
  'entities-hold-no-logic': {
    'api/src/monitors/x.entity.ts': "import './y.service.ts'",
    'api/src/monitors/y.service.ts': 'export const y = 1',
  },
  'outgoing-requests-pass-the-guard': {
    'api/src/notifications/send.ts': "import 'node:https'",
  },
  'web-and-api-meet-only-in-schema': {
    'web/src/monitors/e.ts': "import '../../../api/src/lib/clock.ts'",
    'api/src/lib/clock.ts': 'export const clock = 1',
  },
  'api-loads-the-web-build-by-path-only': {
    'api/src/http/f.ts': "import '../../../web/src/app/entry.ts'",
    'web/src/app/entry.ts': 'export const entry = 1',
  },
  'web-features-meet-at-the-door': {
    'web/src/dashboard/g.ts': "import '../monitors/row.ts'",
    'web/src/monitors/row.ts': 'export const row = 1',
  },
  'web-ui-knows-no-graphql': {
    'web/src/ui/h.ts': "import '@apollo/client'",
  },
  'web-lib-never-looks-up': {
    'web/src/lib/i.ts': "import '../ui/button.ts'",
    'web/src/ui/button.ts': 'export const button = 1',
  },
  'tests-are-not-imported': {
    'api/src/lib/j.ts': "import './k.test.ts'",
    'api/src/lib/k.test.ts': 'export const k = 1',
  },
  'no-unresolvable': { 'api/src/lib/l.ts': "import './nowhere.ts'" },
}

interface Violation {
  from: string
  rule: { name: string }
}

let folder: string
let violations: Violation[]

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'allswell-floors-'))
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json'])
    cpSync(path.join(projectRoot, file), path.join(folder, file))
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'))
  for (const files of Object.values(SEEDS))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), `${text}\n`)
    }
  const cruiser = path.join(projectRoot, 'node_modules/.bin/depcruise')
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'api', 'web']
  const answer = await promisify(execFile)(cruiser, args, {
    cwd: folder,
    maxBuffer: 1 << 26,
  }).catch((error: { stdout: string }) => error)
  violations = (JSON.parse(answer.stdout) as { summary: { violations: Violation[] } }).summary
    .violations
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the floors of the house', () => {
  it.each(Object.entries(SEEDS))('catch a seeded violation of %s', (rule, files) => {
    const culprit = Object.keys(files)[0]
    expect(violations.filter((v) => v.rule.name === rule).map((v) => v.from)).toContain(culprit)
  })
})
