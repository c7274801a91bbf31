export type FormPart = { name: string; filename: string | null; body: Buffer }

const BLANK_LINE = Buffer.from('\r\n\r\n')

/** The parts of a multipart/form-data body, in their order. Throws if it is none. */
export function formParts(body: Buffer, contentType: string | undefined): FormPart[] {
    const given = /multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '')
    const boundary = given?.[1] ?? given?.[2]
    if (!boundary)
        throw new Error(`expected multipart/form-data with a boundary, got ${contentType ?? 'no content type'}`)
    const mark = Buffer.from(`--${boundary}`)
    const parts: FormPart[] = []
    let from = body.indexOf(mark)
    while (from >= 0) {
        const next = body.indexOf(mark, from + mark.length)
        if (next < 0) break
        // between a mark's line end and the line end before the next mark
        parts.push(partOf(body.subarray(from + mark.length + 2, next - 2)))
        from = next
    }
    return parts
}

function partOf(bytes: Buffer): FormPart {
    const end = bytes.indexOf(BLANK_LINE)
    const head = bytes.subarray(0, Math.max(end, 0)).toString('utf8')
    const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(head)?.[1] ?? ''
    return {
        name: /\bname="([^"]*)"/.exec(disposition)?.[1] ?? '',
        filename: /\bfilename="([^"]*)"/.exec(disposition)?.[1] ?? null,
        body: bytes.subarray(end + BLANK_LINE.length),
    }
}
