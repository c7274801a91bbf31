import type { Writable } from 'node:stream'
import type { Request, Response } from 'express'
import type { SiteDesk } from './desk.ts'
import type { OpenVisit, Visit } from './visit.ts'

type Method = 'get' | 'post'

/** A file that is written as it is fetched; `name` without its ending. */
export type Download = { name: string; format: 'csv' | 'xlsx'; write(to: Writable): Promise<void> }

/**
 * What a route answers with: a page (a stranger's has a form only if it says so), the way on with a sentence for there, or a
 * file.
 */
export type Answer =
    | { view: string; data: object; status?: number; hasForm?: boolean }
    | { to: string; say?: string; isFault?: boolean }
    | { file: Download }

/** For machines and files: no session, no page. */
export type BareRoute = {
    method: Method
    path: string
    serve(desk: SiteDesk, request: Request, response: Response): Promise<void> | void
}

/** What a stranger may open: signing in, and out. */
export type DoorRoute = {
    method: Method
    path: string
    /** Most tries of one address within a quarter of an hour. */
    atMost: number
    answer(visit: OpenVisit): Promise<Answer>
}

/**
 * Who may: `people` everyone of a place; `source`, `destination` the people of that end of the connection that the path
 * names; `operator` nobody else. An operator may whatever the people of a store may.
 */
export type Who = 'people' | 'source' | 'destination' | 'operator'

/** A page of a place, or what is done there. Its path is below the place's own, `/account` or `/stores/<domain>`. */
export type PageRoute = {
    method: Method
    path: string
    who: Who
    /** Its form may carry a file of so many bytes (file_form.ts). */
    mostBytes?: number
    answer(visit: Visit): Promise<Answer>
}
