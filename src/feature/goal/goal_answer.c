/* Answers between how they are stored and how people say them. */
#include "feature/goal/goal_parts.h"

#include "base/money.h"
#include "base/words.h"
#include "data_goal_fields.h"
#include "data_questions.h"

#include <string.h>

#define NONE "none"

DB_QUERY(goal_answers_all, "SELECT question, value FROM goal WHERE account_id = $1");

GHashTable *goal_answers(struct book *book, GError **error)
{
    g_autoptr(GHashTable) answers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &goal_answers_all, error, DB_INT(book->account_id));
    int state = rows == NULL ? -1 : 0;
    while (state >= 0 && (state = db_rows_next(rows, error)) > 0) {
        g_hash_table_replace(answers, g_strdup(db_text(rows, "question")),
                             g_strdup(db_text(rows, "value")));
    }
    return state == 0 ? g_steal_pointer(&answers) : NULL;
}

static bool is_choice(const struct data_goal_fields *field)
{
    return strcmp(field->kind, "one") == 0 || strcmp(field->kind, "many") == 0;
}

/* Labels of ids parted by blanks, parted by ", ". */
static char *labels(const struct data_goal_fields *field, const char *stored)
{
    g_autoptr(GArray) choices = g_array_new(FALSE, TRUE, sizeof(struct goal_choice));
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    g_auto(GStrv) ids = g_strsplit(stored, " ", -1);
    goal_choices(field->id, choices);
    for (char **id = ids; *id != NULL; id++) {
        const char *label = *id;
        for (guint i = 0; i < choices->len; i++) {
            const struct goal_choice *choice = &g_array_index(choices, struct goal_choice, i);
            if (strcmp(choice->id, *id) == 0) {
                label = choice->label;
                break;
            }
        }
        g_ptr_array_add(words, (gpointer)label);
    }
    g_ptr_array_add(words, NULL);
    return g_strjoinv(", ", (char **)words->pdata);
}

char *goal_answer_words(const struct data_goal_fields *field, const char *stored)
{
    if (stored == NULL) {
        return g_strdup("");
    }
    if (field->has_none && strcmp(stored, NONE) == 0) {
        return g_strdup("none");
    }
    if (is_choice(field)) {
        return labels(field, stored);
    }
    if (strcmp(field->kind, "hours") == 0) {
        return words_minutes((int)g_ascii_strtoll(stored, NULL, 10));
    }
    if (strcmp(field->kind, "money") == 0) {
        return g_strdup_printf("$%.10g", g_ascii_strtod(stored, NULL) / 100);
    }
    return g_strdup(stored);
}

char *goal_answer_typed(const struct data_goal_fields *field, const char *stored)
{
    if (stored == NULL) {
        return g_strdup("");
    }
    if (strcmp(field->kind, "hours") == 0) {
        return g_strdup_printf("%.10g", (double)g_ascii_strtoll(stored, NULL, 10) / 60);
    }
    if (strcmp(field->kind, "money") == 0) {
        return g_strdup_printf("%.10g", g_ascii_strtod(stored, NULL) / 100);
    }
    return goal_answer_words(field, stored);
}

char **goal_question_fields(const struct data_questions *question)
{
    return g_strsplit(question->fields, " ", -1);
}

bool goal_is_answered(const struct data_questions *question, GHashTable *answers)
{
    g_auto(GStrv) fields = goal_question_fields(question);
    for (char **field = fields; *field != NULL; field++) {
        if (g_hash_table_contains(answers, *field)) {
            return true;
        }
    }
    return false;
}
