import {
  AddressRefused,
  BodyUndecodable,
  CertificateRefused,
  ConnectFailure,
  type ConnectionProblem,
  type Deadline,
  explainConnection,
  ProxyRefusal,
  ResolveFailure,
  TooManyBodies,
} from '../net/index.ts'

/** What an engine itself found wrong; its message is for a person. */
export class CheckProblem extends Error {
  override readonly name = 'CheckProblem'
}

/** Failures that say themselves what a person should read. */
const OWN_WORDS = [CheckProblem, CertificateRefused, ProxyRefusal]

/** What is said when the deadline was not kept because of us. */
function faultOfDeadline(deadline: Deadline): string | undefined {
  if (deadline.wasCalledOff) return 'The check was called off'
  return deadline.wasMissed
    ? 'Allswell stood still while it should have read the answer'
    : undefined
}

/**
 * Why a check broke off. `where` is the address it was talking to, `late` what is said when the time was over.
 */
export function explainFailure(
  error: unknown,
  where: string,
  deadline: Deadline,
  late: string,
): ConnectionProblem {
  const ours = faultOfDeadline(deadline)
  if (ours) return { message: ours, isOurs: true }
  if (OWN_WORDS.some((kind) => error instanceof kind))
    return { message: (error as Error).message, isOurs: false }
  if (error instanceof ResolveFailure || error instanceof AddressRefused)
    return explainConnection(error, where)
  if (error instanceof ConnectFailure) return explainConnection(error.reason, error.remote)
  if (deadline.hasFallen) return { message: late, isOurs: false }
  if (error instanceof TooManyBodies)
    return { message: 'Allswell has no memory for one more answer', isOurs: true }
  if (error instanceof BodyUndecodable)
    return { message: `${where} sent a body that can’t be decoded`, isOurs: false }
  return explainConnection(error, where)
}
