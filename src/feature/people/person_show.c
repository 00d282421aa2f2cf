/* The pieces of a person's page: facts by kind with sources, the terms of the tie, ways to reach
 * them, those around. */
#include "feature/people/person_parts.h"

#include "base/words.h"
#include "page/usual.h"

#include <string.h>

#define VALUES_SHOWN 6

/* ---- facts ---- */

const char *person_source(struct page *page, const struct fact_fold *fold,
                          const struct folded_fact *one)
{
    if (one->n_origins == 0) {
        return "";
    }
    const struct fact_set *set = &fold->sets[one->origins[0]];
    bool is_linkedin = g_str_has_prefix(set->family, "linkedin");
    const char *label = is_linkedin                 ? "LinkedIn export"
                        : set->source_label != NULL ? set->source_label
                                                    : set->family;
    int32_t day = clock_day_of(&page->env->clock, set->seen_at);
    g_autofree char *when = day_relative(day, clock_today(&page->env->clock));
    return one->n_origins == 1
               ? page_printf(page, "%s, %s", label, when)
               : page_printf(page, "%s, %s, and %d more", label, when, one->n_origins - 1);
}

const char *person_fact_words(struct page *page, const struct fact *fact)
{
    bool is_over = fact->ends != NULL && fact->ends[0] != '\0';
    const char *dates = "";
    if (fact->begins != NULL && is_over) {
        dates = page_printf(page, ", %.4s to %.4s", fact->begins, fact->ends);
    } else if (fact->begins != NULL) {
        dates = page_printf(page, ", since %.4s", fact->begins);
    } else if (is_over) {
        dates = page_printf(page, fact->kind == FACT_SCHOOL ? ", class of %.4s" : ", until %.4s",
                            fact->ends);
    }
    int32_t day;
    bool is_day = fact->kind == FACT_CONNECTED || fact->kind == FACT_BIRTHDAY ||
                  fact->kind == FACT_ANNIVERSARY;
    if (is_day && day_parse(fact->value, &day)) {
        g_autofree char *words = day_words(day, DAY_NONE);
        return page_printf(page, "%s%s%s", strchr(words, ' ') + 1, fact->label != NULL ? ", " : "",
                           fact->label != NULL ? fact->label : "");
    }
    if (fact->kind == FACT_RELATION && strcmp(fact->value, "you") == 0 &&
        g_strcmp0(fact->label, "coauthor") == 0) {
        return "Wrote a paper with you";
    }
    bool is_own_label = fact->kind == FACT_CUSTOM && fact->label != NULL;
    if (is_own_label) {
        return page_printf(page, "%s: %s", fact->label, fact->value);
    }
    bool has_label = fact->label != NULL && fact->label[0] != '\0';
    return page_printf(page, "%s%s%s%s%s", fact->value, dates, has_label ? " (" : "",
                       has_label ? fact->label : "", has_label ? ")" : "");
}

const char *person_fact_href(struct page *page, const struct fact *fact)
{
    switch ((int)fact->kind) {
    case FACT_EMAIL: return page_printf(page, "mailto:%s", fact->value);
    case FACT_PHONE: {
        g_autofree char *digits = g_strdup(fact->value);
        char *to = digits;
        for (const char *at = fact->value; *at != '\0'; at++) {
            if (g_ascii_isdigit(*at) || (*at == '+' && to == digits)) {
                *to++ = *at;
            }
        }
        *to = '\0';
        return page_printf(page, "tel:%s", digits);
    }
    case FACT_URL:
        return page_printf(page, strstr(fact->value, "://") != NULL ? "%s" : "https://%s",
                           fact->value);
    case FACT_ORCID: return page_printf(page, "https://orcid.org/%s", fact->value);
    case FACT_PAPER:
        return fact->part[0] != NULL
                   ? page_printf(page, "https://pubmed.ncbi.nlm.nih.gov/%s/", fact->part[0])
               : fact->part[1] != NULL ? page_printf(page, "https://doi.org/%s", fact->part[1])
                                       : NULL;
    default: return NULL;
    }
}

/* Not on the page: what the head shows already, and what only programs read. */
static bool is_hidden(const struct folded_fact *one)
{
    enum fact_kind kind = one->fact.kind;
    return kind == FACT_PHOTO || kind == FACT_CARD_LINE || kind == FACT_UID || kind == FACT_TAG ||
           kind == FACT_DO_NOT_CONTACT ||
           (kind == FACT_NAME && !one->has_conflict && one->n_origins <= 1 && !one->is_beside);
}

static struct person_value value_of(const struct person_read *read, const struct folded_fact *one)
{
    return (struct person_value){.text = person_fact_words(read->page, &one->fact),
                                 .plain = page_printf(read->page, "%s", one->fact.value),
                                 .href = person_fact_href(read->page, &one->fact),
                                 .source = person_source(read->page, read->person->fold, one)};
}

