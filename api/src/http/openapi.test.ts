import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'

let doors: HttpDoors
beforeAll(async () => {
  doors = await HttpDoors.open()
})
afterAll(() => doors.close())

async function complaintsOf(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  return problems.map(({ severity, ruleId, message }) => `${severity} ${ruleId}: ${message}`)
}

it('the OpenAPI document has nothing that Redocly’s recommended rules complain of', async () => {
  const source = await (await fetch(`${doors.url}/api/openapi.json`)).text()
  expect(await complaintsOf(source)).toEqual([])
})

it('the same rules complain of a document that is not in order', async () => {
  const source = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    paths: { '/a': { get: {} } },
  })
  expect(await complaintsOf(source)).not.toEqual([])
})
