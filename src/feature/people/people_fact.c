/* One fact as a person types it, and the actions fact.add, change, remove, decide. Every edit is
 * one set of source "you", so that what an import says stays behind it and comes back when the edit
 * is taken back. */
#include "feature/people/people.h"

#include "base/error.h"
#include "base/fold.h"
#include "import/draft.h"
#include "model/recognise.h"

#include <string.h>

/* "2020", "2020-03", "2020-03-15". */
static bool is_part_day(const char *text)
{
    size_t len = strlen(text);
    g_autofree char *whole = g_strconcat(text, len == 4 ? "-01-01" : len == 7 ? "-01" : "", NULL);
    int32_t day;
    return day_parse(whole, &day);
}

static const char *example_of(enum fact_kind kind)
{
    switch ((int)kind) {
    case FACT_EMAIL: return "An e-mail address looks like name@hospital.example.";
    case FACT_PHONE:
        return "A phone number has seven digits or more, best with the country: +1 419 555 0142.";
    case FACT_URL: return "A page begins with https:// or is like linkedin.com/in/name.";
    case FACT_NPI: return "An NPI has ten digits, and the last one checks the others.";
    case FACT_ORCID: return "An ORCID looks like 0000-0002-1825-0097.";
    default: return "";
    }
}

/* "Chief resident, Northquay General" or "Chief resident at Northquay General": title before,
 * organisation after. */
static void split_work(const char *value, char **title_out, char **org_out)
{
    const char *at = strstr(value, " at ");
    const char *comma = at == NULL ? strrchr(value, ',') : NULL;
    if (at != NULL) {
        *title_out = g_strndup(value, (gsize)(at - value));
        *org_out = g_strdup(at + 4);
    } else if (comma != NULL) {
        *title_out = g_strndup(value, (gsize)(comma - value));
        *org_out = g_strstrip(g_strdup(comma + 1));
    } else {
        *org_out = g_strdup(value);
    }
}

static void read_work(const struct people_typed *typed, struct draft *draft)
{
    g_autofree char *title = g_strdup(typed->title);
    g_autofree char *org = g_strdup(typed->org);
    if (title == NULL && org == NULL) {
        split_work(typed->value, &title, &org);
    }
    draft_work(draft, org, NULL, title, NULL);
}

/* "Indus Delta Medical College, MBBS": the school, then the degree. */
static void read_school(const struct people_typed *typed, struct draft *draft)
{
    const char *comma = typed->org == NULL ? strchr(typed->value, ',') : NULL;
    g_autofree char *school = typed->org != NULL ? g_strdup(typed->org)
                              : comma != NULL
                                  ? g_strndup(typed->value, (gsize)(comma - typed->value))
                                  : g_strdup(typed->value);
    g_autofree char *degree = typed->title != NULL ? g_strdup(typed->title)
                              : comma != NULL      ? g_strdup(comma + 1)
                                                   : NULL;
    const char *const part[FACT_PARTS] = {school, degree};
    draft_parts(draft, FACT_SCHOOL, NULL, NULL, part);
}

static void read_specialty(const struct people_typed *typed, struct draft *draft)
{
    g_autofree char *folded = fold_text(typed->value);
    const char *id = specialty_recognise(folded);
    const char *name = specialty_name(typed->value);
    const char *const part[FACT_PARTS] = {name != NULL ? typed->value : id};
    draft_parts(draft, FACT_SPECIALTY, name != NULL ? name : typed->value, NULL, part);
}

/* A note keeps its lines; all else is cleaned. */
static void read_plain(const struct people_typed *typed, struct draft *draft)
{
    if (typed->kind != FACT_NOTE) {
        draft_fact(draft, typed->kind, typed->value, NULL);
        return;
    }
    struct fact note = {.kind = FACT_NOTE, .value = draft_text(draft, typed->value)};
    g_array_append_val(draft->facts, note);
}

static bool check(const struct people_typed *typed, const struct draft *draft, GError **error)
{
    const char *words = fact_kind_words(typed->kind);
    if (draft->facts->len == 0) {
        return refuse(error, "fact.value_missing", "%s: nothing was written.", words);
    }
    const char *example = example_of(typed->kind);
    enum ident_kind kind;
    g_autofree char *ident =
        *example == '\0' ? NULL : fact_ident(&g_array_index(draft->facts, struct fact, 0), &kind);
    if (*example != '\0' && ident == NULL) {
        return refuse(error, "fact.value_invalid", "“%s” is not understood. %s", typed->value,
                      example);
    }
    if ((typed->begins != NULL && !is_part_day(typed->begins)) ||
        (typed->ends != NULL && *typed->ends != '\0' && !is_part_day(typed->ends)) ||
        (typed->kind == FACT_BIRTHDAY && !g_str_has_prefix(typed->value, "--") &&
         !is_part_day(typed->value))) {
        return refuse(error, "fact.date_invalid", "A date is written 2020, 2020-03 or 2020-03-15.");
    }
    return true;
}

/* From the draft's memory to the caller's. */
static void keep(const struct fact *from, const struct people_typed *typed, enum fact_op op,
                 GStringChunk *text, GArray *facts)
{
    struct fact fact = *from;
    bool is_main = fact.kind == typed->kind;
    fact.op = is_main ? op : FACT_ADD;
    fact.value = keep_text(text, fact.value);
    fact.label = is_main ? keep_text(text, typed->label) : NULL;
    fact.begins = is_main ? keep_text(text, typed->begins) : NULL;
    fact.ends = is_main ? keep_text(text, typed->ends) : NULL;
    for (int i = 0; i < FACT_PARTS; i++) {
        fact.part[i] = keep_text(text, fact.part[i]);
    }
    g_array_append_val(facts, fact);
}

