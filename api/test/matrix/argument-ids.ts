/** What an id can be the id of. Those of a person's own things belong to the one who asks, or to somebody else. */
export type ObjectKind =
  | 'monitor'
  | 'member'
  | 'invitation'
  | 'api token'
  | 'session'
  | 'passkey'
  | 'identity'
  | 'audited thing'
  | 'acting person'
  | 'cursor of events'
  | 'secret of an invitation'
  | 'status page'
  | 'page section'
  | 'component'
  | 'slug of a private page'

/** Whoever has one of these may use it: it is no name of a thing but the key to it. */
export const BEARER_KINDS: readonly ObjectKind[] = ['secret of an invitation']

/** Whoever is a member of the other workspace too sees its pages wherever they act: addresses know no workspace. */
export const ABROAD_KINDS: readonly ObjectKind[] = ['slug of a private page']

/** Which argument or input field is the id of what. One that is missing here fails the matrix. */
export const ARGUMENT_IDS: Readonly<Record<string, ObjectKind>> = {
  'Query.monitor.id': 'monitor',
  'Query.heartbeats.monitorId': 'monitor',
  'Query.eventsSince.after': 'cursor of events',
  'Query.statusPage.id': 'status page',
  'Query.statusPageComponent.id': 'component',
  'Query.publicStatusPage.slug': 'slug of a private page',
  'Query.invitationPreview.token': 'secret of an invitation',
  'Subscription.monitorUpdates.ids': 'monitor',
  'Subscription.monitorUpdates.after': 'cursor of events',
  'Subscription.events.after': 'cursor of events',
  'Subscription.statusPage.slug': 'slug of a private page',
  'Subscription.statusPage.after': 'cursor of events',
  'AcceptInvitationInput.token': 'secret of an invitation',
  'AuditFilter.actorIds': 'acting person',
  'AuditFilter.targetId': 'audited thing',
  'ChangeMemberRoleInput.userId': 'member',
  'CreateComponentInput.pageId': 'status page',
  'CreateComponentInput.sectionId': 'page section',
  'CreateComponentInput.monitorIds': 'monitor',
  'DeleteComponentsInput.ids': 'component',
  'DeleteMonitorsInput.ids': 'monitor',
  'DeleteStatusPagesInput.ids': 'status page',
  'MonitorFilter.ids': 'monitor',
  'PauseMonitorsInput.ids': 'monitor',
  'ReinstateMemberInput.userId': 'member',
  'RemoveIdentityInput.id': 'identity',
  'RemoveMemberInput.userId': 'member',
  'RemovePasskeyInput.id': 'passkey',
  'RestoreMonitorsInput.ids': 'monitor',
  'ResumeMonitorsInput.ids': 'monitor',
  'RevokeApiTokenInput.id': 'api token',
  'RevokeInvitationInput.id': 'invitation',
  'RevokeSessionInput.id': 'session',
  'SetComponentStatusInput.id': 'component',
  'SetPingAddressInput.id': 'monitor',
  'StatusPageComponentInput.id': 'component',
  'StatusPageComponentInput.monitorIds': 'monitor',
  'StatusPageSectionInput.id': 'page section',
  'SuspendMemberInput.userId': 'member',
  'TestMonitorInput.monitorId': 'monitor',
  'TransferOwnershipInput.userId': 'member',
  'UnlockStatusPageInput.slug': 'slug of a private page',
  'UpdateComponentInput.id': 'component',
  'UpdateComponentInput.sectionId': 'page section',
  'UpdateComponentInput.monitorIds': 'monitor',
  'UpdateMonitorInput.id': 'monitor',
  'UpdateStatusPageInput.id': 'status page',
}

/** What other arguments are given, where the least value of their type would be refused. */
export const ARGUMENT_VALUES: Readonly<Record<string, unknown>> = {
  'Query.detectMonitor.target': 'https://example.com',
  'AcceptInvitationInput.name': 'Matrix Guest',
  'AcceptInvitationInput.email': 'EMAIL',
  'AcceptInvitationInput.password': 'purple window tractor 7',
  'BeginTotpInput.password': 'purple window tractor 7',
  'CreateApiTokenInput.role': 'VIEWER',
  'CreateStatusPageInput.slug': 'SLUG',
  'InviteMemberInput.email': 'EMAIL',
  'RequestPasswordResetInput.email': 'EMAIL',
  'SetUpInput.email': 'EMAIL',
  'SetUpInput.password': 'purple window tractor 7',
  'SetPingAddressInput.pingId': 'UUID',
  'SignInInput.email': 'EMAIL',
  'SignInInput.password': 'purple window tractor 7',
  'ResetPasswordInput.password': 'purple window tractor 7',
  'ChangePasswordInput.newPassword': 'purple window tractor 7',
  'UpdateMonitorInput.name': 'Renamed',
  'UpdateProfileInput.name': 'Renamed',
  'UpdateWorkspaceInput.name': 'WORKSPACE',
  MonitorSettingsInput: { http: { url: 'http://127.0.0.1:1/' } },
}
