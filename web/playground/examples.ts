export interface Example {
  query: string
  variables?: string
}

/** The tabs of a first visit: one for each way in. A tab is named after its operation. */
export const EXAMPLES: readonly Example[] = [
  {
    query: `# All that the app does is an operation here.
# Run:       the button, or Ctrl+Enter
# Complete:  Ctrl+Space
# Read:      the book on the left

query Monitors($filter: MonitorFilter) {
  monitors(
    first: 20
    filter: $filter
    orderBy: PROBLEMS_FIRST
  ) {
    totalCount
    statusCounts {
      status
      count
    }
    nodes {
      id
      name
      kind
      target
      status
      statusSince
      reason
      lastHeartbeat {
        at
        status
        latencyMs
      }
      uptime(window: DAY) {
        ratio
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
  # Where in the log all of this was read:
  # subscribe from here and miss nothing.
  liveCursor
}
`,
    variables: `{
  "filter": {}
}
`,
  },
  {
    query: `# A real check; nothing is stored.
mutation TestMonitor(
  $input: TestMonitorInput!
) {
  testMonitor(input: $input) {
    result {
      status
      message
      statusCode
      latencyMs
      timings {
        dnsMs
        connectMs
        tlsMs
        firstByteMs
        downloadMs
        totalMs
      }
      certificate {
        subject
        issuer
        daysLeft
        isTrusted
      }
      conditions {
        expression
        isPassed
        actual
      }
    }
    # What is wrong with the input, and where.
    userErrors {
      path
      code
      message
    }
  }
}
`,
    variables: `{
  "input": {
    "settings": {
      "http": { "url": "https://example.com" }
    },
    "conditions": ["[STATUS] == 200"]
  }
}
`,
  },
  {
    query: `mutation CreateMonitor(
  $input: CreateMonitorInput!
) {
  createMonitor(input: $input) {
    monitor {
      id
      name
      status
      nextCheckAt
      version
    }
    userErrors {
      path
      code
      message
    }
  }
}
`,
    variables: `{
  "input": {
    "name": "Example",
    "intervalSeconds": 60,
    "settings": {
      "http": { "url": "https://example.com" }
    }
  }
}
`,
  },
  {
    query: `# Keep the cursor of the newest batch and
# come back with it as \`after\`: you get what
# you missed, in order and nothing twice,
# or one \`resync: true\`.
subscription Events(
  $after: Cursor
  $topics: [Topic!]
) {
  events(after: $after, topics: $topics) {
    cursor
    resync
    events {
      __typename
      id
      at
      ... on MonitorStatusChanged {
        monitorId
        from
        to
        since
        reason
      }
      ... on MonitorCreated {
        monitor {
          id
          name
        }
      }
      ... on HeartbeatsRecorded {
        beats {
          monitorIds
          slots
          statuses
          latenciesMs
        }
      }
    }
  }
}
`,
    variables: `{
  "after": null,
  "topics": ["MONITOR", "HEARTBEAT"]
}
`,
  },
  {
    query: `# The same events by asking again and again.
# Without \`after\`: an empty batch with the
# cursor to begin from.
query EventsSince($after: Cursor) {
  eventsSince(after: $after, limit: 100) {
    cursor
    resync
    events {
      __typename
      id
      at
      topic
    }
  }
}
`,
    variables: `{
  "after": null
}
`,
  },
  {
    query: `# Needs the id of a monitor: see the first tab.
# Newest first; \`after\` turns the page.
query Heartbeats(
  $monitorId: ID!
  $after: String
) {
  heartbeats(
    monitorId: $monitorId
    first: 20
    after: $after
  ) {
    nodes {
      at
      status
      latencyMs
      statusCode
      message
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: `{
  "monitorId": ""
}
`,
  },
]
