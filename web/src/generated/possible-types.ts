// Written by `npm run codegen -w web` from schema.graphql: never edit by hand.
export const possibleTypes: Record<string, string[]> = {
  "Event": [
    "HeartbeatsRecorded",
    "MonitorCreated",
    "MonitorDeleted",
    "MonitorStatusChanged",
    "MonitorUpdated"
  ],
  "MonitorSettings": [
    "DnsSettings",
    "HttpSettings",
    "PushSettings",
    "TcpSettings"
  ]
}
