/** A worker as a process of its own, to be killed: `node worker.ts <database url> <key in hex> <name>`. */
import { registry } from '../../jobs/registry.ts'
import { startWorker } from '../../jobs/worker.ts'
import { openDatabase } from '../../sql/database.ts'
import { log } from './log.ts'

const [url = '', key = '', name] = process.argv.slice(2)
const db = await openDatabase(url, { max: 8, name })
await startWorker({ db, log, key: Buffer.from(key, 'hex'), jobs: registry })