/* Facts are by kind already; those of one kind become one row. */
void person_show_facts(const struct person_read *read, GArray *facts)
{
    const GArray *all = read->person->fold->facts;
    g_autoptr(GArray) values = g_array_new(FALSE, TRUE, sizeof(struct person_value));
    for (guint i = 0; i < all->len;) {
        const struct folded_fact *first = &g_array_index(all, struct folded_fact, i);
        struct person_fact row = {.kind = fact_kind_words(first->fact.kind),
                                  .key = fact_kind_text(first->fact.kind),
                                  .is_long = first->fact.kind == FACT_NOTE};
        g_array_set_size(values, 0);
        for (; i < all->len &&
               g_array_index(all, struct folded_fact, i).fact.kind == first->fact.kind;
             i++) {
            const struct folded_fact *one = &g_array_index(all, struct folded_fact, i);
            bool is_old = one->is_beside && !one->has_conflict;
            if (!is_hidden(one) && !is_old) {
                struct person_value value = value_of(read, one);
                g_array_append_val(values, value);
                row.has_conflict |= one->has_conflict;
            }
        }
        if (values->len == 0) {
            continue;
        }
        struct person_value *kept =
            g_memdup2(values->data, values->len * sizeof(struct person_value));
        page_keep(read->page, (char *)kept);
        row.n_values = MIN(values->len, VALUES_SHOWN);
        row.values = kept;
        row.n_more = values->len - row.n_values;
        row.more = kept + row.n_values;
        g_array_append_val(facts, row);
    }
}

/* ---- tie ---- */

static const char *touches_words(struct page *page, const struct tie_term *term)
{
    const char *pieces[4] = {NULL};
    int n = 0;
    if (term->n_out > 0) {
        pieces[n++] = page_printf(page, "%d from you", term->n_out);
    }
    if (term->n_in > 0) {
        pieces[n++] = page_printf(page, "%d from them", term->n_in);
    }
    if (term->n_both > 0) {
        pieces[n++] = page_printf(page, "%d of you both", term->n_both);
    }
    return n > 1 ? page_keep(page, words_list(pieces)) : NULL;
}

static struct person_term term_of(const struct person_read *read, const struct tie_term *term)
{
    struct page *page = read->page;
    struct person_term shown = {.points = page_printf(page, "+%.2f", term->points),
                                .href = "#line"};
    g_autofree char *count = words_count(term->n, "touch", "touches");
    switch (term->kind) {
    case TIE_RECENCY: {
        g_autofree char *when = day_relative(read->tie.last_day, read->tie.day);
        shown.words = page_printf(page, "Last in touch %s", when);
        break;
    }
    case TIE_FREQUENCY:
        shown.words = page_keep(page, g_steal_pointer(&count));
        shown.more = touches_words(page, term);
        break;
    case TIE_DEPTH:
        shown.words = page_printf(page,
                                  term->n == 1 ? "%d talk, meeting or day of work together"
                                               : "%d talks, meetings or days of work together",
                                  term->n);
        break;
    case TIE_RECIPROCITY:
        shown.words = "It goes both ways";
        shown.more = touches_words(page, term);
        break;
    case TIE_HISTORY:
        shown.words = page_printf(
            page,
            term->n == 1 ? "%d thing you share: school, hospital, paper or someone you both know"
                         : "%d things you share: school, hospital, paper or someone you both know",
            MAX(term->n, 1));
        shown.href = "#facts";
        break;
    case TIE_TERM_NONE:
    case N_TIE_TERM: break;
    }
    return shown;
}

static const char *dashes_of(enum part_warmth warmth)
{
    return warmth == PART_FAINT ? "0.1 12" : warmth == PART_THIN ? "14 10" : NULL;
}

void person_show_tie(const struct person_read *read, GArray *terms, struct person_view *view)
{
    struct page *page = read->page;
    const struct person_row *row = &read->person->row;
    enum part_warmth warmth = part_warmth_of(read->tie.strength, read->tie.n_touches > 0);
    view->is_untied = warmth == PART_UNTIED;
    view->dashes = dashes_of(warmth);
    view->tie_words = view->is_untied
                          ? "untied"
                          : page_printf(page, "%s%s, %.2f of 1",
                                        tie_word(read->tie.strength, read->tie.n_touches),
                                        row->is_slack ? ", slack" : "", read->tie.strength);
    for (int i = 0; i < read->tie.n_terms; i++) {
        struct person_term term = term_of(read, &read->tie.terms[i]);
        if (read->tie.terms[i].points >= 0.005) {
            g_array_append_val(terms, term);
        }
    }
    int32_t today = clock_today(&page->env->clock);
    bool has_pace =
        read->has_cadence && read->cadence.state == CADENCE_ACTIVE && read->cadence.every_days > 0;
    g_autofree char *every = has_pace ? words_every(read->cadence.every_days) : NULL;
    g_autofree char *last =
        row->last_touch_day != DAY_NONE ? day_relative(row->last_touch_day, today) : NULL;
    if (last != NULL && every != NULL) {
        view->taut = page_printf(page, "%s: last real touch %s, cadence %s.",
                                 row->is_slack ? "Slack" : "Taut", last, every);
    } else if (last != NULL) {
        view->taut = page_printf(page, "Last real touch %s. No cadence is set.", last);
    } else if (every != NULL) {
        view->taut = page_printf(page, "Cadence %s, counted from the day it was set.", every);
    }
    view->cadence = every != NULL
                        ? page_printf(page, "%s%s", every,
                                      read->cadence.scope == CADENCE_TAG ? ", by a tag" : "")
                        : NULL;
    if (read->has_cadence && read->cadence.state == CADENCE_PAUSED) {
        g_autofree char *until =
            read->cadence.until_day != DAY_NONE ? day_words(read->cadence.until_day, today) : NULL;
        view->paused = until != NULL ? page_printf(page, "Left in peace until %s", until)
                                     : "Left in peace until you say so";
        view->cadence = "resting";
    }
}

