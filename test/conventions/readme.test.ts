import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root, textOf } from '../helpers/sources.ts'

const run = promisify(execFile)
const pages = ['README.md', 'ARCHITECTURE.md'].filter((page) => existsSync(join(root, page)))
const text = pages.map(textOf).join('\n')
const program = join(root, 'jobs', 'crossdock.js')
const nothingYet = pages.length === 0 && 'there is no README.md yet'
const noProgramYet = !existsSync(program) && 'there is no jobs/crossdock.js yet'

test('every npm script that the pages name exists', { skip: nothingYet }, () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
    const named = new Set([...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map((match) => match[1]!))
    assert.ok(named.size > 0)
    assert.deepEqual(
        [...named].filter((name) => !(name in scripts)),
        [],
    )
})

test('every command that the pages name has help of its own', { skip: nothingYet || noProgramYet }, async () => {
    // Two words where the second is no option, argument or placeholder: `store add`, `run nightly`.
    const named = new Set(
        [...text.matchAll(/\bnpx crossdock ([a-z]+(?: [a-z]+\b(?![.@/=-]))?)/g)].map((match) => match[1]!),
    )
    assert.ok(named.size > 0)
    for (const command of named) {
        const { stdout } = await run(process.execPath, [program, ...command.split(' '), '--help'], { cwd: root })
        assert.match(stdout, new RegExp(`Usage: crossdock ${command.split(' ')[0]}\\b`), command)
    }
})

test('every file and folder that the pages name exists', { skip: nothingYet }, () => {
    const named = new Set(
        [...text.matchAll(/`((?:sql|connectors|jobs|reports|server|test)\/[\w/.-]*)`/g)].map((match) => match[1]!),
    )
    assert.deepEqual(
        [...named].filter((path) => !existsSync(join(root, path))),
        [],
    )
})
