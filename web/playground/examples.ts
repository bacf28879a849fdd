export interface Example {
  query: string
  variables?: string
}

/** The tabs of a first visit: one for each way in. A tab is named after its operation. */
export const EXAMPLES: readonly Example[] = [
  {
    query: `# Allswell — everything the app does is an operation here.
# Run with the round button or Ctrl+Enter; complete with Ctrl+Space;
# the book on the left has the documentation of every type and field.

query Monitors($filter: MonitorFilter) {
  monitors(first: 20, filter: $filter, orderBy: PROBLEMS_FIRST) {
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
  # The place in the event log at which this whole answer was read: subscribe from here and miss nothing.
  liveCursor
}
`,
    variables: `{
  "filter": {}
}
`,
  },
  {
    query: `# Checks the service for real and stores nothing.
mutation TestMonitor($input: TestMonitorInput!) {
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
    # What is wrong with the input stands here, with the path of the field.
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
    query: `mutation CreateMonitor($input: CreateMonitorInput!) {
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
    query: `# Keep the cursor of the newest batch and give it as \`after\` when you come back:
# you get what you missed, in order and nothing twice, or one \`resync: true\`.
subscription Events($after: Cursor, $topics: [Topic!]) {
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
    query: `# The same events for programs that ask again and again instead of subscribing.
# Without \`after\`: an empty batch with the present cursor to begin from.
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
    query: `# Put in the id of a monitor (first tab). Newest first; \`after\` turns the page.
query Heartbeats($monitorId: ID!, $after: String) {
  heartbeats(monitorId: $monitorId, first: 20, after: $after) {
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
