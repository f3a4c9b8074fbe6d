// A real Bluesky server on loopback, for tests. It is two processes, so that a test can stop, kill or suspend the PDS
// while the directory of accounts, which is in memory, stays:
//
//   node pds.js plc [--port 0]
//   node pds.js pds --plc URL --data DIR [--port 0] [--public-url URL] [--rate-limits off] [--did-doc off]
//
// Each prints one line of JSON when it is ready, {"plc": URL} or {"pds": URL, "plc": URL}, and ends on SIGTERM, or when
// its standard input closes, so with whoever started it. Handles end in ".test". The packages are taken from the
// working directory: run "npm ci" there first.
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import path from 'node:path'
import { parseArgs } from 'node:util'

const LOOPBACK = '127.0.0.1'
// Below the ports that a system gives to outgoing connections: nobody takes the port while the PDS is stopped.
const FIRST_PORT = 20_000
const PORTS = 10_000
const PORT_TRIES_MAX = 50
const BLOB_BYTES_MAX = 100 * 1024 * 1024

// They guard nothing: the server lives on loopback, for one test run. Constant, because the data outlive a restart, and
// because RealPds uses them.
const JWT_SECRET = 'the jwt secret of the test server'
const DPOP_SECRET = '0d'.repeat(32)
const ROTATION_KEY = '1f'.repeat(32)
const ADMIN_PASSWORD = 'the admin password of the test server'
const BYPASS_KEY = 'the rate limit bypass key of the test server'

const installed = createRequire(path.resolve('package.json'))

const { positionals, values: given } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '0' },
    plc: { type: 'string' },
    data: { type: 'string' },
    'public-url': { type: 'string' },
    'rate-limits': { type: 'string', default: 'on' },
    'did-doc': { type: 'string', default: 'on' },
  },
})

const commands = { plc: startPlc, pds: startPds }
const start = commands[positionals[0]]
if (!start) {
  console.error('usage: node pds.js plc|pds [options]; its first lines tell which')
  process.exit(2)
}
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume()
const { ready, stop } = await start()
process.once('SIGTERM', () => stop().finally(() => process.exit(0)))
console.log(JSON.stringify(ready))

async function startPlc() {
  const { Database, PlcServer } = installed('@did-plc/server')
  const port = Number(given.port) || (await freePort())
  const plc = PlcServer.create({ db: Database.mock(), port })
  await listen(plc.app, port)
  return { ready: { plc: `http://${LOOPBACK}:${port}` }, stop: async () => {} }
}

async function startPds() {
  const { PDS, envToCfg, envToSecrets } = installed('@atproto/pds')
  const port = Number(given.port) || (await freePort())
  const data = path.resolve(given.data)
  await mkdir(data, { recursive: true })
  const config = envToCfg({
    devMode: true,
    hostname: 'localhost',
    port,
    dataDirectory: data,
    blobstoreDiskLocation: path.join(data, 'blobs'),
    blobstoreDiskTmpLocation: path.join(data, 'blobs-arriving'),
    blobUploadLimit: BLOB_BYTES_MAX,
    didPlcUrl: given.plc,
    serviceHandleDomains: ['.test'],
    enableDidDocWithSession: given['did-doc'] === 'on',
    inviteRequired: false,
    rateLimitsEnabled: given['rate-limits'] === 'on',
    rateLimitBypassKey: BYPASS_KEY,
    rateLimitBypassIps: [],
    crawlers: [],
    disableSsrfProtection: true,
  })
  config.service.publicUrl = given['public-url'] ?? config.service.publicUrl
  const secrets = envToSecrets({
    jwtSecret: JWT_SECRET,
    dpopSecret: DPOP_SECRET,
    adminPassword: ADMIN_PASSWORD,
    plcRotationKeyK256PrivateKeyHex: ROTATION_KEY,
  })
  const pds = await PDS.create(config, secrets)
  onLoopbackOnly(pds.app)
  await pds.start()
  return { ready: { pds: `http://localhost:${port}`, plc: given.plc }, stop: () => pds.destroy() }
}

/** The PDS itself would listen on every address of the machine. */
function onLoopbackOnly(app) {
  const listenAnywhere = app.listen.bind(app)
  app.listen = (port) => listenAnywhere(port, LOOPBACK)
}

async function listen(app, port) {
  const server = app.listen(port, LOOPBACK)
  await once(server, 'listening')
}

async function freePort() {
  for (let tries = 0; tries < PORT_TRIES_MAX; tries++) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
    if (await isFree(port)) {
      return port
    }
  }
  throw new Error('no free port')
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen(port, LOOPBACK, () => probe.close(() => resolve(true)))
  })
}