/* ---- beside ---- */

void person_show_reach(const struct person_read *read, GArray *reach)
{
    const GArray *all = read->person->fold->facts;
    for (guint i = 0; i < all->len; i++) {
        const struct fact *fact = &g_array_index(all, struct folded_fact, i).fact;
        if (fact->kind == FACT_EMAIL || fact->kind == FACT_PHONE || fact->kind == FACT_URL) {
            bool is_linkedin =
                fact->kind == FACT_URL && strstr(fact->value, "linkedin.com/") != NULL;
            struct person_reach way = {.text = is_linkedin
                                                   ? "LinkedIn profile"
                                                   : page_printf(read->page, "%s", fact->value),
                                       .href = person_fact_href(read->page, fact),
                                       .meta = fact->label != NULL && !is_linkedin
                                                   ? page_printf(read->page, "%s", fact->label)
                                                   : NULL};
            g_array_append_val(reach, way);
        }
    }
}

static const struct person_row *other_row(const struct person_read *read, int64_t id)
{
    for (guint i = 0; i < read->others->len; i++) {
        const struct person_row *row = &g_array_index(read->others, struct person_row, i);
        if (row->person_id == id) {
            return row;
        }
    }
    return NULL;
}

static bool is_member(const struct person_read *read, int64_t id)
{
    for (guint i = 0; i < read->person->member_ids->len; i++) {
        if (g_array_index(read->person->member_ids, int64_t, i) == id) {
            return true;
        }
    }
    return false;
}

static bool beside_of(const struct person_read *read, int64_t id, struct person_beside *beside_out)
{
    const struct person_row *row = other_row(read, id);
    *beside_out = (struct person_beside){0};
    if (row == NULL || row->deleted_at != AT_NONE) {
        return false;
    }
    beside_out->name = page_name(read->page, row);
    beside_out->tie = page_tie(row, true);
    return true;
}

/* "introduced" read from either end. */
static const char *relation_words(const char *kind, bool is_from_them)
{
    static const struct {
        const char *kind;
        const char *out;
        const char *in;
    } words[] = {
        {"knows", "know each other", "know each other"},
        {"introduced", "whom they introduced", "who introduced them"},
        {"married", "married", "married"},
        {"coauthor", "wrote a paper together", "wrote a paper together"},
        {"colleague", "work together", "work together"},
        {"teacher", "whom they taught", "their teacher"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(kind, words[i].kind) == 0) {
            return is_from_them ? words[i].in : words[i].out;
        }
    }
    return kind;
}

void person_show_beside(const struct person_read *read, GArray *relations, GArray *twins,
                        GArray *merged)
{
    struct person_beside beside;
    for (guint i = 0; i < read->relations->len; i++) {
        const struct relation *one = &g_array_index(read->relations, struct relation, i);
        bool is_from = is_member(read, one->a_id);
        if (beside_of(read, is_from ? one->b_id : one->a_id, &beside)) {
            const char *words = relation_words(one->kind, !is_from);
            beside.words =
                one->note != NULL ? page_printf(read->page, "%s: %s", words, one->note) : words;
            beside.act_id = one->relation_id;
            g_array_append_val(relations, beside);
        }
    }
    for (guint i = 0; i < read->pairs->len; i++) {
        const struct pair *one = &g_array_index(read->pairs, struct pair, i);
        int64_t other_id = one->a_id == read->person->row.person_id ? one->b_id : one->a_id;
        if (beside_of(read, other_id, &beside)) {
            beside.words = one->why;
            beside.other_id = other_id;
            g_array_append_val(twins, beside);
        }
    }
    for (guint i = 0; i < read->merges->len; i++) {
        const struct merge *one = &g_array_index(read->merges, struct merge, i);
        if (beside_of(read, one->gone_id, &beside)) {
            beside.name.href = NULL;
            beside.words = one->why;
            beside.act_id = one->merge_id;
            g_array_append_val(merged, beside);
        }
    }
}
