/* Bodies and memberships for pages. What nobody checked is left out rather than shown as a no. */
#include "page/body_part.h"

#include "base/money.h"
#include "base/words.h"
#include "page/usual.h"

#include <string.h>

static const char *known(const char *cell)
{
    return association_knows(cell) ? cell : NULL;
}

static const char *stage_words(const struct pursuit *one)
{
    return g_strcmp0(one->stage, "considered") == 0 ? "To decide"
           : membership_is_active(one)              ? "You are a member"
           : g_strcmp0(one->stage, "declined") == 0 ? "Not joined"
                                                    : "Let go";
}

struct body_row page_body(struct page *page, const struct association_fit *fit,
                          const struct outlook *outlook)
{
    const struct data_associations *row = fit->row;
    const struct pursuit *mine = membership_of(outlook->pursuits, row->id);
    bool has_both = association_knows(row->img_group) && association_knows(row->img_help);
    char id[ID_TEXT];
    char *why = association_words(fit, &outlook->goal);
    return (struct body_row){
        .id = row->id,
        .title = page_keep(page, association_title(row)),
        .why = why == NULL ? NULL : page_keep(page, why),
        .field = page_printf(page, "%s: %s",
                             strcmp(row->field, "all") == 0 ? "every specialty" : row->field,
                             row->who_may_join),
        .tier = known(row->tier),
        .help = has_both ? page_printf(page, "%s. %s", row->img_group, row->img_help)
                : association_knows(row->img_group) ? row->img_group
                                                    : known(row->img_help),
        .meeting = !association_knows(row->meeting) ? NULL
                   : association_knows(row->month_words)
                       ? page_printf(page, "%s, %s", row->meeting, row->month_words)
                       : row->meeting,
        .note = known(row->note),
        .domain = known(row->domain),
        .href = known(row->domain) == NULL ? NULL : page_printf(page, "https://%s/", row->domain),
        .source = page_printf(page, "%s: %s", row->evidence, row->source),
        .mine = mine == NULL ? NULL : stage_words(mine),
        .mine_href = mine == NULL
                         ? NULL
                         : page_printf(page, "/memberships/%s", id_format(mine->pursuit_id, id)),
    };
}

static const char *money_words(struct page *page, int64_t cents, const char *currency)
{
    struct money money = {.cents = cents};
    g_strlcpy(money.currency, currency != NULL ? currency : "USD", sizeof money.currency);
    return page_keep(page, money_format(&money));
}

static const char *met_words(struct page *page, const struct pursuit *one, int n_met)
{
    if (n_met == 0) {
        return "nobody met through it yet";
    }
    g_autofree char *met = words_count(n_met, "person", "people");
    return one->cost_cents <= 0
               ? page_printf(page, "%s met", met)
               : page_printf(page, "%s met, %s each", met,
                             money_words(page, one->cost_cents / n_met, one->currency));
}

static const char *price_words(struct page *page, const struct pursuit *one)
{
    if (one->cost_cents < 0) {
        return NULL;
    }
    const char *sum =
        one->cost_cents == 0 ? "free" : money_words(page, one->cost_cents, one->currency);
    const char *each = one->cost_cents == 0 ? "" : " a year";
    return one->price_year > 0 ? page_printf(page, "%s%s (price of %d)", sum, each, one->price_year)
                               : page_printf(page, "%s%s", sum, each);
}

