/* membership.list, add, edit, renew, leave, met, unmet, review and remove: what one belongs to,
 * what it costs, and whom one met there. The catalogue itself: association.list. */
#include "feature/associations/join.h"

#include "action/act.h"
#include "base/error.h"
#include "model/origin.h"
#include "model/touch_line.h"

#include <string.h>

#define PROFESSIONAL "associations"
#define OWN "ethnic_specialty_groups"

/* ---- reading ---- */

static json_t *number_or_null(int64_t number)
{
    return number < 0 ? json_null() : json_integer(number);
}

static json_t *membership_json(const struct pursuit *one, int n_met)
{
    json_t *json =
        json_pack("{s:o, s:s, s:o, s:s, s:s}", "id", json_id(one->pursuit_id), "title", one->title,
                  "association", json_text(one->ref), "stage", one->stage, "shelf",
                  membership_shelf(one) == SHELF_OWN ? "heritage" : "professional");
    json_object_set_new(json, "since", json_day(one->from_day));
    json_object_set_new(json, "renew", json_day(membership_renewal(one)));
    json_object_set_new(json, "cost_cents", number_or_null(one->cost_cents));
    json_object_set_new(json, "currency", json_text(one->currency));
    json_object_set_new(json, "price_year",
                        one->price_year > 0 ? json_integer(one->price_year) : json_null());
    json_object_set_new(json, "role", json_text(one->role));
    json_object_set_new(json, "met", json_integer(n_met));
    json_object_set_new(json, "cents_each",
                        n_met > 0 && one->cost_cents > 0 ? json_integer(one->cost_cents / n_met)
                                                         : json_null());
    json_object_set_new(json, "url", json_text(one->url));
    json_object_set_new(json, "note", json_text(one->note));
    return json;
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) pursuits = g_array_new(false, true, sizeof(struct pursuit));
    g_autoptr(GArray) links = g_array_new(false, true, sizeof(struct pursuit_person));
    if (!pursuit_list(book, "membership", text, pursuits, error) ||
        !pursuit_person_list(book, 0, text, links, error)) {
        return false;
    }
    json_t *items = json_array();
    for (guint i = 0; i < pursuits->len; i++) {
        const struct pursuit *one = &g_array_index(pursuits, struct pursuit, i);
        if (!call_bool(call, "active") || membership_is_active(one)) {
            json_array_append_new(items,
                                  membership_json(one, membership_n_met(links, one->pursuit_id)));
        }
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("memberships", items, n, NULL);
    return true;
}

bool join_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static json_t *body_json(const struct association_fit *fit, const struct goal *goal,
                         const struct pursuit *membership)
{
    const struct data_associations *row = fit->row;
    g_autofree char *words = association_words(fit, goal);
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "id", row->id, "name", row->name,
                  "abbreviation", row->abbreviation, "kind", row->kind, "field", row->field, "fit",
                  fit->grade == ASSOCIATION_FITS    ? "fits"
                  : fit->grade == ASSOCIATION_LATER ? "later"
                                                    : "listed",
                  "why", json_text(words));
    json_object_set_new(json, "tier", json_string(row->tier));
    json_object_set_new(json, "img_group", json_string(row->img_group));
    json_object_set_new(json, "mentoring", json_string(row->mentoring));
    json_object_set_new(json, "meeting", json_string(row->meeting));
    json_object_set_new(json, "month", json_string(row->month_words));
    json_object_set_new(json, "domain", json_string(row->domain));
    json_object_set_new(json, "membership",
                        membership != NULL ? json_id(membership->pursuit_id) : json_null());
    json_object_set_new(json, "evidence", json_string(row->evidence));
    json_object_set_new(json, "source", json_string(row->source));
    return json;
}

