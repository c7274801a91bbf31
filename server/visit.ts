import type { Request } from 'express'
import type { Report } from '../reports/index.ts'
import type { SetFacts } from '../sql/pages/changes.ts'
import type { SeenConnection } from '../sql/pages/connections.ts'
import type { SeenJoin, SeenKey } from '../sql/pages/joins.ts'
import type { SeenOrder } from '../sql/pages/orders.ts'
import type { SeenProduct } from '../sql/pages/products.ts'
import type { SeenRun } from '../sql/pages/runs.ts'
import type { StoreRow } from '../sql/stores/stores.ts'
import type { UploadRow } from '../sql/uploads/uploads.ts'
import type { SiteDesk } from './desk.ts'

/** Who is signed in, as the session keeps it. */
export type Viewer =
    | { kind: 'operator'; account_id: number; user_id: number; who: string }
    | { kind: 'people'; account_id: number; store_id: number; who: string }

/** From where an account is looked at: as a whole (by operators alone), or from one of its stores. */
export type Place = {
    account_id: number
    account: string
    /** `/account` or `/stores/<domain>`: every address of the place begins with it. */
    path: string
    /** What each form of the place carries, so that it cannot act on another: `account`, or the domain. */
    key: string
    store: StoreRow | null
    /** Ids of the stores whose side is seen. */
    stores: number[]
    /** An operator looks, to whom nothing of a run is hidden. */
    whole: boolean
    /** In which times are shown. */
    zone: string
}

/** What a path may name, by the parameter's name; the wall finds it, or the page is not there. */
export type Subjects = {
    connection: SeenConnection
    set: SetFacts
    run: SeenRun
    order: SeenOrder
    product: SeenProduct
    report: Report
    member: StoreRow
    join: SeenJoin
    key: SeenKey
    upload: UploadRow
}

/** A request of somebody who may be a stranger. */
export type OpenVisit = {
    desk: SiteDesk
    request: Request
    viewer: Viewer | null
    /** A field of the form, or of the address' query; empty where it is missing. */
    field(name: string): string
    query(name: string): string
}

/** A request that passed the wall: by whom, where, and what its path names. */
export type Visit = OpenVisit & {
    viewer: Viewer
    place: Place
    the<Name extends keyof Subjects>(name: Name): Subjects[Name]
    /** Whether the viewer may what the people of that end of a connection, or of a wish for one, may. */
    mayAs(end: 'source' | 'destination', about: { side: SeenConnection['side'] }): boolean
}
