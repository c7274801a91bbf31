import { type Database, type DatabaseOptions, openDatabase } from './database.ts'
import { migrate, refuseOtherSchema } from './migrate.ts'

/**
 * Opens the database at this code's schema. The embedded one is nobody else's and follows the code by itself; one that
 * DATABASE_URL names is migrated by `release` alone.
 * @throws a sentence where that one stands elsewhere.
 */
export async function openAtSchema(options: DatabaseOptions = {}): Promise<Database> {
    const db = await openDatabase(undefined, options)
    try {
        await refuseOtherSchema(db).catch(async (error) => {
            if (process.env.DATABASE_URL) throw error
            await migrate(db)
        })
        return db
    } catch (error) {
        await db.close()
        throw error
    }
}
