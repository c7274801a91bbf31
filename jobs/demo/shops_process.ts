/**
 * The demo's shops, in a process of their own: they have a core to themselves, and like real ones they outlive a
 * Crossdock that is killed. Told what to open by its first message; ends, saving, when the demo goes.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { type Sandbox, startSandbox } from '../../connectors/sandbox/sandbox.ts'
import type { FromShops, ToShops } from './shops.ts'

const tell = (message: FromShops) => process.send?.(message)
let sandbox: Sandbox | null = null

process.on('message', async (message: ToShops) => {
    if ('close' in message) return end()
    const { shops, stateFile, port, openFile } = message
    try {
        sandbox = await startSandbox({ shops, stateFile, port }).catch((error: NodeJS.ErrnoException) => {
            if (error.code !== 'EADDRINUSE') throw error
            return startSandbox({ shops, stateFile })
        })
        // There as long as the shops are open: who finds it beside no process knows that they were never saved.
        writeFileSync(openFile, String(process.pid))
        process.once('exit', (code) => {
            if (code === 0) rmSync(openFile, { force: true })
        })
        if (!process.connected) await end()
        tell({ port: sandbox.port, url: sandbox.url })
    } catch (error) {
        tell({ error: (error as Error).message })
    }
})
process.on('disconnect', () => end())
// Ctrl-C and the like are the demo's to answer.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {})

async function end(): Promise<void> {
    const open = sandbox
    sandbox = null
    await open?.close().catch((error) => {
        console.error('the shops could not be saved:', error)
        process.exit(1)
    })
    process.exit(0)
}
