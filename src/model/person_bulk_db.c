/* New people in batches. What is prepared here is what person_refold would write: the test
 * compares, and `ligature verify` does so for every store. */
#include "model/person_bulk.h"

#include "model/person_part.h"

#include <string.h>

#define BATCH 1000

struct ready {
    struct person_row row;
    int64_t fact_set_id;
    const char *record_key;
    const char *facts;
    const char *keys; /* NULL: none */
    char digest[DIGEST_TEXT];
};

/* What search is to find a person by. */
struct ready_words {
    int64_t person_id;
    const char *words;
};

struct person_batch {
    struct person_batch_of of;
    GArray *people; /* struct ready; with its text gone once written */
    GArray *idents; /* struct derived_ident */
    GArray *traits; /* struct batch_trait */
    GArray *words;  /* struct ready_words */
    GStringChunk *text;
    GStringChunk *index_text; /* of identifiers, traits and words: needed longer */
    struct derived derived;
    GString *facts;
};

struct batch_trait {
    struct derived_trait trait;
    int64_t person_id;
};

struct person_batch_of person_batch_of(const struct book *book, int64_t source_id)
{
    return (struct person_batch_of){.account_id = book->account_id,
                                    .source_id = source_id,
                                    .now = book_now(book),
                                    .today = book_today(book)};
}

struct person_batch *person_batch_new(const struct person_batch_of *of)
{
    struct person_batch *batch = g_new0(struct person_batch, 1);
    batch->of = *of;
    batch->people = g_array_new(FALSE, FALSE, sizeof(struct ready));
    batch->idents = g_array_new(FALSE, FALSE, sizeof(struct derived_ident));
    batch->traits = g_array_new(FALSE, FALSE, sizeof(struct batch_trait));
    batch->words = g_array_new(FALSE, FALSE, sizeof(struct ready_words));
    batch->text = g_string_chunk_new(1 << 16);
    batch->index_text = g_string_chunk_new(1 << 16);
    batch->facts = g_string_sized_new(1024);
    derived_init(&batch->derived);
    return batch;
}

/* Rows and facts are needed until they are written. */
static void drop_people(struct person_batch *batch)
{
    g_clear_pointer(&batch->people, g_array_unref);
    g_clear_pointer(&batch->text, g_string_chunk_free);
}

void person_batch_free(struct person_batch *batch)
{
    if (batch == NULL) {
        return;
    }
    drop_people(batch);
    g_array_unref(batch->idents);
    g_array_unref(batch->traits);
    g_array_unref(batch->words);
    g_string_chunk_free(batch->index_text);
    g_string_free(batch->facts, TRUE);
    derived_clear(&batch->derived);
    g_free(batch);
}

int person_batch_size(const struct person_batch *batch)
{
    return (int)batch->words->len;
}

/* ---- preparing ---- */

/* Strings of a derived row are borrowed from facts and from the derive: the batch keeps its own. */
static void keep_row(GStringChunk *text, struct person_row *row)
{
    const char **strings[] = {&row->name,   &row->own_name, &row->sort_key, &row->headline,
                              &row->org,    &row->place,    &row->school,   &row->email,
                              &row->phone,  &row->url,      &row->photo,    &row->tags,
                              &row->region, &row->specialty};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++) {
        *strings[i] = keep_text(text, *strings[i]);
    }
}

/* Values of the fact set's row; the digest is left to the caller. */
static void set_values(const struct person_batch *batch, const struct ready *ready,
                       struct db_value *values)
{
    values[0] = DB_INT(batch->of.account_id);
    values[1] = DB_INT(ready->row.person_id);
    values[2] = DB_INT(ready->fact_set_id);
    values[3] = DB_INT(batch->of.source_id);
    values[4] = DB_NULL;
    values[5] = DB_TEXT(ready->record_key);
    values[6] = DB_TEXT(ready->facts);
    values[7] = DB_TEXT(ready->digest);
}

