// Written by `npm run codegen -w web` from schema.graphql: never edit by hand.
export const possibleTypes: Record<string, string[]> = {
  "Event": [
    "HeartbeatsRecorded",
    "JobStarted",
    "MonitorCreated",
    "MonitorDeleted",
    "MonitorStatusChanged",
    "MonitorUpdated",
    "PageCreated",
    "PageDeleted",
    "PageUpdated"
  ],
  "MonitorSettings": [
    "DnsSettings",
    "HttpSettings",
    "PushSettings",
    "TcpSettings"
  ]
}
