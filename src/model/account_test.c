/* Accounts, sessions, tokens, passwords, limits, settings, photos, jobs. */
#include "model/account.h"

#include "model/attempt.h"
#include "model/blob.h"
#include "model/job.h"
#include "model/model_scratch.h"
#include "model/password.h"
#include "model/person.h"
#include "model/session.h"
#include "model/setting.h"
#include "model/token.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

STORY(accounts_have_names_of_their_own)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    struct account account;
    struct account_new wanted = {
        .name = "Amina@Northquay.example", .password_hash = "x", .is_admin = true};
    DO(account_create(tx, &scratch->env, &wanted, &id, error));
    REFUSES(account_create(tx, &scratch->env, &wanted, &id, error), "account.name_taken");
    wanted.name = "two words";
    REFUSES(account_create(tx, &scratch->env, &wanted, &id, error), "account.name_invalid");
    DO(account_find(tx, "AMINA@northquay.example", text, &account, error));
    CLAIM(account.is_admin && account.closed_at == AT_NONE);
    struct book theirs = BOOK(tx, &scratch->env, account.account_id);
    struct person_row self;
    DO(person_row_load(&theirs, account.self_person_id, text, &self, error));
    CLAIM(self.is_self);
    CLAIM_TEXT(self.name, "amina@northquay.example");
    REFUSES(account_find(tx, "nobody", text, &account, error), "account.not_found");
    int64_t before;
    int64_t after;
    DO(account_revision(tx, book.account_id, &before, error));
    DO(book_changed(&book, error));
    DO(book_changed(&book, error));
    DO(account_revision(tx, book.account_id, &after, error));
    CLAIM(after == before + 1);
    return true;
}

STORY(closing_ends_everything_and_erasing_comes_after_30_days)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    int n;
    char cookie[SESSION_COOKIE_TEXT];
    struct session session;
    struct account account;
    struct account_new wanted = {.name = "leaver"};
    DO(account_create(tx, &scratch->env, &wanted, &id, error));
    DO(session_start(tx, &scratch->env, id, "Firefox", cookie, error));
    DO(account_close(tx, &scratch->env, id, error));
    REFUSES(session_find(tx, &scratch->env, cookie, text, &session, error), "session.not_found");
    DO(account_erase_due(tx, &scratch->env, &n, error));
    CLAIM(n == 0);
    DO(account_reopen(tx, id, error));
    DO(account_close(tx, &scratch->env, id, error));
    model_scratch_wait(scratch, 30);
    DO(account_erase_due(tx, &scratch->env, &n, error));
    CLAIM(n == 1);
    REFUSES(account_load(tx, id, text, &account, error), "account.not_found");
    return true;
}

STORY(sessions_end_by_themselves)
{
    SCRATCH_BOOK(book, tx, data);
    char cookie[SESSION_COOKIE_TEXT];
    char other[SESSION_COOKIE_TEXT];
    struct session session;
    g_autoptr(GArray) sessions = g_array_new(FALSE, FALSE, sizeof(struct session));
    DO(session_start(tx, &scratch->env, book.account_id, "Firefox", cookie, error));
    DO(session_start(tx, &scratch->env, book.account_id, "Chromium", other, error));
    DO(session_find(tx, &scratch->env, cookie, text, &session, error));
    CLAIM(!session.needs_seen && session.account_id == book.account_id &&
          strlen(session.csrf) == 43);
    CLAIM(strstr(cookie, session.token_hash) == NULL);
    model_scratch_wait(scratch, 10);
    DO(session_find(tx, &scratch->env, cookie, text, &session, error));
    CLAIM(session.needs_seen);
    DO(session_seen(tx, &scratch->env, &session, error));
    model_scratch_wait(scratch, 10);
    DO(session_find(tx, &scratch->env, cookie, text, &session, error));
    REFUSES(session_find(tx, &scratch->env, other, text, &session, error), "session.not_found");
    DO(session_find(tx, &scratch->env, cookie, text, &session, error));
    DO(session_list(tx, &scratch->env, book.account_id, text, sessions, error));
    CLAIM(sessions->len == 1);
    cookie[20] = cookie[20] == 'A' ? 'B' : 'A';
    REFUSES(session_find(tx, &scratch->env, cookie, text, &session, error), "session.not_found");
    REFUSES(session_find(tx, &scratch->env, "", text, &session, error), "session.not_found");
    DO(session_end_all(tx, book.account_id, NULL, error));
    g_array_set_size(sessions, 0);
    DO(session_list(tx, &scratch->env, book.account_id, text, sessions, error));
    CLAIM(sessions->len == 0);
    return true;
}

STORY(tokens_are_found_and_revoked)
{
    SCRATCH_BOOK(book, tx, data);
    int64_t id;
    char secret[TOKEN_TEXT];
    struct token token;
    struct token_new wanted = {.name = "phone", .scopes = "write read", .expires_at = AT_NONE};
    DO(token_create(&book, &wanted, &id, secret, error));
    CLAIM(g_str_has_prefix(secret, "lig_"));
    DO(token_find(tx, &scratch->env, secret, text, &token, error));
    CLAIM_TEXT(token.scopes, "read write");
    CLAIM(token.used_at == AT_NONE && token.account_id == book.account_id);
    DO(token_used(tx, &scratch->env, &token, error));
    DO(token_revoke(&book, id, error));
    REFUSES(token_find(tx, &scratch->env, secret, text, &token, error), "token.not_found");
    REFUSES(token_find(tx, &scratch->env, "lig_nonsense", text, &token, error), "token.not_found");
    REFUSES(token_revoke(&book, 99, error), "token.not_found");
    wanted.scopes = "read root";
    REFUSES(token_create(&book, &wanted, &id, secret, error), "token.scope_unknown");
    wanted.scopes = "read";
    wanted.expires_at = book_now(&book) + 1;
    DO(token_create(&book, &wanted, &id, secret, error));
    model_scratch_wait(scratch, 1);
    REFUSES(token_find(tx, &scratch->env, secret, text, &token, error), "token.not_found");
    g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
    DO(token_list(&book, text, tokens, error));
    CLAIM(tokens->len == 2);
    return true;
}

