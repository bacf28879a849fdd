// `npm run contract` compares, `npm run schema` writes. Neither needs a database.
import 'reflect-metadata'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { resolvers } from '../entities.ts'
import { buildContract, printContract, readContract, sortContract } from '../graphql/index.ts'
import { contractChanges, unlistedChanges } from './contract/contract-changes.ts'
import { contractDifferences, mergeContract } from './contract/contract-differences.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const files = {
  contract: path.join(root, 'schema.graphql'),
  released: path.join(root, 'docs/contract/released.graphql'),
  changelog: path.join(root, 'CHANGELOG.md'),
}
const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

function compare(built: string): number {
  const promised = read(files.contract)
  const lines = promised
    ? contractDifferences(promised, built)
    : ['There is no schema.graphql: run npm run schema']
  if (!lines.length && promised !== built)
    lines.push('schema.graphql is not in its usual form: run npm run schema')
  const released = read(files.released)
  const changes =
    released && promised ? contractChanges(readContract(released), readContract(promised)) : []
  for (const { kind, description } of unlistedChanges(changes, read(files.changelog)))
    lines.push(`${kind}: ${description} It is not in CHANGELOG.md`)
  for (const line of lines) console.log(line)
  if (!lines.length) console.log('The server fulfils the contract.')
  return lines.length ? 1 : 0
}

function write(built: string): number {
  const promised = read(files.contract)
  writeFileSync(files.contract, promised ? sortContract(mergeContract(promised, built)) : built)
  console.log('schema.graphql is written.')
  return 0
}

const built = printContract(buildContract(resolvers))
process.exitCode = process.argv[2] === 'write' ? write(built) : compare(built)