static void keep_indexes(struct person_batch *batch, int64_t person_id)
{
    const struct derived *derived = &batch->derived;
    for (guint i = 0; i < derived->idents->len; i++) {
        struct derived_ident ident = g_array_index(derived->idents, struct derived_ident, i);
        ident.value = g_string_chunk_insert(batch->index_text, ident.value);
        g_array_append_val(batch->idents, ident);
    }
    for (guint i = 0; i < derived->traits->len; i++) {
        struct batch_trait one = {g_array_index(derived->traits, struct derived_trait, i),
                                  person_id};
        one.trait.value = g_string_chunk_insert(batch->index_text, one.trait.value);
        one.trait.label = g_string_chunk_insert(batch->index_text, one.trait.label);
        g_array_append_val(batch->traits, one);
    }
}

static const char *keep_facts(struct person_batch *batch, const struct person_new *person)
{
    if (person->encoded != NULL) {
        return g_string_chunk_insert(batch->text, person->encoded);
    }
    g_string_truncate(batch->facts, 0);
    facts_encode(person->facts, person->n_facts, batch->facts);
    return g_string_chunk_insert_len(batch->text, batch->facts->str, (gssize)batch->facts->len);
}

void person_batch_add(struct person_batch *batch, const struct person_new *person)
{
    struct fact_set set = {.person_id = person->person_id, .family = ""};
    struct fact_fold *fold = fact_fold_one(&set, person->facts, person->n_facts);
    derive(fold, person->person_id, &batch->derived);
    struct ready ready = {.row = batch->derived.row, .fact_set_id = person->fact_set_id};
    keep_row(batch->text, &ready.row);
    keep_indexes(batch, person->person_id);
    person_keys_encode(&batch->derived, person->person_id, batch->facts);
    if (batch->facts->len > 0) {
        ready.keys =
            g_string_chunk_insert_len(batch->text, batch->facts->str, (gssize)batch->facts->len);
    }
    fact_fold_free(fold);
    ready.row.root_id = person->person_id;
    ready.row.created_at = batch->of.now;
    ready.row.changed_at = batch->of.now;
    ready.row.deleted_at = AT_NONE;
    ready.row.tie_day = batch->of.today;
    ready.row.last_touch_day = DAY_NONE;
    ready.row.due_day = DAY_NONE;
    ready.row.cadence_days = -1;
    ready.facts = keep_facts(batch, person);
    struct ready_words words = {.person_id = person->person_id};
    words.words = g_string_chunk_insert_len(batch->index_text, batch->derived.words->str,
                                            (gssize)batch->derived.words->len);
    g_array_append_val(batch->words, words);
    ready.record_key = g_string_chunk_insert(batch->text, person->record_key);
    struct db_value values[NOUN_MAX_COLUMNS];
    set_values(batch, &ready, values);
    noun_digest(&noun_fact_set, values, ready.digest);
    g_array_append_val(batch->people, ready);
}

/* ---- writing ---- */

/* Sixteen rows of one account by one statement: what a statement costs beside its rows is paid
 * once. */
#define ROWS 16
#define ROWS_OF_4                                                                                  \
    "($1, $2, $3, $4), ($1, $5, $6, $7), ($1, $8, $9, $10), ($1, $11, $12, $13), "                 \
    "($1, $14, $15, $16), ($1, $17, $18, $19), ($1, $20, $21, $22), ($1, $23, $24, $25), "         \
    "($1, $26, $27, $28), ($1, $29, $30, $31), ($1, $32, $33, $34), ($1, $35, $36, $37), "         \
    "($1, $38, $39, $40), ($1, $41, $42, $43), ($1, $44, $45, $46), ($1, $47, $48, $49)"
