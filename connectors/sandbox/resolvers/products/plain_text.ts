const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }

/** HTML without its markup, cut to `truncateAt` characters with an ellipsis. */
export function plainText(html: string, { truncateAt }: { truncateAt?: number | null }): string {
    const text = html
        .replace(/<[^>]*>/g, ' ')
        .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
        .replace(/\s+/g, ' ')
        .trim()
    if (truncateAt == null || text.length <= truncateAt) return text
    return `${text.slice(0, Math.max(0, truncateAt - 3))}...`
}
