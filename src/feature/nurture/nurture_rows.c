/* Lists of people for the page of the nurture routine, all from the outlook. */
#include "feature/nurture/nurture_rows.h"

#include "base/words.h"
#include "model/since.h"
#include "page/usual.h"

#define DUE_MOST 20
#define LOOSE_TIE 0.45F
#define ASLEEP_FROM 365
#define ASLEEP_UNTIL (5 * 365)

static int warmest_first(gconstpointer a_, gconstpointer b_)
{
    const struct contact *a = *(const struct contact *const *)a_;
    const struct contact *b = *(const struct contact *const *)b_;
    if (a->tie != b->tie) {
        return a->tie > b->tie ? -1 : 1;
    }
    return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

static int due_first(gconstpointer a_, gconstpointer b_)
{
    const struct contact *a = *(const struct contact *const *)a_;
    const struct contact *b = *(const struct contact *const *)b_;
    return a->due_day != b->due_day ? (a->due_day < b->due_day ? -1 : 1) : warmest_first(a_, b_);
}

struct nurture_person nurture_row(struct page *page, const struct outlook *outlook,
                                  const struct contact *contact)
{
    char id[ID_TEXT];
    struct nurture_person row = {
        .id = contact->person_id,
        .name = page_contact_name(page, contact),
        .tie = page_contact_tie(contact),
        .href = page_printf(page, "/people/%s#log", id_format(contact->person_id, id))};
    if (contact->last_day != DAY_NONE) {
        g_autofree char *last = day_relative(contact->last_day, outlook->today);
        row.words = page_printf(page, "last in touch %s", last);
    }
    return row;
}

size_t nurture_rows(struct page *page, const struct outlook *outlook, GPtrArray *contacts,
                    size_t most, GCompareFunc order, const struct nurture_person **rows_out)
{
    size_t n = MIN(contacts->len, most);
    struct nurture_person *rows = page_room(page, struct nurture_person, n);
    g_ptr_array_sort(contacts, order != NULL ? order : warmest_first);
    for (size_t i = 0; i < n; i++) {
        rows[i] = nurture_row(page, outlook, contacts->pdata[i]);
    }
    *rows_out = rows;
    return n;
}

static const char *count_words(struct page *page, size_t n, guint all, const char *which)
{
    return all > n    ? page_printf(page, "the %s %zu of %u", which, n, all)
           : all == 0 ? ""
                      : page_printf(page, "%u", all);
}

static void fill_due(struct page *page, const struct outlook *outlook, GPtrArray *due,
                     struct nurture_view *view)
{
    const struct nurture_person *rows;
    view->n_due = nurture_rows(page, outlook, due, DUE_MOST, due_first, &rows);
    struct nurture_person *kept = page_room(page, struct nurture_person, view->n_due);
    for (size_t i = 0; i < view->n_due; i++) {
        const struct contact *one = due->pdata[i];
        int late = days_since(outlook, one->due_day);
        g_autofree char *words = late > 0 ? words_late(late) : g_strdup("due today");
        kept[i] = rows[i];
        kept[i].more = rows[i].words;
        kept[i].words = page_printf(page, "%s", words);
        kept[i].is_late = late > 0;
    }
    view->due = kept;
    view->due_count = count_words(page, view->n_due, due->len, "longest due");
}

void nurture_fill_people(struct page *page, const struct outlook *outlook,
                         struct nurture_view *view)
{
    g_autoptr(GPtrArray) due = g_ptr_array_new();
    g_autoptr(GPtrArray) loose = g_ptr_array_new();
    g_autoptr(GPtrArray) asleep = g_ptr_array_new();
    for (guint i = 0; i < outlook->contacts->len; i++) {
        const struct contact *one = &g_array_index(outlook->contacts, struct contact, i);
        int silent = days_since(outlook, one->last_day);
        if (contact_is(one, CONTACT_DO_NOT | CONTACT_PAUSED)) {
            continue;
        }
        if (one->due_day != DAY_NONE && one->due_day <= outlook->today) {
            g_ptr_array_add(due, (gpointer)one);
        }
        if (one->cadence_days <= 0 && one->n_touches > 0 && one->tie >= LOOSE_TIE) {
            g_ptr_array_add(loose, (gpointer)one);
        }
        if (one->cadence_days <= 0 && one->n_touches > 1 && silent >= ASLEEP_FROM &&
            silent <= ASLEEP_UNTIL) {
            g_ptr_array_add(asleep, (gpointer)one);
        }
    }
    fill_due(page, outlook, due, view);
    view->n_loose = nurture_rows(page, outlook, loose, NURTURE_MOST, NULL, &view->loose);
    g_autofree char *people = words_count((int64_t)loose->len, "person", "people");
    view->loose_count = loose->len > view->n_loose
                            ? count_words(page, view->n_loose, loose->len, "warmest")
                            : page_printf(page, "%s", people);
    view->n_asleep = nurture_rows(page, outlook, asleep, NURTURE_MOST, NULL, &view->asleep);
    view->asleep_count = count_words(page, view->n_asleep, asleep->len, "warmest");
}
