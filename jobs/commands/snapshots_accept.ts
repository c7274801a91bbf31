import { z } from 'zod'
import { command } from './command.ts'
import { id } from './given.ts'
import { runJob } from './run.ts'

export const snapshotsAccept = command({
    name: 'snapshots accept',
    does: 'Believes a doubtful reading: it is merged, and the next run compares it.',
    example: 'crossdock snapshots accept 31',
    arguments: [['<snapshot>', 'a doubtful reading, see snapshots list']],
    given: z.object({ snapshot: id }),
    run: ({ snapshot }, desk) => runJob(desk, 'accept_snapshot', { snapshot }),
})