static bool read_catalogue(struct action_call *call, struct book *book, json_t **result_out,
                           GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) pursuits = g_array_new(false, true, sizeof(struct pursuit));
    g_autoptr(GArray) fits = g_array_new(false, false, sizeof(struct association_fit));
    struct goal goal;
    if (!goal_load(book, text, &goal, error) ||
        !pursuit_list(book, "membership", text, pursuits, error)) {
        return false;
    }
    const char *shelf = call_text(call, "shelf");
    if (g_strcmp0(shelf, "heritage") != 0) {
        association_catalogue(&goal, book_today(book), SHELF_PROFESSIONAL, fits);
    }
    if (g_strcmp0(shelf, "professional") != 0) {
        association_catalogue(&goal, book_today(book), SHELF_OWN, fits);
    }
    json_t *items = json_array();
    for (guint i = 0; i < fits->len; i++) {
        const struct association_fit *fit = &g_array_index(fits, struct association_fit, i);
        if (!call_bool(call, "fitting") || fit->grade == ASSOCIATION_FITS) {
            json_array_append_new(items,
                                  body_json(fit, &goal, membership_of(pursuits, fit->row->id)));
        }
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("associations", items, n, NULL);
    return true;
}

bool join_do_catalogue(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_catalogue, result_out, error);
}

/* ---- writing ---- */

bool join_load(struct book *book, int64_t pursuit_id, GStringChunk *text,
               struct pursuit *membership_out, GError **error)
{
    return pursuit_load(book, pursuit_id, text, membership_out, error) &&
           (membership_is(membership_out) ||
            refuse(error, "membership.not_found", "There is no such membership."));
}

/* Steps accepted for suggestions of either strategy about this membership are done. */
static bool steps_done(struct book *book, const struct pursuit *one, const char *what,
                       struct change_log *log, GError **error)
{
    char id[ID_TEXT];
    id_format(one->pursuit_id, id);
    g_autofree char *first = g_strdup_printf("associations.%s/-/%s", what, id);
    g_autofree char *second = g_strdup_printf("groups.%s/-/%s", what, id);
    return origin_done(book, first, log, error) && origin_done(book, second, log, error);
}

/* What a form or a command said, over what was there. */
static bool take(const struct action_call *call, struct book *book, struct pursuit *one,
                 GError **error)
{
    int year;
    int month;
    int day;
    day_to_ymd(book_today(book), &year, &month, &day);
    if (!call_bool(call, "no_patient") &&
        !patient_none(call_text(call, "note"), "membership.patient", error)) {
        return false;
    }
    one->title = call_has(call, "title") ? call_text(call, "title") : one->title;
    one->stage = call_has(call, "stage") ? call_text(call, "stage") : one->stage;
    one->from_day = call_has(call, "since") ? call_day(call, "since") : one->from_day;
    one->due_day = call_has(call, "renew") ? call_day(call, "renew") : one->due_day;
    if (call_has(call, "cost")) {
        call_money(call, "cost", &one->cost_cents, &one->currency);
        one->price_year =
            one->price_year > 0 && !call_has(call, "price_year") ? year : one->price_year;
        one->price_year = one->price_year == 0 ? year : one->price_year;
    }
    one->price_year = (int)call_int(call, "price_year", one->price_year);
    if (one->price_year > year + 1) {
        return refuse(error, "membership.price_year", "The price of %d cannot be known yet.",
                      one->price_year);
    }
    one->role = call_has(call, "role") ? call_text(call, "role") : one->role;
    one->url = call_has(call, "url") ? call_text(call, "url") : one->url;
    one->note = call_has(call, "note") ? call_text(call, "note") : one->note;
    if (one->from_day == DAY_NONE && g_strcmp0(one->stage, "active") == 0) {
        one->from_day = book_today(book);
    }
    return true;
}

