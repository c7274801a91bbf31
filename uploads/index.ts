import type { UploadKind } from './kind.ts'
import { variantMap } from './variant_map.ts'

export type { UploadColumn, UploadKind } from './kind.ts'

/** Every kind of upload there is: the table of contents. */
export const uploadKinds: readonly UploadKind[] = [variantMap]

/** The kind of that name, or null. */
export function findKind(name: string): UploadKind | null {
    return uploadKinds.find((kind) => kind.name === name) ?? null
}

/** The kind of that name. Throws a sentence where there is none. */
export function kindNamed(name: string): UploadKind {
    const kind = findKind(name)
    if (kind) return kind
    throw new Error(`Expected a kind of upload (${uploadKinds.map((it) => it.name).join(', ')}), got ${name}.`)
}
