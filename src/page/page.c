/* What handlers ask of their page. */
#include "page/page.h"

#include "base/id.h"
#include "net/http_params.h"
#include "net/http_router.h"

const char *page_var(const struct page *page, const char *name)
{
    return page->vars != NULL ? http_match_var(page->vars, name) : NULL;
}

const char *page_query(const struct page *page, const char *name)
{
    return page->query != NULL ? http_params_get(page->query, name) : NULL;
}

int64_t page_var_id(const struct page *page, const char *name)
{
    int64_t id;
    return id_parse(page_var(page, name), &id) ? id : 0;
}

char *page_keep(struct page *page, char *owned)
{
    g_ptr_array_add(page->keep, owned);
    return owned;
}

char *page_printf(struct page *page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return page_keep(page, text);
}

bool page_redirect(struct page *page, const char *path)
{
    page->location = page_printf(page, "%s", path);
    page->status = 303;
    return true;
}
