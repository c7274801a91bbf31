import type { Shop } from '../shop/state.ts'

const MISSING =
    "The JSONL file could not be found. Try uploading the file again, and check that you've entered the URL correctly for the stagedUploadPath mutation argument."

/** Why a file cannot be the input of a bulk mutation: not there, or empty. */
export function stagedFileRefusal(shop: Shop, path: string) {
    const content = shop.stagedUploads.get(path)?.content ?? null
    if (content === null) return { field: null, message: MISSING, code: 'NO_SUCH_FILE' }
    if (content === '') return { field: null, message: 'The input file is empty.', code: 'INVALID_STAGED_UPLOAD_FILE' }
    return null
}