/* The body named, and that nobody joins it twice. */
static bool take_body(const struct action_call *call, struct book *book, GStringChunk *text,
                      struct pursuit *one, GError **error)
{
    g_autoptr(GArray) pursuits = g_array_new(false, true, sizeof(struct pursuit));
    const struct data_associations *row = data_associations_by_id(call_text(call, "association"));
    if (!call_has(call, "association")) {
        return call_has(call, "title") ||
               refuse(error, "membership.title_missing", "Say what you joined.");
    }
    if (row == NULL) {
        return refuse(error, "membership.unknown",
                      "There is no body “%s”: ligature association list.",
                      call_text(call, "association"));
    }
    if (!pursuit_list(book, "membership", text, pursuits, error)) {
        return false;
    }
    const struct pursuit *known = membership_of(pursuits, row->id);
    if (known != NULL && known->closed_at == AT_NONE) {
        return refuse(error, "membership.conflict", "%s is in your list already.", known->title);
    }
    g_autofree char *title = association_short(row);
    one->ref = row->id;
    one->title = g_string_chunk_insert(text, title);
    one->strategy = association_shelf_of(row) == SHELF_OWN ? OWN : PROFESSIONAL;
    return true;
}

static bool write_add(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    bool is_own = g_strcmp0(call_text(call, "shelf"), "heritage") == 0;
    struct pursuit one = {.kind = "membership",
                          .strategy = is_own ? OWN : PROFESSIONAL,
                          .stage = "active",
                          .from_day = DAY_NONE,
                          .until_day = DAY_NONE,
                          .due_day = DAY_NONE,
                          .minutes = -1,
                          .cost_cents = -1,
                          .closed_at = AT_NONE,
                          .deleted_at = AT_NONE};
    if (!take_body(call, book, text, &one, error) || !take(call, book, &one, error)) {
        return false;
    }
    g_autofree char *join = g_strdup_printf("associations.join/-/%s", one.ref);
    g_autofree char *group = g_strdup_printf("groups.join/-/%s", one.ref);
    auto_change_log log = CHANGE_LOG(book);
    int64_t pursuit_id = 0;
    if (!pursuit_save(book, &one, &log, &pursuit_id, error) ||
        !origin_done(book, join, &log, error) || !origin_done(book, group, &log, error) ||
        !change_finish(book, &log, "Membership written down", error)) {
        return false;
    }
    *result_out = act_done(pursuit_id, &log,
                           strcmp(one.stage, "active") == 0 ? "The membership is written down."
                                                            : "It is in your list to decide.");
    return true;
}

bool join_do_add(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_add, result_out, error);
}

static bool write_edit(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct pursuit one;
    if (!join_load(book, call_id(call, "id"), text, &one, error)) {
        return false;
    }
    bool was_considered = strcmp(one.stage, "considered") == 0;
    bool had_price = one.cost_cents >= 0;
    if (!take(call, book, &one, error)) {
        return false;
    }
    auto_change_log log = CHANGE_LOG(book);
    if (!pursuit_save(book, &one, &log, NULL, error) ||
        (!had_price && one.cost_cents >= 0 && !steps_done(book, &one, "fee", &log, error)) ||
        (was_considered && strcmp(one.stage, "considered") != 0 &&
         !steps_done(book, &one, "decide", &log, error)) ||
        !change_finish(book, &log, "Membership changed", error)) {
        return false;
    }
    *result_out = act_done(one.pursuit_id, &log, "It is changed.");
    return true;
}

bool join_do_edit(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_edit, result_out, error);
}

/* The same day of the next year, 29 February giving way to the 28th. */
static int32_t next_year(int32_t day)
{
    int year;
    int month;
    int of_month;
    day_to_ymd(day, &year, &month, &of_month);
    return day_from_ymd(year + 1, month, month == 2 && of_month == 29 ? 28 : of_month);
}

