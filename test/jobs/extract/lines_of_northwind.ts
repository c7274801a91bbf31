/** Lines as a bulk query of the catalogue gives them, by the numbers of their ids; `with` replaces what a test is about. */
export function productLine(product: number, with_: object = {}) {
    return {
        id: `gid://shopify/Product/${product}`,
        origin: null,
        createdAt: '2026-01-01T00:00:00Z',
        updatedAt: '2026-07-01T00:00:00Z',
        title: `Tee ${product}`,
        descriptionHtml: '<p>Soft.</p>',
        vendor: 'Northwind',
        productType: 'Shirts',
        tags: ['summer'],
        status: 'ACTIVE',
        handle: `tee-${product}`,
        seo: { title: null, description: null },
        options: [{ name: 'Size' }],
        published: true,
        ...with_,
    }
}

export function variantLine(variant: number, product: number, with_: object = {}) {
    return {
        id: `gid://shopify/ProductVariant/${variant}`,
        position: 1,
        selectedOptions: [{ name: 'Size', value: `Size ${variant}` }],
        sku: `TEE-${variant}`,
        barcode: null,
        price: '20.00',
        compareAtPrice: null,
        taxable: true,
        inventoryPolicy: 'DENY',
        inventoryItem: {
            id: `gid://shopify/InventoryItem/${variant + 30_000}`,
            tracked: true,
            requiresShipping: true,
            unitCost: null,
            measurement: { weight: { value: 200, unit: 'GRAMS' } },
        },
        __parentId: `gid://shopify/Product/${product}`,
        ...with_,
    }
}

export function imageLine(image: number, product: number, with_: object = {}) {
    return {
        id: `gid://shopify/MediaImage/${image}`,
        alt: `View ${image}`,
        status: 'READY',
        image: { url: `https://cdn.example/${image}.jpg` },
        __parentId: `gid://shopify/Product/${product}`,
        ...with_,
    }
}

export function variantImageLine(image: number, variant: number) {
    return { id: `gid://shopify/MediaImage/${image}`, __parentId: `gid://shopify/ProductVariant/${variant}` }
}
