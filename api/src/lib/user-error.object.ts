import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { AppError, type FieldProblem } from './app-error.ts'

/** The GraphQL enum `UserErrorCode`. */
export const UserErrorCode: { [Code in FieldProblem['code']]: Code } = {
  INVALID: 'INVALID',
  REQUIRED: 'REQUIRED',
  CONFLICT: 'CONFLICT',
  LIMIT: 'LIMIT',
  NOT_FOUND: 'NOT_FOUND',
}

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'What is wrong with an input.',
  valuesConfig: {
    INVALID: { description: 'The value cannot be used.' },
    REQUIRED: { description: 'A value is missing.' },
    CONFLICT: { description: 'Somebody else changed the object, or the key was used before.' },
    LIMIT: { description: 'Too many, too long, too large or too small.' },
    NOT_FOUND: { description: 'There is no such object, or it is not yours.' },
  },
})

@ObjectType({ description: 'One complaint about an input; nothing was changed where it says so.' })
export class UserError {
  @Field(() => [String], {
    description: 'Where in the input: the names that lead from its root to the field.',
  })
  path: string[]

  @Field(() => UserErrorCode, { description: 'What is wrong, for programs.' })
  code: FieldProblem['code']

  @Field(() => String, { description: 'What is wrong, for people.' })
  message: string
}

/** Runs a mutation's work; what the person must put right is data, everything else is thrown on. */
export async function withUserErrors<T>(
  work: () => Promise<T>,
): Promise<{ value: T | null; userErrors: UserError[] }> {
  try {
    return { value: await work(), userErrors: [] }
  } catch (error) {
    if (error instanceof AppError && error.details.problems)
      return { value: null, userErrors: error.details.problems }
    throw error
  }
}
