import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import type { Kept } from '../oracle/oracle.ts'
import { testDatabase } from './database.ts'
import { copyShops, moveStores } from './shops.ts'
import { openScene, type Plot, type Scene, type Story, sceneOf, storyIn } from './story.ts'
import { temporaryFolder } from './temporary.ts'

/** Shops after their first sync, to be taken up again and again: each time by a copy. */
type World = Pick<Scene, 'host' | 'account_id' | 'told'> & { database: string; state: string; kept: Kept }

/** By plot. */
const worlds = new Map<string, Promise<World>>()
const ends: (() => Promise<unknown>)[] = []
let copies = 0

after(async () => {
    for (const end of ends) await end()
})

/**
 * A story after its first sync. Stories of one file that begin alike share that sync: what happens in one happens in no
 * other.
 */
export async function syncedStory(t: TestContext, plot: Plot): Promise<Story> {
    const name = JSON.stringify(plot)
    const made = worlds.get(name) ?? makeWorld(plot, t.signal)
    worlds.set(name, made)
    return storyIn(await openCopy(t, await made), t.signal)
}

async function makeWorld(plot: Plot, signal: AbortSignal): Promise<World> {
    const folder = await temporaryFolder('story')
    const state = join(folder, 'state')
    const scene = await openScene({ after: (end) => ends.unshift(end) }, plot, state)
    ends.push(() => rm(folder, { recursive: true, force: true }))
    const { host, account_id, told, oracle, sandbox } = scene
    await storyIn(scene, signal).firstSync()
    const { rows } = await host.db.send<{ name: string }>('select current_database() as name')
    await sandbox.close()
    await host.db.close()
    return { host, account_id, told, database: rows[0]!.name, state, kept: oracle.kept() }
}

async function openCopy(t: TestContext, { host, account_id, told, database, state, kept }: World): Promise<Scene> {
    const sandbox = await copyShops(state, `${state}-${++copies}`)
    t.after(() => sandbox.close())
    const { db } = await testDatabase(t, { max: 6, like: database })
    await moveStores(db, sandbox)
    const own = { sandbox, host: { ...host, db }, account_id, told: structuredClone(told) }
    return sceneOf(own, structuredClone(kept))
}
