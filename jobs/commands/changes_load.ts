import { z } from 'zod'
import { command } from './command.ts'
import { number } from './given.ts'
import { runJob } from './run.ts'

export const changesLoad = command({
    name: 'changes load',
    does: 'Writes the approved lines to their destinations.',
    example: 'crossdock changes load --connection 2',
    options: [
        ['--connection <id>', 'only this connection'],
        ['--dry-run', 'say what would be written, and write nothing'],
    ],
    given: z.object({ connection: number.optional(), dryRun: z.literal(true).optional() }),
    run: ({ connection, dryRun }, desk) =>
        runJob(desk, 'load', { ...(connection !== undefined && { connection }), ...(dryRun && { dry_run: true }) }),
})
