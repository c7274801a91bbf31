import { z } from 'zod'
import { command } from './command.ts'

export const migrate = command({
    name: 'migrate',
    does: "Brings the database to this version's schema.",
    about: 'The embedded database is migrated by itself; one named by DATABASE_URL only by this command.',
    example: 'DATABASE_URL=postgres://… crossdock migrate',
    given: z.object({}),
    async run() {
        const { openDatabase } = await import('../../sql/database.ts')
        const { migrate: bringUp } = await import('../../sql/migrate.ts')
        const db = await openDatabase()
        try {
            const { applied } = await bringUp(db)
            return {
                json: { applied },
                text: applied.length > 0 ? applied.map((name) => `Applied ${name}.`) : 'Nothing was to be done.',
            }
        } finally {
            await db.close()
        }
    },
})
