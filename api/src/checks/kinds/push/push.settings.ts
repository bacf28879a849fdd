import { defineSettings, type SettingsOf } from '../../settings/define-settings.ts'
import { boolean, FieldRefusal, integer, string, stringOr } from '../../settings/fields.ts'
import { isTimeZone, problemOfCron } from './push-schedule.ts'

const YEAR_SECONDS = 366 * 86_400
const LONGEST_CRON = 100
const SLUG = /^[a-z0-9_-]{1,100}$/

function checkCron(cron: string): void {
  const problem = problemOfCron(cron)
  if (problem) throw new FieldRefusal(problem)
}

function checkTimeZone(name: string): void {
  if (!isTimeZone(name)) throw new FieldRefusal('There is no such time zone.')
}

function checkSlug(slug: string): void {
  if (!SLUG.test(slug))
    throw new FieldRefusal('A slug has up to 100 of a-z, 0-9, the hyphen and the underscore.')
}

const fields = {
  periodSeconds: integer({
    label: 'Period',
    description:
      'A heartbeat is expected in every period, in seconds, unless there is a cron expression.',
    min: 1,
    max: YEAR_SECONDS,
    byDefault: 3_600,
  }),
  cron: string({
    label: 'Cron expression',
    description: 'Five fields, as in a crontab: when the job is expected, instead of a period.',
    placeholder: '*/15 * * * *',
    longest: LONGEST_CRON,
    check: checkCron,
  }),
  timeZone: stringOr('UTC', {
    label: 'Time zone',
    description: 'The time zone of the cron expression, by its IANA name.',
    check: checkTimeZone,
  }),
  graceSeconds: integer({
    label: 'Grace',
    description:
      'How much later it may come before it counts as missed, and how long a run that told its start may take, in seconds.',
    min: 0,
    max: YEAR_SECONDS,
    byDefault: 60,
  }),
  slug: string({
    label: 'Slug',
    description: 'Its name in addresses with a ping key. Absent: made of the name, once.',
    isAdvanced: true,
    check: checkSlug,
  }),
  onlyPost: boolean({
    label: 'Only POST counts',
    description: 'Pings by other methods are answered and listed, but change nothing.',
    isAdvanced: true,
    byDefault: false,
  }),
}

export type PushSettings = SettingsOf<typeof fields>
export const pushSettings = defineSettings(fields)