/* Paid for another year, or let go: either ends the question. */
static bool write_renewal(struct action_call *call, struct book *book, json_t **result_out,
                          GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    bool is_leave = strcmp(call->action->name, "membership.leave") == 0;
    struct pursuit one;
    if (!join_load(book, call_id(call, "id"), text, &one, error)) {
        return false;
    }
    int32_t day = membership_renewal(&one);
    bool was_member = strcmp(one.stage, "active") == 0;
    const char *words = !is_leave    ? was_member ? "It is renewed." : "You are a member."
                        : was_member ? "It is let go."
                                     : "It is not joined.";
    if (is_leave) {
        one.stage = was_member ? "lapsed" : "declined"; /* nothing was paid for the second */
    } else {
        one.stage = "active";
        int32_t from = was_member && day != DAY_NONE ? day : book_today(book);
        one.due_day = call_has(call, "until") ? call_day(call, "until") : next_year(from);
        if (!take(call, book, &one, error)) {
            return false;
        }
    }
    auto_change_log log = CHANGE_LOG(book);
    if (!pursuit_save(book, &one, &log, NULL, error) ||
        !steps_done(book, &one, "renew", &log, error) ||
        !steps_done(book, &one, "decide", &log, error) ||
        !change_finish(book, &log, words, error)) {
        return false;
    }
    *result_out = act_done(one.pursuit_id, &log, words);
    return true;
}

bool join_do_renew(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_renewal, result_out, error);
}

bool join_do_leave(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_renewal, result_out, error);
}

static bool write_met(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    bool is_away = strcmp(call->action->name, "membership.unmet") == 0;
    struct pursuit one;
    struct person_row person;
    int32_t day = call_day(call, "on");
    day = day != DAY_NONE ? day : book_today(book);
    if (!join_load(book, call_id(call, "id"), text, &one, error) ||
        !person_row_load(book, call_id(call, "person"), text, &person, error)) {
        return false;
    }
    if (day > book_today(book)) {
        return refuse(error, "membership.day_ahead", "Somebody was met on a day until today.");
    }
    struct pursuit_person link = {
        .pursuit_id = one.pursuit_id, .person_id = person.person_id, .role = "met", .on_day = day};
    auto_change_log log = CHANGE_LOG(book);
    if (!(is_away ? pursuit_person_remove(book, one.pursuit_id, person.person_id, &log, error)
                  : pursuit_person_add(book, &link, &log, error)) ||
        (!is_away && !steps_done(book, &one, "use", &log, error)) ||
        !change_finish(book, &log, is_away ? "Taken out" : "Met through a membership", error)) {
        return false;
    }
    g_autofree char *words = g_strdup_printf(
        is_away ? "%s is not counted for it any more." : "You met %s through it.", person.name);
    *result_out = act_done(one.pursuit_id, &log, words);
    return true;
}

bool join_do_met(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_met, result_out, error);
}

bool join_do_unmet(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_met, result_out, error);
}

static bool write_review(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    struct pursuit look = {.kind = "other",
                           .title = "A look at what memberships cost and bring",
                           .ref = JOIN_REVIEW,
                           .stage = "done",
                           .strategy = PROFESSIONAL,
                           .from_day = book_today(book),
                           .until_day = DAY_NONE,
                           .due_day = DAY_NONE,
                           .minutes = -1,
                           .cost_cents = -1,
                           .note = call_text(call, "note"),
                           .closed_at = AT_NONE,
                           .deleted_at = AT_NONE};
    auto_change_log log = CHANGE_LOG(book);
    int64_t pursuit_id = 0;
    if (!pursuit_save(book, &look, &log, &pursuit_id, error) ||
        !origin_done(book, "associations.review", &log, error) ||
        !change_finish(book, &log, "Memberships looked at", error)) {
        return false;
    }
    *result_out = act_done(pursuit_id, &log, "Looked at. The next look is due in a quarter.");
    return true;
}

bool join_do_review(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_review, result_out, error);
}

static bool write_remove(struct action_call *call, struct book *book, json_t **result_out,
                         GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    struct pursuit one;
    auto_change_log log = CHANGE_LOG(book);
    if (!join_load(book, call_id(call, "id"), text, &one, error) ||
        !pursuit_delete(book, one.pursuit_id, &log, error) ||
        !change_finish(book, &log, "Membership removed", error)) {
        return false;
    }
    *result_out = act_done(one.pursuit_id, &log, "It is removed.");
    return true;
}

bool join_do_remove(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_remove, result_out, error);
}
