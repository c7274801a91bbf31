// What a page cannot do by itself: one box that chooses all others of its table; days typed one by one are days of one's own.
document.addEventListener('change', (event) => {
    const name = event.target.dataset?.all
    if (!name) return
    for (const box of event.target.form.querySelectorAll(`input[type=checkbox][name="${name}"]`)) {
        box.checked = event.target.checked
    }
})

document.addEventListener('change', (event) => {
    const range = event.target.type === 'date' && event.target.form?.elements.range
    if (range) range.value = 'custom'
})
