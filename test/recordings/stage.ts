import assert from 'node:assert/strict'
import { startSandbox } from '../../connectors/sandbox/sandbox.ts'
import { schemaOf } from '../../connectors/sandbox/schemas.ts'
import type { ShopOptions } from '../../connectors/sandbox/shop/options.ts'
import type { Shop } from '../../connectors/sandbox/shop/state.ts'
import { at, type Talk, talkTo } from '../helpers/sandbox.ts'
import { documentFor, type Hints } from './documents.ts'
import { Likeness } from './likeness.ts'
import { rebuiltVariables } from './rebuilt_variables.ts'
import { exchangeAt, exchangePaths, isObject, type Json, type JsonObject, partAt, type Recording } from './recording.ts'

const SHOP = 'recorded-store.myshopify.com'

/** How an exchange is replayed beside what the recording says of it. */
export type Playing = Hints & {
    /** the document, where it is neither recorded nor to be rebuilt from the answer */
    document?: string
    variables?: JsonObject
    /** the path of an exchange whose document was the same, where this one's answer tells nothing of it */
    like?: string
    /** parts of the answer that are known to differ, with the reason in the scenario beside it */
    except?: RegExp
}

/** A sandbox set up for one recording, with the recording's ids translated into its own. */
export class Stage {
    readonly likeness = new Likeness()
    readonly talk: Talk
    readonly recording: Recording
    readonly version: string
    replayed = 0
    /** the sandbox's answer to what was played last */
    last: Json = null

    private constructor(talk: Talk, recording: Recording, version: string) {
        this.talk = talk
        this.recording = recording
        this.version = version
    }

    /** Sets the stage. A version the schema package does not have is played in 2026-07. */
    static async set(recording: Recording, shop: Partial<ShopOptions> = {}): Promise<Stage> {
        const sandbox = await startSandbox({
            shops: [{ domain: SHOP, locations: [{ name: 'Shop location' }], ...shop }],
            throttle: { maximumAvailable: 20_000, restoreRate: 1000 },
        })
        const version = recording.apiVersion === '2026-04' ? '2026-04' : '2026-07'
        return new Stage(talkTo(sandbox), recording, version)
    }

    get shop(): Shop {
        const shop = this.talk.sandbox.shops.get(SHOP)
        if (!shop) throw new Error('the stage has no shop')
        return shop
    }

    /** Does something to the shop that the recording presumes. */
    async control(verb: string, body: object = {}): Promise<unknown> {
        const { status, body: answer } = await this.talk.control(verb, { shop: SHOP, ...body })
        assert.equal(status, 200, JSON.stringify(answer))
        return answer
    }

    part(path: string): Json | undefined {
        return partAt(this.recording, path)
    }

    paths(wanted: RegExp = /./): string[] {
        return exchangePaths(this.recording).filter((path) => wanted.test(path))
    }

    /** Sends the request of an exchange and compares the whole answer. */
    async play(path: string, playing: Playing = {}): Promise<void> {
        const exchange = exchangeAt(this.recording, path)
        const sample = playing.like ? exchangeAt(this.recording, playing.like).answer : exchange.answer
        const data = isObject(sample.data) ? sample.data : {}
        const known = playing.variables ?? exchange.variables
        const variables = exchange.document || known ? (known ?? {}) : rebuiltVariables(data)
        const document =
            playing.document ?? exchange.document ?? documentFor(schemaOf(this.version), data, variables, playing)
        const told = await this.ask(
            this.likeness.translate(document),
            this.likeness.translate(variables as Json) as JsonObject,
        )
        const answer = JSON.parse(told.text) as Json
        this.last = answer
        const differences = [
            ...(told.status === exchange.status ? [] : [`status: recorded ${exchange.status}, got ${told.status}`]),
            ...this.likeness.differences(withoutCost(exchange.answer), withoutCost(answer)),
        ].filter((difference) => !playing.except?.test(difference))
        assert.deepEqual(differences, [], `${this.recording.file} ${path}\n${document}\n${told.text.slice(0, 3000)}`)
        this.replayed += 1
    }

    /** Reads what the recorder saw, so that the ids in it are known; answers with what differs. */
    async learn(seen: JsonObject): Promise<string[]> {
        const document = documentFor(schemaOf(this.version), seen, {})
        const told = await this.ask(this.likeness.translate(document))
        return this.likeness.differences({ data: seen }, { data: (JSON.parse(told.text) as JsonObject).data ?? null })
    }

    variablesOf(path: string): JsonObject {
        return exchangeAt(this.recording, path).variables ?? {}
    }

    /** Replays exchanges one after the other, each the same way. */
    async playAll(paths: readonly string[], playing: Playing = {}): Promise<void> {
        for (const path of paths) await this.play(path, playing)
    }

    /** The whole id of the shop's first location. */
    locationId(): string {
        return `gid://shopify/Location/${[...this.shop.locations.keys()][0]}`
    }

    /** The staged upload target that the last answer gave. */
    lastTarget(): Target {
        const target = at(this.last, 'data', 'stagedUploadsCreate', 'stagedTargets', 0)
        assert.ok(target, 'expected the last answer to hold a staged upload target')
        return target as Target
    }

    ask(document: string, variables: object = {}) {
        return this.talk.ask(document, variables, { shop: SHOP, version: this.version })
    }

    close(): Promise<void> {
        return this.talk.sandbox.close()
    }
}

/** Cost is no part of the comparison; some recordings dropped it. */
function withoutCost(answer: Json): Json {
    if (!isObject(answer) || !isObject(answer.extensions)) return answer
    const { extensions, ...rest } = answer
    const { cost: _cost, ...others } = extensions
    return Object.keys(others).length > 0 ? { ...rest, extensions: others } : rest
}

export type Target = { url: string; parameters: { name: string; value: string }[] }

/** One recording and how it is replayed. */
export type Scenario = { file: string; shop?: Partial<ShopOptions>; play(stage: Stage): Promise<void> }
