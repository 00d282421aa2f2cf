/* Fuzz target: queries, forms and cookies, and that what is written reads back the same. */
#include "net/http_params.h"
#include "net/http_path.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim) {
        abort();
    }
}

/* Writes params as a query, parses that, and expects the same pairs. */
static void round_trip(const struct http_params *params)
{
    GString *text = g_string_new(NULL);
    struct http_params again = {0};

    for (int i = 0; i < params->n; i++) {
        must(strlen(params->items[i].value) == params->items[i].value_len);
        must(g_utf8_validate(params->items[i].name, -1, NULL)
             && g_utf8_validate(params->items[i].value, -1, NULL));
        http_params_write(text, params->items[i].name, params->items[i].value);
    }
    must(http_params_parse(&again, text->str, text->len, NULL));
    must(again.n == params->n);
    for (int i = 0; i < params->n; i++) {
        must(strcmp(again.items[i].name, params->items[i].name) == 0);
        must(strcmp(again.items[i].value, params->items[i].value) == 0);
    }
    http_params_clear(&again);
    g_string_free(text, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_params query = {0};
    struct http_params cookies = {0};
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autofree char *raw = NULL;
    g_autofree char *plain = NULL;

    if (http_params_parse(&query, (const char *)data, size, NULL)) {
        round_trip(&query);
    }
    http_params_parse_cookies(&cookies, text);
    for (int i = 0; i < cookies.n; i++) {
        must(cookies.items[i].name[0] != '\0');
    }
    if (http_path_normal(text, strlen(text), &raw, &plain)) {
        must(raw[0] == '/' && plain[0] == '/');
        must(strstr(raw, "/../") == NULL && strstr(plain, "/../") == NULL
             && strstr(raw, "//") == NULL);
        must(g_utf8_validate(plain, -1, NULL));
    }
    http_params_clear(&query);
    http_params_clear(&cookies);
    return 0;
}
