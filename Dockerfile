# syntax=docker/dockerfile:1
# Allswell as one image. Debian, not Alpine: the embedded PostgreSQL is built for glibc.
ARG NODE=22-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY api/package.json api/
COPY web/package.json web/
COPY e2e/package.json e2e/
RUN npm ci --include=optional
COPY tsconfig.json schema.graphql ./
COPY api api
COPY web web
RUN npm run build

FROM node:${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY api/package.json api/
COPY web/package.json web/
COPY e2e/package.json e2e/
# npm puts a package into the workspace's own folder when another version of it lies at the root.
RUN npm ci --omit=dev --include=optional --workspace=api && mkdir -p api/node_modules

FROM node:${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ALLSWELL_DATA=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=packages /app/api/node_modules api/node_modules
COPY --from=build /app/api/package.json api/package.json
COPY --from=build /app/api/dist api/dist
COPY --from=build /app/web/dist web/dist
COPY package.json schema.graphql LICENSE ./
RUN install -d -o node -g node -m 0711 /data
USER node
VOLUME /data
EXPOSE 3000
# The root may be read-only: all that is written goes to /data, and sockets to /tmp.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=8", "api/dist/server.js"]
