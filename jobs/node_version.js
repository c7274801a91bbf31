// Plain JavaScript: an older Node cannot even read the rest.
const OLDEST_NODE = 24

const version = process.versions.node
if (Number(version.split('.')[0]) < OLDEST_NODE) {
    console.error(
        `Crossdock needs Node ${OLDEST_NODE} or newer, and this is ${version}. npm ci brings one along for Linux and ` +
            'for macOS on arm64: start with npx crossdock or an npm script. Elsewhere install it yourself.',
    )
    process.exit(1)
}