#define ROWS_OF_5                                                                                  \
    "($1, $2, $3, $4, $5), ($1, $6, $7, $8, $9), ($1, $10, $11, $12, $13), "                       \
    "($1, $14, $15, $16, $17), ($1, $18, $19, $20, $21), ($1, $22, $23, $24, $25), "               \
    "($1, $26, $27, $28, $29), ($1, $30, $31, $32, $33), ($1, $34, $35, $36, $37), "               \
    "($1, $38, $39, $40, $41), ($1, $42, $43, $44, $45), ($1, $46, $47, $48, $49), "               \
    "($1, $50, $51, $52, $53), ($1, $54, $55, $56, $57), ($1, $58, $59, $60, $61), "               \
    "($1, $62, $63, $64, $65)"
#define ROWS_OF_8                                                                                  \
    "($1, $2, $3, $4, $5, $6, $7, $8), ($1, $9, $10, $11, $12, $13, $14, $15), "                   \
    "($1, $16, $17, $18, $19, $20, $21, $22), ($1, $23, $24, $25, $26, $27, $28, $29), "           \
    "($1, $30, $31, $32, $33, $34, $35, $36), ($1, $37, $38, $39, $40, $41, $42, $43), "           \
    "($1, $44, $45, $46, $47, $48, $49, $50), ($1, $51, $52, $53, $54, $55, $56, $57), "           \
    "($1, $58, $59, $60, $61, $62, $63, $64), ($1, $65, $66, $67, $68, $69, $70, $71), "           \
    "($1, $72, $73, $74, $75, $76, $77, $78), ($1, $79, $80, $81, $82, $83, $84, $85), "           \
    "($1, $86, $87, $88, $89, $90, $91, $92), ($1, $93, $94, $95, $96, $97, $98, $99), "           \
    "($1, $100, $101, $102, $103, $104, $105, $106), "                                             \
    "($1, $107, $108, $109, $110, $111, $112, $113)"

DB_QUERY(bulk_set, "INSERT INTO fact_set (" FACT_SET_COLUMNS ") " VALUES_8);
DB_QUERY(bulk_sets, "INSERT INTO fact_set (" FACT_SET_COLUMNS ") VALUES " ROWS_OF_8);
DB_QUERY2(bulk_words,
          "INSERT INTO person_search (account_id, rowid, words) VALUES ($1, $2 + " SEARCH_PART ", $3)",
          "INSERT INTO person_search (account_id, person_id, words) VALUES ($1, $2, "
          "to_tsvector('simple', $3))");
DB_QUERY(bulk_ident, "INSERT INTO ident (" IDENT_COLUMNS ") " VALUES_4);
DB_QUERY(bulk_idents, "INSERT INTO ident (" IDENT_COLUMNS ") VALUES " ROWS_OF_4);
DB_QUERY(bulk_trait, "INSERT INTO trait (" TRAIT_COLUMNS ") " VALUES_5);
DB_QUERY(bulk_traits, "INSERT INTO trait (" TRAIT_COLUMNS ") VALUES " ROWS_OF_5);

/* How rows of a table go in: `fill` writes the values of row i behind the account's. */
struct rows_of {
    const struct db_query *many;
    const struct db_query *one;
    int n_values;
    void (*fill)(const void *from, guint i, struct db_value *values);
};

static bool rows_write(struct book *book, const void *from, guint n, const struct rows_of *of,
                       GError **error)
{
    struct db_value values[1 + ROWS * 7];
    values[0] = DB_INT(book->account_id);
    for (guint i = 0; i < n;) {
        guint count = n - i >= ROWS ? ROWS : 1;
        for (guint k = 0; k < count; k++) {
            of->fill(from, i + k, values + 1 + (int)k * of->n_values);
        }
        if (!db_exec(book->tx, count == ROWS ? of->many : of->one, error, NULL, values,
                     1 + (int)count * of->n_values)) {
            return false;
        }
        i += count;
    }
    return true;
}

static void fill_set(const void *from, guint i, struct db_value *values)
{
    const struct person_batch *batch = from;
    struct db_value all[NOUN_MAX_COLUMNS];
    set_values(batch, &g_array_index(batch->people, struct ready, i), all);
    memcpy(values, all + 1, 7 * sizeof *values);
}