struct membership_row page_membership(struct page *page, const struct pursuit *one,
                                      const struct outlook *outlook)
{
    char id[ID_TEXT];
    const struct data_associations *row = data_associations_by_id(one->ref);
    int32_t day = membership_renewal(one);
    bool is_active = membership_is_active(one);
    g_autofree char *renew = day != DAY_NONE ? day_words(day, outlook->today) : NULL;
    g_autofree char *since =
        one->from_day != DAY_NONE ? day_words(one->from_day, outlook->today) : NULL;
    bool is_late = is_active && day != DAY_NONE && day < outlook->today;
    return (struct membership_row){
        .id = one->pursuit_id,
        .title = row != NULL ? page_keep(page, association_title(row))
                             : page_printf(page, "%s", one->title),
        .href = page_printf(page, "/memberships/%s", id_format(one->pursuit_id, id)),
        .stage = stage_words(one),
        .since = since == NULL || !is_active ? NULL : page_printf(page, "since %s", since),
        .renew = renew == NULL || !is_active ? NULL
                 : is_late                   ? page_printf(page, "paid until %s", renew)
                                             : page_printf(page, "renew by %s", renew),
        .is_late = is_late,
        .price = price_words(page, one),
        .role = one->role != NULL && *one->role != '\0' ? page_printf(page, "%s", one->role) : NULL,
        .met = is_active ? met_words(page, one,
                                     membership_n_met(outlook->pursuit_people, one->pursuit_id))
                         : NULL,
        .is_considered = g_strcmp0(one->stage, "considered") == 0,
    };
}

/* "2 memberships, $350 a year, 5 people met: $70 each." In dollars only. */
static const char *sum_words(struct page *page, const struct outlook *outlook,
                             enum association_shelf shelf)
{
    int n = 0;
    int n_met = 0;
    int64_t cents = 0;
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (membership_is_active(one) && membership_shelf(one) == shelf) {
            bool is_dollars = one->currency == NULL || strcmp(one->currency, "USD") == 0;
            n++;
            n_met += membership_n_met(outlook->pursuit_people, one->pursuit_id);
            cents += is_dollars ? MAX(one->cost_cents, 0) : 0;
        }
    }
    if (n == 0) {
        return NULL;
    }
    g_autofree char *count = words_count(n, "membership", "memberships");
    g_autofree char *met = words_count(n_met, "person", "people");
    const char *price = cents > 0 ? money_words(page, cents, NULL) : NULL;
    return page_printf(page, "%s%s%s%s, %s met%s%s.", count, price != NULL ? ", " : "",
                       price != NULL ? price : "", price != NULL ? " a year" : "",
                       n_met > 0 ? met : "nobody", price != NULL && n_met > 0 ? ": " : "",
                       price != NULL && n_met > 0
                           ? page_printf(page, "%s each", money_words(page, cents / n_met, NULL))
                           : "");
}

static void fill_memberships(struct page *page, const struct outlook *outlook,
                             enum association_shelf shelf, struct body_part *part)
{
    struct membership_row *rows =
        page_room(page, struct membership_row, MAX(outlook->pursuits->len, 1U));
    for (guint i = 0; i < outlook->pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(outlook->pursuits, struct pursuit, i);
        if (membership_is(one) && membership_shelf(one) == shelf) {
            rows[part->n_memberships++] = page_membership(page, one, outlook);
        }
    }
    part->memberships = rows;
    part->sum = sum_words(page, outlook, shelf);
}

static const struct body_row *graded(struct page *page, const struct outlook *outlook,
                                     const GArray *fits, enum association_grade grade,
                                     size_t *n_out)
{
    struct body_row *rows = page_room(page, struct body_row, MAX(fits->len, 1U));
    for (guint i = 0; i < fits->len; i++) {
        const struct association_fit *fit = &g_array_index(fits, struct association_fit, i);
        if (fit->grade == grade) {
            rows[(*n_out)++] = page_body(page, fit, outlook);
        }
    }
    return rows;
}

static void fill_groups(struct page *page, const struct outlook *outlook,
                        enum association_shelf shelf, struct body_part *part)
{
    g_autoptr(GArray) fits = g_array_new(false, false, sizeof(struct association_fit));
    association_catalogue(&outlook->goal, outlook->today,
                          shelf == SHELF_OWN ? SHELF_PROFESSIONAL : SHELF_OWN, fits);
    struct body_row *rows = page_room(page, struct body_row, MAX(fits->len, 1U));
    for (guint i = 0; i < fits->len; i++) {
        const struct association_fit *fit = &g_array_index(fits, struct association_fit, i);
        if (fit->has_img_group && !fit->is_private) {
            rows[part->n_groups++] = page_body(page, fit, outlook);
        }
    }
    part->groups = rows;
}

