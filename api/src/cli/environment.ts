// `npm run environment -w api`: whether docs/environment.md tells of the settings that there are; `write` writes it.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { environmentReference } from '../config/index.ts'

const file = fileURLToPath(new URL('../../../docs/environment.md', import.meta.url))
const wanted = environmentReference()

if (process.argv[2] === 'write') writeFileSync(file, wanted)
else if (readFileSync(file, 'utf8') !== wanted) {
  console.error('docs/environment.md is not current: npm run environment -w api -- write')
  process.exitCode = 1
}
