/* Erasing an account: every row of every table. */
#include "model/account.h"

#include "model/noun_row.h"

DB_QUERY(erase_session, "DELETE FROM session WHERE account_id = $1");
DB_QUERY(erase_token, "DELETE FROM token WHERE account_id = $1");
DB_QUERY(erase_source, "DELETE FROM source WHERE account_id = $1");
DB_QUERY(erase_fact_set, "DELETE FROM fact_set WHERE account_id = $1");
DB_QUERY(erase_person, "DELETE FROM person WHERE account_id = $1");
DB_QUERY(erase_ident, "DELETE FROM ident WHERE account_id = $1");
DB_QUERY(erase_trait, "DELETE FROM trait WHERE account_id = $1");
DB_QUERY(erase_search, "DELETE FROM person_search WHERE account_id = $1");
DB_QUERY(erase_blob, "DELETE FROM blob WHERE account_id = $1");
DB_QUERY(erase_touch, "DELETE FROM touch WHERE account_id = $1");
DB_QUERY(erase_step, "DELETE FROM step WHERE account_id = $1");
DB_QUERY(erase_cadence, "DELETE FROM cadence WHERE account_id = $1");
DB_QUERY(erase_merge, "DELETE FROM merge WHERE account_id = $1");
DB_QUERY(erase_pair, "DELETE FROM pair WHERE account_id = $1");
DB_QUERY(erase_relation, "DELETE FROM relation WHERE account_id = $1");
DB_QUERY(erase_import, "DELETE FROM import WHERE account_id = $1");
DB_QUERY(erase_change, "DELETE FROM change WHERE account_id = $1");
DB_QUERY(erase_job, "DELETE FROM job WHERE account_id = $1");
DB_QUERY(erase_setting, "DELETE FROM setting WHERE account_id = $1");
DB_QUERY(erase_account, "DELETE FROM account WHERE account_id = $1");

bool account_erase(struct db_tx *tx, int64_t account_id, GError **error)
{
    static const struct db_query *const all[] = {
        &erase_session, &erase_token,   &erase_source, &erase_fact_set, &erase_person,
        &erase_ident,   &erase_trait,   &erase_search, &erase_blob,     &erase_touch,
        &erase_step,    &erase_cadence, &erase_merge,  &erase_pair,     &erase_relation,
        &erase_import,  &erase_change,  &erase_job,    &erase_setting,  &erase_account,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        if (!DB_EXEC(tx, all[i], error, DB_INT(account_id))) {
            return false;
        }
    }
    return noun_row_clear(tx, account_id, error);
}
