/* Downloads of everything, and the page of kept backups. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "feature/store/store_view.h"
#include "net/http.h"
#include "page/html.h"
#include "page/usual.h"
#include "store_backups.tpl.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- exports ---- */

static const struct {
    const char *path;
    const char *format;
    const char *type;
    const char *ending;
} downloads[] = {{"ligature.json", "json", "application/json", "json"},
                 {"people-3.vcf", "vcard3", "text/vcard; charset=utf-8", "vcf"},
                 {"people.vcf", "vcard4", "text/vcard; charset=utf-8", "vcf"},
                 {"people.csv", "csv", "text/csv; charset=utf-8", "csv"}};

struct exporting {
    struct page *page;
    const char *format;
    GString *text;
};

static bool read_export(struct db_tx *tx, void *data, GError **error)
{
    struct exporting *exporting = data;
    struct book book = BOOK(tx, exporting->page->env, exporting->page->account_id);
    int64_t n = 0;
    g_string_truncate(exporting->text, 0);
    return store_export_text(&book, exporting->format, NULL, exporting->text, &n, error);
}

static void send_as(struct page *page, const char *type, const char *name)
{
    http_response_set_type(page->response, type);
    http_response_set_header(page->response, "Content-Disposition",
                             page_printf(page, "attachment; filename=\"%s\"", name));
    http_response_set_header(page->response, "Cache-Control", "no-store");
}

bool store_page_export(struct page *page, GError **error)
{
    const char *wanted = page_var(page, "file");
    for (size_t i = 0; i < G_N_ELEMENTS(downloads); i++) {
        if (g_strcmp0(wanted, downloads[i].path) != 0) {
            continue;
        }
        struct exporting exporting = {
            .page = page, .format = downloads[i].format, .text = g_string_new(NULL)};
        if (!db_read(page->db, "page export", read_export, &exporting, error)) {
            g_string_free(exporting.text, true);
            return false;
        }
        char day[DAY_TEXT];
        day_format(clock_today(&page->env->clock), day);
        send_as(page, downloads[i].type,
                page_printf(page, "ligature-%s.%s", day, downloads[i].ending));
        http_response_take_string(page->response, exporting.text);
        return true;
    }
    return refuse(error, "page.not_found",
                  "Exports are ligature.json, people.vcf, people-3.vcf and people.csv.");
}

/* ---- backups ---- */

/* "Tue 21 July, 09:00 UTC" */
static const char *when_words(struct page *page, const char *made_at)
{
    int64_t at = 0;
    if (made_at == NULL || !at_parse(made_at, &at)) {
        return "Made at an unknown time";
    }
    char text[AT_TEXT];
    at_format(at, text);
    g_autofree char *day = day_words((int32_t)(at / US_PER_DAY), clock_today(&page->env->clock));
    return page_printf(page, "%s, %.5s UTC", day, text + strlen("2026-07-21T"));
}

static int64_t people_in(const json_t *head)
{
    size_t index;
    json_t *account;
    int64_t n = 0;
    json_array_foreach((json_t *)json_object_get(head, "accounts"), index, account)
    {
        n += json_integer_value(json_object_get(account, "people"));
    }
    return n;
}

bool store_page_backups(struct page *page, GError **error)
{
    struct store_backups_view view = {.is_here = page->is_loopback, .refusal = page->refusal};
    g_autoptr(GArray) kept = store_kept_list(page->data_dir);
    struct store_backup_row *rows = page_room(page, struct store_backup_row, kept->len);
    (void)error;
    for (guint i = 0; i < kept->len; i++) {
        const struct store_kept *one = &g_array_index(kept, struct store_kept, i);
        rows[i] = (struct store_backup_row){
            .name = page_printf(page, "%s", one->name),
            .bytes = one->bytes,
            .people = people_in(one->head),
            .when = when_words(page, json_string_value(json_object_get(one->head, "made_at"))),
            .is_encrypted = json_is_true(json_object_get(one->head, "is_encrypted")),
            .href = page->is_loopback ? page_printf(page, "/backups/%s", one->name) : NULL,
            .pass_id = page_printf(page, "pass-%u", i)};
    }
    view.rows = rows;
    view.n_rows = kept->len;
    view.lead = page->backup != NULL ? page_printf(page, "%s.", page->backup) : NULL;
    view.passphrase = (struct part_field){
        .name = "passphrase",
        .label = "Passphrase, if you want one",
        .type = "password",
        .autocomplete = "new-password",
        .hint = "With a passphrase the file is encrypted. Without the passphrase nobody can read "
                "it, and it cannot be had again.",
        .error = page_refused(page, "passphrase")};
    page_frame(page, NAV_SETTINGS, "Backups", &view.frame);
    store_backups_render(page->out, &view);
    return true;
}

bool store_page_backup(struct page *page, GError **error)
{
    if (!page->is_loopback) {
        return refuse(
            error, "auth.loopback",
            "A backup holds every account. It can be downloaded only at the computer that Ligature "
            "runs on.");
    }
    const char *name = page_var(page, "name");
    g_autofree char *path = store_kept_path(page->data_dir, name != NULL ? name : "", error);
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    struct stat info;
    if (fd < 0 || fstat(fd, &info) != 0) {
        if (fd >= 0) {
            close(fd);
        }
        return path == NULL ? false : bug(error, "backup.unreadable", "The backup cannot be read.");
    }
    send_as(page, "application/octet-stream", name);
    http_response_take_fd(page->response, fd, (uint64_t)info.st_size);
    return true;
}
