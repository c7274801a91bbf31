/**
 * Makes every mistake of the list, one by one, in a copy of the tree, and looks whether a test notices:
 * `npm run sabotage -- [part of a name] [--trust]`. First the tests must be green without any, unless `--trust` says that they
 * are. Prints the survivors; exit 1 if any.
 */
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../helpers/sources.ts'
import type { Mistake } from './mistake.ts'
import { mistakes } from './mistakes/index.ts'

const { values, positionals } = parseArgs({ options: { trust: { type: 'boolean' } }, allowPositionals: true })
const part = positionals[0] ?? ''
const chosen = mistakes.filter(({ name }) => name.includes(part))
const copy = await mkdtemp(join(tmpdir(), 'crossdock-sabotage-'))
const survivors: string[] = []
try {
    await copyTree()
    if (!values.trust) await mustBeGreen()
    for (const mistake of chosen) await make(mistake)
} finally {
    await rm(copy, { recursive: true, force: true })
}
console.log(`\n${chosen.length} mistakes, ${survivors.length} survived${survivors.map((it) => `\n  ${it}`).join('')}`)
process.exitCode = survivors.length > 0 ? 1 : 0

async function copyTree(): Promise<void> {
    const left = new Set(['node_modules', '.git', '.crossdock'])
    const wanted = (path: string) => !left.has(basename(path)) || relative(root, path).includes('/')
    await cp(root, copy, { recursive: true, filter: wanted })
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
}

async function mustBeGreen(): Promise<void> {
    const calls = new Map(chosen.map(({ tests, named }) => [[...tests, named].join(), { tests, named }]))
    for (const { tests, named } of calls.values()) {
        const { red, output } = await run(tests, named)
        if (red) throw new Error(`Expected ${tests.join(', ')} to be green without any mistake:\n${output}`)
    }
}

async function make({ name, file, find, put, tests, named }: Mistake): Promise<void> {
    const path = join(copy, file)
    const right = await readFile(path, 'utf8')
    if (right.split(find).length !== 2) throw new Error(`${name}: expected its text once in ${file}.`)
    const begun = performance.now()
    try {
        await writeFile(
            path,
            right.replace(find, () => put),
        )
        const { red } = await run(tests, named)
        if (!red) survivors.push(`${name} (${file})`)
        const seconds = ((performance.now() - begun) / 1000).toFixed(0)
        console.log(`${red ? 'noticed ' : 'SURVIVED'} ${seconds.padStart(4)} s  ${name}`)
    } finally {
        await writeFile(path, right)
    }
}

function run(tests: readonly string[], named?: string): Promise<{ red: boolean; output: string }> {
    const options = named ? [`--test-name-pattern=${named}`] : []
    const child = spawn(process.execPath, ['test/run.ts', ...tests, ...options], { cwd: copy })
    let output = ''
    child.stdout.on('data', (text) => {
        output += text
    })
    child.stderr.on('data', (text) => {
        output += text
    })
    return new Promise((done, fail) => {
        child.once('error', fail)
        child.once('exit', (code) => done({ red: code !== 0, output: output.slice(-4000) }))
    })
}
