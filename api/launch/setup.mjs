import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { npm, root, runQuietly, step } from './terminal.mjs'

const at = (...parts) => path.join(root, ...parts)

/** True when node_modules is what the lockfile says; npm writes its hidden lockfile last. */
function isInstalled() {
  const installed = at('node_modules/.package-lock.json')
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(at('package-lock.json')).mtimeMs
  )
}

export async function ensureInstalled() {
  if (isInstalled()) return
  // NODE_ENV=production must not leave out the tools that build the product.
  await step('Install packages', () =>
    runQuietly(npm, ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']),
  )
}

function* filesBelow(place) {
  if (!existsSync(place)) return
  if (statSync(place).isFile()) return void (yield place)
  for (const entry of readdirSync(place, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || /\.test\.ts$/.test(entry.name))
      continue
    yield* filesBelow(path.join(place, entry.name))
  }
}

function fingerprint(inputs) {
  const hash = createHash('sha256')
  for (const input of inputs)
    for (const file of filesBelow(at(input))) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${path.relative(root, file)} ${size} ${mtimeMs};`)
    }
  return hash.digest('hex')
}

const PARTS = [
  {
    title: 'Build the server',
    workspace: 'api',
    inputs: [
      'api/src',
      'api/launch/bundle.mjs',
      'api/package.json',
      'api/tsconfig.json',
      'api/tsconfig.build.json',
      'tsconfig.json',
      'package-lock.json',
    ],
  },
  {
    title: 'Build the pages',
    workspace: 'web',
    inputs: ['web', 'schema.graphql', 'package-lock.json'],
  },
]

async function ensurePart({ title, workspace, inputs }) {
  const stamp = at(workspace, 'dist/.built-from')
  const wanted = fingerprint(inputs)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  await step(title, async () => {
    await runQuietly(npm, ['run', 'build', '-w', workspace], {
      env: { ...process.env, NODE_ENV: 'production' },
    })
    mkdirSync(path.dirname(stamp), { recursive: true })
    writeFileSync(stamp, wanted)
  })
}

/** Builds what is missing or outdated: the server and the pages, or one of them. */
export async function ensureBuilt(workspaces = ['api', 'web']) {
  for (const part of PARTS) if (workspaces.includes(part.workspace)) await ensurePart(part)
}
