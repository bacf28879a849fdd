/** What each setting means, in the groups and the order in which the reference tells them. */
export const SETTING_MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'How it is reached': {
    PORT: 'The port; `0` takes a free one.',
    HOST: 'Where it listens; `0.0.0.0` or `::` for the whole network. Beyond this machine the set-up asks for a token that the start prints.',
    PUBLIC_URL:
      'Under which people reach it, such as `https://status.example.com`, or `https://example.com/uptime` where it shares its host: for links in letters, sign-in by providers, cookies, and as the issuer of access tokens. Absent: as each request says.',
    ALLOWED_HOSTS:
      'Further names under which it answers, comma-separated. On `localhost` only loopback names and these are answered; elsewhere, with neither this nor `PUBLIC_URL`, every name is.',
    TRUSTED_PROXIES:
      'Addresses or networks, comma-separated, whose `X-Forwarded-*` headers are believed; `loopback` and `private` stand for theirs.',
    WEB_ORIGIN:
      'Origins of clients served from elsewhere, comma-separated and exact, such as `https://app.example.com`.',
    SERVE_WEB: '`false`: the API alone, without the app. Status pages and their doors stay.',
    WEB_DIST: 'The folder of the built client. Absent: the one beside the server.',
    SETUP_TOKEN:
      'What the set-up asks for when others reach the server. Absent: one follows from the master key, and the start prints it.',
  },
  'State and secrets': {
    ALLSWELL_DATA: 'One folder with all state: the embedded database, its secret, the master key.',
    DATABASE_URL:
      'A PostgreSQL 15 or newer of your own, as `postgres://user:password@host:5432/database`. The login must be able to act as three roles; if it can’t, the start prints the SQL to run. Absent: the embedded one.',
    ALLSWELL_MASTER_KEY:
      '32 bytes in base64 (`openssl rand -base64 32`); seals the secrets of monitors, second factors and signing keys. Absent: made on the first start, in `master.key` of the data folder.',
    ALLSWELL_MASTER_KEYS_OLD:
      'Keys that were in use before, with commas between them: what they sealed still opens.',
    RETENTION_DAYS:
      'How long single heartbeats and evidence are kept; states and hourly and daily figures stay.',
    EVENT_RETENTION_HOURS: 'How far back a live cursor can resume.',
  },
  Checks: {
    ALLSWELL_TARGETS:
      '`public` refuses checks of private addresses. Link-local and metadata addresses and our own ports are refused always.',
    ALLSWELL_TARGETS_ALLOW:
      'Networks (CIDR, comma-separated) that are allowed all the same, such as `10.0.5.0/24`.',
    CHECK_CONCURRENCY: 'Most checks at once in one process.',
  },
  Letters: {
    SMTP_URL:
      'Where letters go (reset links, invitations): `smtps://user:password@mail.example.com:465`, or `smtp://` with STARTTLS, without which no password is sent to another machine. Absent: no letters.',
    MAIL_FROM: 'The sender, such as `Allswell <status@example.com>`; needed with `SMTP_URL`.',
  },
  'Sign-in by others': {
    GOOGLE_CLIENT_ID:
      'Of Google’s console. The redirect address is `<PUBLIC_URL>/auth/google/callback`.',
    GOOGLE_CLIENT_SECRET: 'Its secret.',
    GITHUB_URL: 'The pages of GitHub, or of a GitHub Enterprise Server.',
    GITHUB_CLIENT_ID:
      'Of an OAuth app. The redirect address is `<PUBLIC_URL>/auth/github/callback`.',
    GITHUB_CLIENT_SECRET: 'Its secret.',
    OIDC_ISSUER:
      'An OpenID Connect issuer, such as `https://login.example.com/realms/main`. The redirect address is `<PUBLIC_URL>/auth/oidc/callback`.',
    OIDC_TITLE: 'What its button says.',
    OIDC_CLIENT_ID: 'Our name at that issuer.',
    OIDC_CLIENT_SECRET: 'Its secret.',
    OIDC_PROVIDERS:
      'Names of further issuers, comma-separated, such as `keycloak`: each has the four settings above with its name, `OIDC_KEYCLOAK_ISSUER` and so on, and the path `/auth/keycloak`.',
    OAUTH_ALLOWED_DOMAINS:
      'Only people with a verified e-mail of these domains, comma-separated. Absent: all.',
    OAUTH_AUTO_JOIN_ROLE:
      'What an unknown person becomes who signs in so; `none`: they must be invited.',
    OAUTH_AUTO_JOIN_WORKSPACE: 'The workspace that they join, by its address. Absent: the oldest.',
  },
  'The log of the process': {
    LOG_LEVEL: 'How much it tells.',
    LOG_FORMAT: '`text` for people, `json` for programs.',
  },
}
