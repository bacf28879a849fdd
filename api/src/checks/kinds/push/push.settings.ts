import { defineSettings, type SettingsOf } from '../../settings/define-settings.ts'
import { integer } from '../../settings/fields.ts'

const fields = {
  periodSeconds: integer({
    label: 'Period',
    description: 'A heartbeat is expected in every period, in seconds.',
    min: 1,
    max: 366 * 86_400,
    byDefault: 3_600,
  }),
  graceSeconds: integer({
    label: 'Grace',
    description: 'How much later it may come before it counts as missed, in seconds.',
    min: 0,
    max: 30 * 86_400,
    byDefault: 60,
  }),
}

export type PushSettings = SettingsOf<typeof fields>
export const pushSettings = defineSettings(fields)
