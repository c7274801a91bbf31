/**
 * A process that uses the embedded server until its standard input ends:
 * `node embedded_user.ts [folder]`. Prints one line of JSON: `{ url, dir }`, or `{ error }`.
 */
import { openDatabase } from '../../sql/database.ts'
import { startEmbedded } from '../../sql/embedded.ts'

const dir = process.argv[2]
try {
    const server = await startEmbedded({ dir, expendable: true })
    const db = await openDatabase(server.url, { max: 1 })
    await db.send('select 1')
    await db.close()
    console.log(JSON.stringify({ url: server.url, dir: server.dir }))
    process.stdin.resume() // keeps this process until its parent closes the pipe; then it just ends
} catch (error) {
    console.log(JSON.stringify({ error: (error as Error).message }))
}
