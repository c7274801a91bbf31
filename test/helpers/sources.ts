import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..')

/** Folders of the product's own code, in the order of the house. */
export const folders = ['sql', 'connectors', 'jobs', 'reports', 'server', 'test']

/** Paths from the project's folder, of files with this ending in those folders. */
export function sourcesNamed(ending: string, inside: readonly string[] = folders): string[] {
    return globSync(
        inside.map((folder) => `${folder}/**/*${ending}`),
        { cwd: root },
    ).sort()
}

/** A file's text, by its path from the project's folder. */
export function textOf(path: string): string {
    return readFileSync(join(root, path), 'utf8')
}
