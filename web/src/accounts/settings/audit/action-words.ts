/** `monitor.update` in words: what a known verb says, else the action itself. */
export function actionWords(
  action: string,
  t: (key: string, values: Record<string, unknown>) => string,
  has: (key: string) => boolean,
): string {
  const exact = `accounts.settings.audit.actions.${action.replaceAll('.', '-')}`
  if (has(exact)) return t(exact, {})
  const [room = '', verb = ''] = action.split('.')
  const key = `accounts.settings.audit.verbs.${verb}`
  const noun = `accounts.settings.audit.nouns.${room}`
  return has(key) && has(noun) ? t(key, { noun: t(noun, {}) }) : action
}
