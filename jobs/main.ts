import { runCommandLine } from './command_line.ts'

const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
        // Asked a second time, it ends at once; the next run looks again.
        if (ending.signal.aborted) process.exit(1)
        ending.abort(new Error('This process was asked to end.'))
    })
}
process.exitCode = await runCommandLine(process.argv.slice(2), ending.signal)
