export { MonitorSettings, MonitorSettingsInput, settingsOf } from './monitor-settings.ts'