bool people_fact_read(const struct people_typed *typed, enum fact_op op, GStringChunk *text,
                      GArray *facts, GError **error)
{
    struct draft draft;
    bool has_value = typed->value != NULL || typed->org != NULL || typed->title != NULL;
    draft_init(&draft);
    draft_start(&draft, ABOUT_PERSON, "you", "you", 1);
    if (has_value && typed->kind == FACT_NAME) {
        draft_name(&draft, typed->value);
    } else if (has_value && typed->kind == FACT_WORK) {
        read_work(typed, &draft);
    } else if (has_value && typed->kind == FACT_SCHOOL) {
        read_school(typed, &draft);
    } else if (has_value && typed->kind == FACT_SPECIALTY) {
        read_specialty(typed, &draft);
    } else if (has_value) {
        read_plain(typed, &draft);
    }
    bool is_sound = check(typed, &draft, error);
    for (guint i = 0; i < draft.facts->len && is_sound; i++) {
        keep(&g_array_index(draft.facts, struct fact, i), typed, op, text, facts);
    }
    draft_clear(&draft);
    return is_sound;
}

/* ---- actions ---- */

static bool kind_of(const struct action_call *call, enum fact_kind *kind_out, GError **error)
{
    *kind_out = fact_kind_parse(call_text(call, "kind"));
    return (*kind_out != FACT_NONE && *kind_out != FACT_PHOTO && *kind_out != FACT_CARD_LINE) ||
           refuse(error, "fact.kind_unknown", "“%s” is no kind of fact.", call_text(call, "kind"));
}

static void remove_old(const char *old, enum fact_kind kind, GArray *edits)
{
    struct fact gone = {.kind = kind, .op = FACT_REMOVE, .value = old};
    g_array_append_val(edits, gone);
}

/* What the whole fact said beside its value: kept when only the value is typed anew. */
static const struct fact *find_old(const struct person *person, enum fact_kind kind,
                                   const char *value)
{
    for (guint i = 0; value != NULL && i < person->fold->facts->len; i++) {
        const struct fact *fact = &g_array_index(person->fold->facts, struct folded_fact, i).fact;
        if (fact->kind == kind && strcmp(fact->value, value) == 0) {
            return fact;
        }
    }
    return NULL;
}

static bool gather(struct action_call *call, const struct person *person, GStringChunk *text,
                   GArray *edits, GError **error)
{
    enum fact_kind kind;
    if (!kind_of(call, &kind, error)) {
        return false;
    }
    const char *verb = strchr(call->action->name, '.') + 1;
    const char *value = call_text(call, "value");
    const char *old = call_text(call, "old");
    struct people_typed typed = {.kind = kind,
                                 .value = value,
                                 .label = call_text(call, "label"),
                                 .begins = call_text(call, "begins"),
                                 .ends = call_text(call, "ends"),
                                 .org = call_text(call, "org"),
                                 .title = call_text(call, "title")};
    bool is_one = fact_is_one_valued(kind);
    if (strcmp(verb, "remove") == 0) {
        if (find_old(person, kind, value) == NULL) {
            return refuse(error, "fact.not_found", "This fact is no longer here.");
        }
        remove_old(value, kind, edits);
        return true;
    }
    if (strcmp(verb, "change") == 0 || strcmp(verb, "decide") == 0) {
        const struct fact *before =
            find_old(person, kind, strcmp(verb, "decide") == 0 ? value : old);
        if (before == NULL) {
            return refuse(error, "fact.not_found", "This fact is no longer here.");
        }
        if (strcmp(before->value, value) == 0 && typed.org == NULL && typed.title == NULL) {
            struct fact same = *before;
            same.op = is_one ? FACT_SET : FACT_ADD;
            same.label = typed.label != NULL ? typed.label : before->label;
            same.begins = typed.begins != NULL ? typed.begins : before->begins;
            same.ends = typed.ends != NULL ? typed.ends : before->ends;
            if (strcmp(verb, "change") == 0 && !is_one) {
                remove_old(old, kind, edits);
            }
            g_array_append_val(edits, same);
            return true;
        }
        if (!is_one) {
            remove_old(old, kind, edits);
        }
    }
    return people_fact_read(&typed, is_one ? FACT_SET : FACT_ADD, text, edits, error);
}

static bool write_fact(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    g_autoptr(GArray) edits = g_array_new(FALSE, TRUE, sizeof(struct fact));
    g_autoptr(person_ptr) person = person_load(book, call_id(call, "id"), error);
    if (person == NULL || !gather(call, person, text, edits, error)) {
        return false;
    }
    const char *verb = strchr(call->action->name, '.') + 1;
    const char *done = strcmp(verb, "add") == 0      ? "added"
                       : strcmp(verb, "remove") == 0 ? "removed"
                       : strcmp(verb, "decide") == 0 ? "decided"
                                                     : "changed";
    auto_change_log log = CHANGE_LOG(book);
    g_autofree char *message =
        g_strdup_printf("%s: %s.", fact_kind_words(fact_kind_parse(call_text(call, "kind"))), done);
    if (!person_edit(book, person->row.person_id, (const struct fact *)(void *)edits->data,
                     (int)edits->len, &log, error) ||
        !change_finish(book, &log, message, error)) {
        return false;
    }
    *result_out = people_done(person->row.person_id, &log, message);
    return true;
}

bool people_do_fact(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_fact, result_out, error);
}
