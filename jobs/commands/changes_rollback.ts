import { z } from 'zod'
import { command } from './command.ts'
import { id } from './given.ts'
import { runJob } from './run.ts'

export const changesRollback = command({
    name: 'changes rollback',
    does: 'Takes a loaded change set back, where nothing has moved since.',
    about:
        'Fields go back to what they were, creations become drafts, what was unpublished is published again.\n' +
        'Stock is left as it is without --stock; deletions cannot be taken back. What was not rolled back is listed.',
    example: 'crossdock changes rollback 12',
    arguments: [['<set>', 'a loaded change set, see changes list']],
    options: [['--stock', 'quantities too']],
    given: z.object({ set: id, stock: z.literal(true).optional() }),
    run: ({ set, stock }, desk) => runJob(desk, 'rollback', { change_set: set, ...(stock && { stock: true }) }),
})
