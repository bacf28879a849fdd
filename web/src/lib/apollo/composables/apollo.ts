import type { ApolloClient } from '@apollo/client'
import { inject, type App, type InjectionKey } from 'vue'

const ApolloKey: InjectionKey<ApolloClient> = Symbol('apollo')

/** Makes the client known to every component of the app. */
export function provideApollo(app: App, client: ApolloClient): void {
  app.provide(ApolloKey, client)
}

/** The client of this app. Throws when none was provided. */
export function useApollo(): ApolloClient {
  const client = inject(ApolloKey, null)
  if (!client) throw new Error('No Apollo client here: provideApollo(app, client) was not called.')
  return client
}
