/* A store with one account and a clock that stands still, for tests of this rank and above. The
 * program never uses it.
 *
 * A test's body is a transaction callback: on SQLite it runs on the writer's thread, where cmocka's
 * asserts may not jump. So it claims instead:
 *
 *     STORY(a_person_is_added)
 *     {
 *         SCRATCH_BOOK(book, tx, data);
 *         DO(person_add(&book, ..., error));
 *         CLAIM(total == 1);
 *         REFUSES(person_delete(&book, self_id, NULL, error), "person.is_self");
 *         return true;
 *     }
 */
#ifndef LIGATURE_MODEL_MODEL_SCRATCH_H
#define LIGATURE_MODEL_MODEL_SCRATCH_H

#include "db/db_scratch.h"
#include "model/book.h"

struct model_scratch {
    struct db_scratch scratch;
    struct db *db;
    struct env env; /* 2026-07-21 09:00 UTC, seeded ids */
    int64_t account_id;
    int64_t self_person_id;
};
#define SCRATCH_DAY 20655 /* Tue 21 July 2026 */

void model_scratch_new(struct model_scratch *scratch, enum db_engine engine);
void model_scratch_clear(struct model_scratch *scratch);
/* Runs a body in a new store of each engine there is; fails the cmocka test with what was claimed.
 */
void model_scratch_story(db_fn *body);
/* Lets days pass. */
void model_scratch_wait(struct model_scratch *scratch, int days);

/* A cmocka test of one body. */
#define STORY(name)                                                        \
    static bool name##_body(struct db_tx *tx, void *data, GError **error); \
    static void name(void **state)                                         \
    {                                                                      \
        model_scratch_story(name##_body);                                  \
    }                                                                      \
    static bool name##_body(struct db_tx *tx, void *data, GError **error)

#define SCRATCH_BOOK(name, tx_, data_)                                                        \
    struct model_scratch *scratch = (data_);                                                  \
    struct book name __attribute__((unused)) = BOOK(tx_, &scratch->env, scratch->account_id); \
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024)
#define CLAIM(condition)                                                                  \
    do {                                                                                  \
        if (!(condition))                                                                 \
            return bug(error, "test.claim", "%s:%d: %s", __FILE__, __LINE__, #condition); \
    } while (0)
#define CLAIM_TEXT(got, wanted)                                                                 \
    do {                                                                                        \
        const char *got_ = (got);                                                               \
        if (g_strcmp0(got_, wanted) != 0)                                                       \
            return bug(error, "test.claim", "%s:%d: got “%s”, wanted “%s”", __FILE__, __LINE__, \
                       got_, (const char *)(wanted));                                           \
    } while (0)
#define DO(call)                                                  \
    do {                                                          \
        if (!(call)) {                                            \
            g_prefix_error(error, "%s:%d: ", __FILE__, __LINE__); \
            return false;                                         \
        }                                                         \
    } while (0)
/* The call names `error` as its last argument. */
#define REFUSES(call, code)                                                                       \
    do {                                                                                          \
        if (call)                                                                                 \
            return bug(error, "test.claim", "%s:%d: not refused: %s", __FILE__, __LINE__, #call); \
        if (error == NULL || !error_has_code(*error, code))                                       \
            return false;                                                                         \
        g_clear_error(error);                                                                     \
    } while (0)

#endif
