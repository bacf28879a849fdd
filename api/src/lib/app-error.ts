export type AppErrorCode =
  'NOT_FOUND' | 'FORBIDDEN' | 'UNAUTHENTICATED' | 'INVALID' | 'CONFLICT' | 'LIMIT' | 'UNAVAILABLE'

/** One complaint about one input field; `path` leads from the input's root to the field. */
export interface FieldProblem {
  path: string[]
  code: 'INVALID' | 'REQUIRED' | 'CONFLICT' | 'LIMIT' | 'NOT_FOUND'
  message: string
}

export interface AppErrorDetails {
  problems?: FieldProblem[]
  [key: string]: unknown
}

/** The only error that the product throws on purpose. Anything else is a bug: logged with an id and masked. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: AppErrorCode,
    message: string,
    readonly details: AppErrorDetails = {},
  ) {
    super(message)
  }

  /** A refusal of input, field by field. */
  static invalid(problems: FieldProblem[]): AppError {
    return new AppError('INVALID', problems.map((p) => p.message).join(' '), { problems })
  }
}
