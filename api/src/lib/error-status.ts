import type { AppErrorCode } from './app-error.ts'

/** The HTTP status of each code, wherever a whole answer is refused. GraphQL's `extensions.code` is the code itself. */
export const ERROR_STATUS: Readonly<Record<AppErrorCode, number>> = {
  INVALID: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT: 429,
  UNAVAILABLE: 503,
}