STORY(settings_photos_and_jobs_are_kept)
{
    SCRATCH_BOOK(book, tx, data);
    const char *value;
    DO(setting_load(tx, book.account_id, "theme", text, &value, error));
    CLAIM(value == NULL);
    DO(setting_save(tx, book.account_id, "theme", "light", error));
    DO(setting_save(tx, book.account_id, "theme", "dark", error));
    DO(setting_load(tx, book.account_id, "theme", text, &value, error));
    CLAIM_TEXT(value, "dark");
    DO(setting_save(tx, book.account_id, "theme", NULL, error));
    DO(setting_load(tx, book.account_id, "theme", text, &value, error));
    CLAIM(value == NULL);
    static const unsigned char png[] = "\x89PNG\r\n\x1a\n rest";
    char digest[DIGEST_TEXT];
    g_autoptr(GBytes) bytes = NULL;
    int n;
    DO(blob_add(&book, png, sizeof png, digest, error));
    DO(blob_add(&book, png, sizeof png, digest, error));
    DO(blob_load(&book, digest, &bytes, &value, error));
    CLAIM(g_bytes_get_size(bytes) == sizeof png &&
          memcmp(g_bytes_get_data(bytes, NULL), png, sizeof png) == 0);
    CLAIM_TEXT(value, "image/png");
    REFUSES(blob_add(&book, "<html>", 6, digest, error), "blob.not_an_image");
    struct fact facts[] = {{.kind = FACT_NAME, .value = "X"},
                           {.kind = FACT_PHOTO, .value = digest}};
    int64_t person_id;
    DO(person_add(&book, facts, 2, NULL, &person_id, error));
    DO(blob_sweep(&book, &n, error));
    CLAIM(n == 0);
    DO(person_erase(&book, person_id, error));
    DO(blob_sweep(&book, &n, error));
    CLAIM(n == 1);
    int64_t job_id;
    struct job job;
    DO(job_add(&book, "import.apply", &job_id, error));
    DO(job_progress(&book, job_id, 5, 10, "matching", error));
    DO(job_load(&book, job_id, text, &job, error));
    CLAIM(job.done == 5 && job.total == 10 && job.ended_at == AT_NONE);
    DO(job_sweep(&book, &n, error));
    CLAIM(n == 1);
    DO(job_end(&book, job_id, "done", "{}", error));
    DO(job_load(&book, job_id, text, &job, error));
    CLAIM_TEXT(job.state, "failed");
    return true;
}

static void passwords_fit_or_not(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *hash = password_hash("three small words", &error);
    assert_non_null(hash);
    assert_true(g_str_has_prefix(hash, "$argon2id$"));
    assert_true(password_fits(hash, "three small words"));
    assert_false(password_fits(hash, "three small word"));
    assert_false(password_fits(NULL, "three small words"));
    assert_null(password_hash("short", &error));
    assert_true(error_has_code(error, "password.too_short"));
}

static void guessing_is_slowed(void **state)
{
    struct clock clock = {.fixed_at = 1000 * US_PER_SECOND};
    struct attempts *attempts = attempts_new(&clock);
    int wait;
    for (int i = 0; i < 5; i++) {
        assert_true(attempts_allow(attempts, "me", "192.0.2.1", &wait));
        attempts_failed(attempts, "me", "192.0.2.1");
    }
    assert_false(attempts_allow(attempts, "me", "192.0.2.9", &wait));
    assert_int_equal(wait, 15);
    assert_false(attempts_allow(attempts, "you", "192.0.2.1", &wait));
    assert_true(attempts_allow(attempts, "you", "192.0.2.9", &wait));
    clock.fixed_at += 15 * US_PER_SECOND;
    assert_true(attempts_allow(attempts, "me", "192.0.2.1", &wait));
    attempts_failed(attempts, "me", "192.0.2.1");
    assert_false(attempts_allow(attempts, "me", "192.0.2.1", &wait));
    assert_int_equal(wait, 30);
    attempts_passed(attempts, "me");
    assert_true(attempts_allow(attempts, "me", "192.0.2.9", &wait));
    clock.fixed_at += 3601 * US_PER_SECOND;
    assert_true(attempts_allow(attempts, "me", "192.0.2.1", &wait));
    attempts_free(attempts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accounts_have_names_of_their_own),
        cmocka_unit_test(closing_ends_everything_and_erasing_comes_after_30_days),
        cmocka_unit_test(sessions_end_by_themselves),
        cmocka_unit_test(tokens_are_found_and_revoked),
        cmocka_unit_test(settings_photos_and_jobs_are_kept),
        cmocka_unit_test(passwords_fit_or_not),
        cmocka_unit_test(guessing_is_slowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
