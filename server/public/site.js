// What a page cannot do by itself: one box that chooses all others of its table.
document.addEventListener('change', (event) => {
    const name = event.target.dataset?.all
    if (!name) return
    for (const box of event.target.form.querySelectorAll(`input[type=checkbox][name="${name}"]`)) {
        box.checked = event.target.checked
    }
})
