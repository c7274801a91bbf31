#!/usr/bin/env node
const OLDEST_NODE = 24

const version = process.versions.node
if (Number(version.split('.')[0]) < OLDEST_NODE) {
    console.error(
        `Crossdock needs Node ${OLDEST_NODE} or newer, and this is ${version}. npm ci brings one along: start with ` +
            `npx crossdock, or an npm script.`,
    )
    process.exit(1)
}

// Read only now: an older Node could not even parse it.
const { runCommandLine } = await import('./command_line.ts')

const ending = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
        // Asked a second time, it ends at once; the next run looks again.
        if (ending.signal.aborted) process.exit(1)
        ending.abort(new Error('This process was asked to end.'))
    })
}
process.exitCode = await runCommandLine(process.argv.slice(2), ending.signal)
