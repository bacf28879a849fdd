import { describe, expect, it } from 'vitest'
import { pushCommands } from './push-commands.ts'

const ping = 'https://status.example/ping/1f6dd6c4-6b8a-4a3c-9f4e-2c4f3a5b6c7d'
const push = 'https://status.example/api/push/token'
const slug = 'https://status.example/ping/key/backup'

describe('what a job is given to report', () => {
  it('is made of its own addresses', () => {
    const commands = pushCommands({ push, ping, slug })
    expect(commands.healthchecks.map(({ text }) => text)).toEqual([ping, slug])
    expect(commands.kuma[0]?.text).toBe(`${push}?status=up&msg=OK&ping=`)
    expect(commands.json[0]?.text).toContain('https://status.example/api/heartbeat/token')
    expect(commands.crontab[0]?.text).toMatch(/^0 3 \* \* \* .*"https:.*\/\$\?"$/)
  })

  it('holds no address by slug while there is no key', () => {
    expect(pushCommands({ push, ping, slug: null }).healthchecks).toHaveLength(1)
  })

  it('holds no percent sign: a crontab would end the line there', () => {
    for (const { text } of pushCommands({ push, ping, slug }).crontab)
      expect(text).not.toContain('%')
  })
})
