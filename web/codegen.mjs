// `npm run codegen -w web`: typed documents from schema.graphql and the *.graphql files beside the components.
// With --check it writes nothing and fails when the committed output is not current.
import { codegen } from '@graphql-codegen/core'
import * as typedDocumentNode from '@graphql-codegen/typed-document-node'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { buildSchema, isAbstractType, Kind, parse, validate } from 'graphql'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'

const source = path.join(import.meta.dirname, 'src')
const generated = path.join(source, 'generated')
const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    schema: { type: 'string', default: path.join(import.meta.dirname, '../schema.graphql') },
  },
})

const CONFIG = {
  scalars: { DateTime: 'string', Cursor: 'string', JSON: 'unknown', ID: 'string' },
  enumType: 'string-literal',
  documentNodeImport: '@apollo/client#TypedDocumentNode',
  useTypeImports: true,
  skipTypename: true,
  disableDescriptions: true,
  dedupeFragments: true,
  // An absent argument leaves a value alone and null clears it: both are told apart by the caller.
  avoidOptionals: false,
}
const HEADER = '// Written by `npm run codegen -w web` from schema.graphql: never edit by hand.\n'

async function readDocuments() {
  const names = await readdir(source, { recursive: true })
  const files = names.filter((name) => name.endsWith('.graphql')).sort()
  return Promise.all(
    files.map(async (name) => {
      const location = path.join(source, name)
      return { location, document: parse(await readFile(location, 'utf8'), { noLocation: true }) }
    }),
  )
}

/** Everything in one document, so that a fragment of one file may be spread in another. */
function assertValid(schema, documents) {
  const all = {
    kind: Kind.DOCUMENT,
    definitions: documents.flatMap(({ document }) => document.definitions),
  }
  const errors = validate(schema, all)
  if (errors.length > 0) throw new Error(errors.map((error) => error.message).join('\n'))
}

async function operations(schema, documents) {
  return codegen({
    filename: 'operations.ts',
    schema: parse('scalar Unused'),
    schemaAst: schema,
    documents,
    config: CONFIG,
    plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
    pluginMap: { typescriptOperations, typedDocumentNode },
    skipDocumentsValidation: true,
  })
}

/** What the cache must know to match a fragment on an interface or a union. */
function possibleTypes(schema) {
  const entries = Object.values(schema.getTypeMap())
    .filter((type) => isAbstractType(type) && !type.name.startsWith('__'))
    .map((type) => [
      type.name,
      schema
        .getPossibleTypes(type)
        .map(({ name }) => name)
        .sort(),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `export const possibleTypes: Record<string, string[]> = ${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

async function outputs() {
  const schema = buildSchema(await readFile(options.schema, 'utf8'))
  const documents = await readDocuments()
  assertValid(schema, documents)
  return {
    'operations.ts': HEADER + (await operations(schema, documents)),
    'possible-types.ts': HEADER + possibleTypes(schema),
  }
}

async function isCurrent([name, text]) {
  return (await readFile(path.join(generated, name), 'utf8').catch(() => '')) === text
}

const files = Object.entries(await outputs())
const stale = []
for (const file of files) if (!(await isCurrent(file))) stale.push(file)
if (options.check) {
  if (stale.length > 0) {
    console.error(
      `web/src/generated is not current (${stale.map(([name]) => name).join(', ')}): npm run codegen -w web`,
    )
    process.exitCode = 1
  }
} else {
  await mkdir(generated, { recursive: true })
  for (const [name, text] of stale) await writeFile(path.join(generated, name), text)
}
