/**
 * Runs the tests: `node test/run.ts [file or folder …] [options of node --test]`.
 *
 *   node test/run.ts test/sql                                  one folder
 *   node test/run.ts --test-name-pattern="rule 17"             by name
 *
 * One server with one migrated database serves all; each file is a process of its own, two at a time.
 */
import { spawn } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { startTestServer, type TestServer } from './helpers/test_server.ts'

const projectFolder = resolve(import.meta.dirname, '..')
const AT_ONCE = 2
/** The longest, a merchant's way through the whole site, takes a fifth of it; a hanging one must not hang the run. */
const TEST_LIMIT_MS = 600_000

const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'))
const paths = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const files = (paths.length > 0 ? paths : ['test']).flatMap(testFilesIn).sort()
const missing = paths.filter((path) => !existsSync(resolve(path)))
if (missing.length > 0 || files.length === 0) {
    const fault = missing.length > 0 ? `There is no ${missing.join(', ')}` : `No *.test.ts under ${paths.join(', ')}`
    console.error(`${fault}: give files or folders of tests.`)
    process.exit(2)
}

const server = await startTestServer()
try {
    process.exitCode = await runFiles(server)
} finally {
    await server.stop()
}

function testFilesIn(path: string): string[] {
    const full = resolve(path)
    if (!statSync(full, { throwIfNoEntry: false })?.isDirectory()) return [relative(projectFolder, full)]
    return globSync('**/*.test.ts', { cwd: full }).map((name) => relative(projectFolder, join(full, name)))
}

/** Resolves to the exit code of node's runner, whose report goes to our own output. */
function runFiles({ url, template }: TestServer): Promise<number> {
    const limits = [`--test-concurrency=${AT_ONCE}`, `--test-timeout=${TEST_LIMIT_MS}`, '--test-reporter=spec']
    const runner = spawn(process.execPath, ['--test', ...limits, ...options, ...files], {
        cwd: projectFolder,
        stdio: 'inherit',
        env: {
            ...process.env,
            CROSSDOCK_TEST_SERVER: url,
            CROSSDOCK_TEST_TEMPLATE: template,
            NODE_COMPILE_CACHE: join(projectFolder, '.crossdock', 'compile-cache'),
        },
    })
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => runner.kill(name))
    return new Promise((done, fail) => {
        runner.once('error', fail)
        runner.once('exit', (code) => done(code ?? 1))
    })
}
