import { expect, expectAccessible, test } from './browser.ts'

test('somebody adds a passkey, signs out, and signs in with it instead of the password', async ({
  app,
  context,
  server,
}) => {
  const devTools = await context.newCDPSession(app)
  await devTools.send('WebAuthn.enable')
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await app.goto(`${server.url}/account/security`)
  await expect(app.getByRole('heading', { name: 'Passkeys' })).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(app.getByText('Passkey added')).toBeVisible()
  await expect(app.getByRole('button', { name: /^Remove/ })).toHaveCount(1)
  await expectAccessible(app)
  const { credentials } = await devTools.send('WebAuthn.getCredentials', { authenticatorId })
  expect(
    credentials.map(({ rpId, isResidentCredential }) => ({ rpId, isResidentCredential })),
  ).toEqual([{ rpId: 'localhost', isResidentCredential: true }])

  // The browser would offer the passkey by itself in the e-mail field; this story presses the button.
  await devTools.send('WebAuthn.setAutomaticPresenceSimulation', {
    authenticatorId,
    enabled: false,
  })
  await app.getByRole('button', { name: /Your account/ }).click()
  await app.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(app.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
  await devTools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true })
  await app.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(app.getByRole('button', { name: /Your account: *Ada Lovelace/ })).toBeVisible()
  await expect(app.getByRole('heading', { name: 'Watch your first service' })).toBeVisible()
})
