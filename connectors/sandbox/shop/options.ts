/**
 * What a shop of the sandbox is made from. Given once, when the shop is made; everything that can change later is in
 * `ShopSettings`, which lives in the shop's state and which the control address may change.
 */
export type ShopOptions = {
    /** the shop's address, such as `northwind.example`; also what its ids are derived from */
    domain: string
    /** shown to people, and the default vendor of a product; by default the first label of the domain */
    name?: string
    /** ISO 4217, default USD */
    currency?: string
    /** IANA zone, default Etc/UTC */
    zone?: string
    /** display name of the plan, default Basic */
    plan?: string
    email?: string
    /** static tokens; by default one, `token-<domain>`, with every scope */
    tokens?: TokenOptions[]
    /** for the client credentials grant */
    clientId?: string
    clientSecret?: string
    /** where the app may send people back to after they signed in, exactly; by default anywhere on this machine */
    redirectUrls?: string[]
    /** by default one active location, "Main warehouse" */
    locations?: LocationOptions[]
    /** names of the sales channels; by default Online Store and Point of Sale */
    publications?: string[]
    catalogue?: CatalogueOptions
    settings?: Partial<ShopSettings>
}

export type TokenOptions = {
    token: string
    /** default: every scope */
    scopes?: string[]
    /** ISO time or milliseconds since 1970; default: never */
    expiresAt?: string | number
}

export type LocationOptions = {
    name: string
    active?: boolean
    fulfillsOnlineOrders?: boolean
    /** ISO 3166 alpha 2, default US */
    countryCode?: string
    city?: string
    /** handle of the fulfillment service that owns the location */
    fulfillmentService?: string
}

/** Where the first products of a shop come from. */
export type CatalogueOptions = GeneratedCatalogue | CsvCatalogue | CopiedCatalogue

/** Made up, the same for the same seed. */
export type GeneratedCatalogue = {
    products: number
    seed: number
    /** false: no blank, duplicate or look-alike SKUs, no untracked items, no bundles (default true) */
    oddities?: boolean
    /** variants a product has at most, of the ordinary products (default 8) and of the few large ones (default 100) */
    variants?: { ordinary?: number; large?: number }
    /** images a product has at most, default 8 */
    images?: number
}

/** A product CSV in Shopify's export format. */
export type CsvCatalogue = {
    /** path of the file; a value that holds a line break is taken for the text itself */
    csv: string
}

/**
 * Some products of another shop's generated catalogue, as a merchant would have entered them here by hand: the same
 * SKUs, but own ids, prices, titles, some variants missing or added, a few SKUs on two variants.
 */
export type CopiedCatalogue = {
    of: GeneratedCatalogue
    /** of the other shop's products, 0 to 1 */
    share: number
    seed?: number
    /** products that only this shop has, default 5 % of the copied ones */
    own?: number
}

/** What a shop does differently from the ideal; each can be changed while the sandbox runs. */
export type ShopSettings = {
    /** search filters on updated_at and created_at see a change only after so many milliseconds */
    indexLagMs: number
    /** a new file is PROCESSING for so many milliseconds of the shop's clock ... */
    mediaMs: number
    /** ... or for so many reads, whichever ends first */
    mediaReads: number
    /** stores every text a little differently from how it was given (HTML, titles, tags) */
    texts: 'as_given' | 'alters_every_text'
    /** an asynchronous productSet, productDelete or job is complete after so many reads */
    operationReads: number
    /** a stock change moves the product's updatedAt once in so many times; 0: never */
    stockMovesProductEvery: number
    /** units and money of an order that orderCancel cancels follow so many milliseconds of the shop's clock later */
    cancelMs: number
    /** whether apps may read protected customer data: names, addresses, mail, phone */
    protectedData: 'granted' | 'denied'
    /** whether an order is refused whose unique metafield another order carries already */
    uniqueOrderMetafields: 'enforced' | 'ignored'
    /** whether the order that a draft becomes has the draft's metafields: no page of Shopify's says it */
    draftMetafields: 'left' | 'carried'
    /** the tax that the shop puts on drafts that are not exempt: 0.2 is a fifth */
    draftTaxRate: number
}

export const defaultSettings: ShopSettings = {
    indexLagMs: 0,
    mediaMs: 60_000,
    mediaReads: 2,
    texts: 'as_given',
    operationReads: 1,
    stockMovesProductEvery: 3,
    cancelMs: 0,
    protectedData: 'granted',
    uniqueOrderMetafields: 'enforced',
    draftMetafields: 'left',
    draftTaxRate: 0,
}
