/* The settings page. Many forms stand on it, so what was typed and refused goes back only to the
 * form it came from. */
#include "feature/settings/settings_parts.h"

#include "base/error.h"
#include "model/account.h"
#include "model/person.h"
#include "model/setting.h"
#include "net/http.h"
#include "page/html.h"
#include "page/usual.h"
#include "settings.tpl.h"

#include <string.h>

/* The action whose form was refused; NULL: none was. */
static const char *refused_form(const struct page *page)
{
    const char *path = page->status != 200 ? http_request_path(page->request) : NULL;
    return path != NULL && g_str_has_prefix(path, "/do/") ? path + strlen("/do/") : NULL;
}

struct wanted {
    const char *form;
    const char *name;
    const char *id;
    const char *label;
    const char *value;
};

static struct part_field field_of(const struct page *page, const struct settings_view *view,
                                  struct wanted wanted)
{
    bool is_it = g_strcmp0(view->refused_form, wanted.form) == 0;
    const char *typed = is_it ? json_string_value(json_object_get(page->typed, wanted.name)) : NULL;
    return (struct part_field){
        .name = wanted.name,
        .id = wanted.id,
        .label = wanted.label,
        .value = typed != NULL ? typed : wanted.value,
        .error = is_it ? json_string_value(json_object_get(page->refusals, wanted.name)) : NULL};
}

#define FIELD(form_, name_, id_, label_, value_)                                                   \
    field_of(                                                                                      \
        page, view,                                                                                \
        (struct wanted){                                                                           \
            .form = (form_), .name = (name_), .id = (id_), .label = (label_), .value = (value_)})

/* A password: what was typed is never sent back. */
static struct part_field secret_of(const struct page *page, const struct settings_view *view,
                                   struct wanted wanted)
{
    struct part_field field = field_of(page, view, wanted);
    field.type = "password";
    field.value = NULL;
    return field;
}

static void fill_account(struct page *page, const struct account *account,
                         struct settings_view *view)
{
    char id[ID_TEXT];
    bool is_unnamed = strcmp(account->name, account->display_name) == 0;
    view->sign_in_name = page_printf(page, "%s", account->name);
    view->has_password = account->password != NULL;
    view->self_href = page_printf(page, "/people/%s", id_format(account->self_person_id, id));
    view->display_name =
        FIELD("account.rename", "display_name", "display-name", "Your name as shown",
              is_unnamed ? page->account_name : page_printf(page, "%s", account->display_name));
    view->display_name.autocomplete = "name";
    view->current = secret_of(page, view,
                              (struct wanted){"account.password", "current", "current-password",
                                              "Present password", NULL});
    view->current.autocomplete = "current-password";
    view->password = secret_of(
        page, view,
        (struct wanted){"account.password", "password", "new-password", "New password", NULL});
    view->password.autocomplete = "new-password";
    view->password.is_required = true;
    view->password.hint = "Every browser, this one too, then signs in with it.";
}

static bool fill_looks(struct page *page, struct book *book, struct settings_view *view,
                       GError **error)
{
    static const char *const themes[][2] = {
        {"system", "As the system has it"}, {"light", "Light"}, {"dark", "Dark"}};
    static const char *const keys[][2] = {{"on", "On"}, {"off", "Off"}};
    struct part_option *theme_options = page_room(page, struct part_option, 3);
    struct part_option *key_options = page_room(page, struct part_option, 2);
    g_autoptr(GStringChunk) text = g_string_chunk_new(64);
    const char *theme = NULL;
    if (!setting_load(book->tx, book->account_id, "theme", text, &theme, error)) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        theme_options[i] =
            (struct part_option){themes[i][0], themes[i][1], g_strcmp0(theme, themes[i][0]) == 0};
    }
    for (size_t i = 0; i < 2; i++) {
        key_options[i] =
            (struct part_option){keys[i][0], keys[i][1], page->has_no_keys == (i == 1)};
    }
    view->theme = (struct part_field){.name = "theme",
                                      .label = "Light or dark",
                                      .type = "select",
                                      .options = theme_options,
                                      .n_options = 3};
    view->keys = (struct part_field){
        .name = "keys",
        .label = "Single-letter keys",
        .type = "select",
        .options = key_options,
        .n_options = 2,
        .hint = "j, k, x, n and the others. They never act while you type in a field."};
    return true;
}

static void fill_forms(struct page *page, struct settings_view *view)
{
    bool is_token = g_strcmp0(view->refused_form, "token.add") == 0;
    view->token_name = FIELD("token.add", "name", "token-name", "What is it for", NULL);
    view->token_name.is_required = true;
    view->token_expires = FIELD("token.add", "expires", "token-expires", "Ends after", "1y");
    view->token_expires.hint = "30d, 12w, 6m or 1y. Empty: when you revoke it.";
    view->token_refusal = is_token ? page_refused(page, "scope") : NULL;
    view->account_name = FIELD("account.add", "name", "account-name", "Sign-in name", NULL);
    view->account_name.is_required = true;
    view->account_name.hint = "Letters, digits and . _ - @ +";
    view->account_shown =
        FIELD("account.add", "display_name", "account-shown", "Name as shown", NULL);
    view->account_password = secret_of(
        page, view,
        (struct wanted){"account.add", "password", "account-password", "First password", NULL});
    view->account_password.autocomplete = "new-password";
    view->account_admin =
        FIELD("account.add", "admin", "account-admin", "May manage accounts and backups", NULL);
    view->account_admin.type = "checkbox";
    view->account_admin.is_checked = view->account_admin.value != NULL;
}

static void fill_about(struct page *page, const struct account *account, struct settings_view *view)
{
    view->version = LIGATURE_VERSION;
    view->data_dir = page->is_admin ? page->data_dir : NULL;
    view->engine =
        db_engine(page->db) == DB_SQLITE ? "one SQLite file" : "and a PostgreSQL database";
    view->revision = account->revision;
    view->backup_words = page->backup == NULL ? "The administrator of this store makes the backups."
                         : strcmp(page->backup, "No backup yet") == 0
                             ? "There is no backup yet."
                             : page_printf(page, "%s.", page->backup);
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct settings_view view = {
        .is_admin = page->is_admin, .refused_form = refused_form(page), .refusal = page->refusal};
    struct account account;
    if (!account_load(tx, page->account_id, text, &account, error) ||
        !person_count(&book, &view.n_people, error) || !fill_looks(page, &book, &view, error) ||
        !settings_fill_tokens(page, &book, &view, error) ||
        !settings_fill_sessions(page, &book, &view, error) ||
        !settings_fill_accounts(page, &book, &view, error) ||
        !settings_fill_gone(page, &book, &view, error)) {
        return false;
    }
    page_frame(page, NAV_SETTINGS, "Settings", &view.frame);
    view.frame.is_two = true;
    fill_account(page, &account, &view);
    fill_forms(page, &view);
    fill_about(page, &account, &view);
    settings_render(page->out, &view);
    return true;
}

bool settings_page(struct page *page, GError **error)
{
    return db_read(page->db, "page settings", show, page, error);
}