/* A row of an index on its way into the order of the table. */
struct placed {
    uint64_t begins; /* kind and the first bytes of the value: decides most comparisons */
    const void *row; /* struct derived_ident or struct batch_trait */
};

static void fill_ident(const void *from, guint i, struct db_value *values)
{
    const struct derived_ident *ident = ((const struct placed *)from)[i].row;
    values[0] = DB_TEXT(ident_kind_text(ident->kind));
    values[1] = DB_TEXT(ident->value);
    values[2] = DB_INT(ident->person_id);
}

static void fill_trait(const void *from, guint i, struct db_value *values)
{
    const struct batch_trait *one = ((const struct placed *)from)[i].row;
    values[0] = DB_TEXT(one->trait.kind);
    values[1] = DB_TEXT(one->trait.value);
    values[2] = DB_INT(one->person_id);
    values[3] = DB_TEXT(one->trait.label);
}

static bool people_write(struct book *book, const struct person_batch *batch, GError **error)
{
    static const struct rows_of sets = {&bulk_sets, &bulk_set, 7, fill_set};
    for (guint i = 0; i < batch->people->len; i++) {
        const struct ready *ready = &g_array_index(batch->people, struct ready, i);
        if (!person_row_insert(book, &ready->row, ready->keys, error)) {
            return false;
        }
    }
    return rows_write(book, batch, batch->people->len, &sets, error);
}

/* One by one and after the rows of the batch: each statement of several rows makes SQLite's full-text
 * index write out what it holds. */
static bool words_write(struct book *book, const struct person_batch *batch, GError **error)
{
    for (guint i = 0; i < batch->words->len; i++) {
        const struct ready_words *ready = &g_array_index(batch->words, struct ready_words, i);
        if (!DB_EXEC(book->tx, &bulk_words, error, DB_INT(batch->of.account_id),
                     DB_INT(ready->person_id), DB_TEXT(ready->words))) {
            return false;
        }
    }
    return true;
}

/* Kind, then value, as both tables are in order: eight bytes of them as one number. */
static uint64_t begins_of(const char *kind, const char *value)
{
    unsigned char bytes[8] = {(unsigned char)kind[0], (unsigned char)kind[1]};
    for (int i = 0; i < 6 && value[i] != '\0'; i++) {
        bytes[2 + i] = (unsigned char)value[i];
    }
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    return GUINT64_FROM_BE(number);
}

static int compare_placed(gconstpointer a_, gconstpointer b_, gpointer is_trait)
{
    const struct placed *a = a_;
    const struct placed *b = b_;
    if (a->begins != b->begins) {
        return a->begins < b->begins ? -1 : 1;
    }
    if (is_trait != NULL) {
        return strcmp(((const struct batch_trait *)a->row)->trait.value,
                      ((const struct batch_trait *)b->row)->trait.value);
    }
    return strcmp(((const struct derived_ident *)a->row)->value,
                  ((const struct derived_ident *)b->row)->value);
}

/* Rows of all the batches, in the order of the table: each goes in behind the one before it. */
static GArray *place(struct person_batch *const *batches, guint n, bool is_trait)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct placed));
    for (guint b = 0; b < n; b++) {
        const GArray *own = is_trait ? batches[b]->traits : batches[b]->idents;
        for (guint i = 0; i < own->len; i++) {
            struct placed one;
            if (is_trait) {
                const struct batch_trait *trait = &g_array_index(own, struct batch_trait, i);
                one = (struct placed){begins_of(trait->trait.kind, trait->trait.value), trait};
            } else {
                const struct derived_ident *ident = &g_array_index(own, struct derived_ident, i);
                one = (struct placed){begins_of(ident_kind_text(ident->kind), ident->value), ident};
            }
            g_array_append_val(rows, one);
        }
    }
    g_array_sort_with_data(rows, compare_placed, is_trait ? rows : NULL);
    return rows;
}