void page_bodies(struct page *page, const struct outlook *outlook, enum association_shelf shelf,
                 struct body_part *part_out)
{
    g_autoptr(GArray) fits = g_array_new(false, false, sizeof(struct association_fit));
    *part_out = (struct body_part){0};
    association_catalogue(&outlook->goal, outlook->today, shelf, fits);
    part_out->fits = graded(page, outlook, fits, ASSOCIATION_FITS, &part_out->n_fits);
    part_out->later = graded(page, outlook, fits, ASSOCIATION_LATER, &part_out->n_later);
    part_out->others = graded(page, outlook, fits, ASSOCIATION_LISTED, &part_out->n_others);
    fill_memberships(page, outlook, shelf, part_out);
    fill_groups(page, outlook, shelf, part_out);
}

/* ---- forms ---- */

static struct part_field field(struct page *page, const char *name, const char *label,
                               const char *type, const char *value)
{
    return (struct part_field){.name = name,
                               .label = label,
                               .type = type,
                               .value = page_typed(page, name, value),
                               .error = page_refused(page, name)};
}

static const char *day_text(struct page *page, int32_t day)
{
    char text[DAY_TEXT];
    return day == DAY_NONE ? NULL : page_printf(page, "%s", day_format(day, text));
}

static struct part_field price_field(struct page *page, const struct pursuit *one)
{
    const char *value = one == NULL || one->cost_cents < 0
                            ? NULL
                            : money_words(page, one->cost_cents, one->currency);
    struct part_field made = field(page, "cost", "Price a year", "text", value);
    made.hint = "As you saw it for your stage, such as $119. 0 is free.";
    made.inputmode = "decimal";
    return made;
}

static size_t new_fields(struct page *page, struct part_field *fields)
{
    static const struct part_option stages[] = {{"considered", "I think about it", true},
                                                {"active", "I am a member", false}};
    struct part_option *options = page_room(page, struct part_option, G_N_ELEMENTS(stages));
    const char *chosen = page_typed(page, "stage", "considered");
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++) {
        options[i] = stages[i];
        options[i].is_chosen = strcmp(stages[i].value, chosen) == 0;
    }
    fields[0] = field(page, "title", "Its name", "text", NULL);
    fields[0].is_required = true;
    fields[1] = field(page, "stage", "How it stands", "select", NULL);
    fields[1].options = options;
    fields[1].n_options = G_N_ELEMENTS(stages);
    fields[2] = price_field(page, NULL);
    fields[3] = field(page, "renew", "To be renewed on", "date", NULL);
    return 4;
}

static const char *copy(struct page *page, const char *text)
{
    return text == NULL ? NULL : page_printf(page, "%s", text);
}

size_t page_membership_fields(struct page *page, const struct pursuit *one,
                              const struct part_field **fields_out)
{
    struct part_field *fields = page_room(page, struct part_field, 8);
    *fields_out = fields;
    if (one == NULL) {
        return new_fields(page, fields);
    }
    const char *year = one->price_year > 0 ? page_printf(page, "%d", one->price_year) : NULL;
    fields[0] = field(page, "title", "What you call it", "text", copy(page, one->title));
    fields[0].is_required = true;
    fields[1] = price_field(page, one);
    fields[2] = field(page, "price_year", "Year of that price", "number", year);
    fields[3] = field(page, "since", "Member since", "date", day_text(page, one->from_day));
    fields[4] =
        field(page, "renew", "To be renewed on", "date", day_text(page, membership_renewal(one)));
    fields[4].hint = "You are reminded from 45 days before.";
    fields[5] = field(page, "role", "A seat or a task there", "text", copy(page, one->role));
    fields[5].hint = "A committee, a section, a journal club you run.";
    fields[6] = field(page, "url", "Its page", "url", copy(page, one->url));
    fields[7] = field(page, "note", "Note", "textarea", copy(page, one->note));
    return 8;
}
