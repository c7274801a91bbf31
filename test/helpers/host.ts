import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import type { Job } from '../../jobs/context.ts'
import type { Host } from '../../jobs/run_context.ts'
import type { Database } from '../../sql/database.ts'

/** A host for runs in a test: silent, with a key of its own and only the jobs it is given. */
export function testHost(db: Database, jobs: Record<string, Job> = {}): Host {
    return { db, log: pino({ level: 'silent' }), key: randomBytes(32), jobs }
}
