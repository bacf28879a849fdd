export { type Config, ConfigError, type LogLevel, readConfig } from './config.ts'
export type { DoorsConfig } from './doors-config.ts'
export type { MailConfig } from './mail-config.ts'
export { processEnvironment } from './process-environment.ts'
