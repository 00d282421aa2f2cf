/* One pass over the people of an account: names and organisations, for proposals. */
#include "import/plan_db.h"

DB_QUERY(plan_people_all, "SELECT person_id, root_id, name, own_name, sort_key, org, is_self FROM person "
                          "WHERE account_id = $1 AND deleted_at IS NULL "
                          "ORDER BY person_id");

bool plan_people_each(struct book *book, void (*each)(const struct plan_person *person, void *data),
                      void *data, GError **error)
{
    g_autoptr(db_rows) rows =
        DB_SELECT(book->tx, &plan_people_all, error, DB_INT(book->account_id));
    if (rows == NULL) {
        return false;
    }
    int step;
    while ((step = db_rows_next(rows, error)) > 0) {
        struct plan_person person = {.person_id = db_int(rows, "person_id"),
                                     .root_id = db_int(rows, "root_id"),
                                     .name = db_text(rows, "name"),
                                     .own_name = db_text(rows, "own_name"),
                                     .sort_key = db_text(rows, "sort_key"),
                                     .org = db_text(rows, "org"),
                                     .is_self = db_int(rows, "is_self") != 0};
        each(&person, data);
    }
    return step == 0;
}