DB_QUERY(tags_with_cadence, "SELECT target FROM cadence WHERE account_id = $1 AND scope = 'tag'");

/* Tags that people are kept in touch by: their new people are due. */
static bool refresh_tagged(struct book *book, const struct person_batch *batch, GError **error)
{
    g_autoptr(GHashTable) tags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    {
        g_autoptr(db_rows) rows =
            DB_SELECT(book->tx, &tags_with_cadence, error, DB_INT(batch->of.account_id));
        int state = rows == NULL ? -1 : 0;
        while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
            g_hash_table_add(tags, g_strdup(db_text(rows, "target")));
        }
        if (state < 0) {
            return false;
        }
    }
    for (guint i = 0; g_hash_table_size(tags) > 0 && i < batch->traits->len; i++) {
        const struct batch_trait *one = &g_array_index(batch->traits, struct batch_trait, i);
        if (strcmp(one->trait.kind, "tag") == 0 && g_hash_table_contains(tags, one->trait.value) &&
            !person_refresh(book, one->person_id, error)) {
            return false;
        }
    }
    return true;
}

bool person_batch_write_rows(struct book *book, struct person_batch *batch, GError **error)
{
    bool is_done = book_changed(book, error) && people_write(book, batch, error) &&
                   words_write(book, batch, error);
    drop_people(batch);
    return is_done;
}

bool person_batches_write_index(struct book *book, struct person_batch *const *batches, guint n,
                                GError **error)
{
    static const struct rows_of of_idents = {&bulk_idents, &bulk_ident, 3, fill_ident};
    static const struct rows_of of_traits = {&bulk_traits, &bulk_trait, 4, fill_trait};
    g_autoptr(GArray) idents = place(batches, n, false);
    g_autoptr(GArray) traits = place(batches, n, true);
    bool is_done = rows_write(book, idents->data, idents->len, &of_idents, error) &&
                   rows_write(book, traits->data, traits->len, &of_traits, error);
    for (guint i = 0; i < n && is_done; i++) {
        is_done = refresh_tagged(book, batches[i], error);
    }
    return is_done;
}

bool person_batch_write(struct book *book, struct person_batch *batch, GError **error)
{
    return person_batch_write_rows(book, batch, error) &&
           person_batches_write_index(book, &batch, 1, error);
}

/* ---- one thread ---- */

struct person_bulk {
    struct book *book;
    struct person_batch *batch;
    struct person_batch_of of;
};

struct person_bulk *person_bulk_new(struct book *book, const char *family, int64_t source_id,
                                    int64_t seen_at)
{
    struct person_bulk *bulk = g_new0(struct person_bulk, 1);
    bulk->book = book;
    bulk->of = person_batch_of(book, source_id);
    bulk->batch = person_batch_new(&bulk->of);
    return bulk;
}

void person_bulk_free(struct person_bulk *bulk)
{
    if (bulk != NULL) {
        person_batch_free(bulk->batch);
        g_free(bulk);
    }
}

bool person_bulk_finish(struct person_bulk *bulk, GError **error)
{
    bool is_done = person_batch_write(bulk->book, bulk->batch, error);
    person_batch_free(bulk->batch);
    bulk->batch = person_batch_new(&bulk->of);
    return is_done;
}

bool person_bulk_add(struct person_bulk *bulk, const char *record_key, const struct fact *facts,
                     int n, int64_t *person_id_out, GError **error)
{
    struct person_new person = {.person_id = book_new_id(bulk->book),
                                .fact_set_id = book_new_id(bulk->book),
                                .record_key = record_key,
                                .facts = facts,
                                .n_facts = (size_t)n};
    *person_id_out = person.person_id;
    person_batch_add(bulk->batch, &person);
    return person_batch_size(bulk->batch) < BATCH || person_bulk_finish(bulk, error);
}
