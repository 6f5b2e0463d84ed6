// The Bluesky reference servers on loopback, for the tests only.
//
//   node network.mjs small|full     ports from the environment, all free ones chosen by the caller:
//   PDS_PORT PLC_PORT, and for full: APPVIEW_PORT OZONE_PORT DB_POSTGRES_URL REDIS_HOST
//
// Says one line, READY and the addresses as JSON, when everything answers; SIGTERM closes it, and
// so does the end of its standard input, so that it never outlives the tests that started it.
import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

const full = process.argv[2] === 'full'
const port = (name) => {
  const found = Number(process.env[name])
  if (!Number.isInteger(found) || found < 1024 || found > 65535) {
    console.error(`network.mjs: set ${name} to a free port`)
    process.exit(2)
  }
  return found
}
const pds = { port: port('PDS_PORT'), hostname: 'localhost' }
const plc = { port: port('PLC_PORT') }

let network
let closing = false
const close = async () => {
  if (closing) return
  closing = true
  // Everything here is thrown away afterwards, so a server that does not close soon is left.
  const soon = new Promise((resolve) => setTimeout(resolve, 3000))
  try {
    await Promise.race([network?.close(), soon])
  } catch (error) {
    console.error(String(error))
  }
  process.exit(0)
}
process.on('SIGTERM', close)
process.on('SIGINT', close)
process.stdin.on('end', close).resume()

const started = Date.now()
if (full) {
  const appview = port('APPVIEW_PORT')
  network = await TestNetwork.create({
    pds,
    plc,
    dbPostgresSchema: 'amends',
    bsky: { port: appview, publicUrl: `http://localhost:${appview}` },
    ozone: { port: port('OZONE_PORT') },
  })
} else {
  network = await TestNetworkNoAppView.create({ pds, plc })
}

const at = { pds: network.pds.url, plc: network.plc.url, ms: Date.now() - started }
if (full) at.appview = network.bsky.url
console.log('READY ' + JSON.stringify(at))
