/* What a form did is told by the page after it. It travels in a cookie for a minute at most, sealed
 * with the session's form token, so that several servers need not know of each other and no other
 * page can put words into ours. */
#include "page/site.h"

#include <string.h>

#define FLASH_COOKIE "ligature_said"
#define TEXT_MAX 400
#define SEAL_LEN 32

static char *seal(const char *csrf, const char *text)
{
    char *mac =
        g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)csrf, strlen(csrf), text, -1);
    mac[SEAL_LEN] = '\0';
    return mac;
}

bool flash_is_waiting(const struct http_request *request)
{
    return http_request_cookie(request, FLASH_COOKIE) != NULL;
}

void flash_set(const struct site *site, struct http_response *response, const struct viewer *viewer,
               const json_t *result)
{
    const char *message = json_string_value(json_object_get(result, "message"));
    if (message == NULL || message[0] == '\0' || viewer->csrf == NULL) {
        return;
    }
    const json_t *undo = json_object_get(result, "undo");
    const char *action = json_string_value(json_object_get(undo, "action"));
    const char *id = json_string_value(json_object_get(undo, "id"));
    if (undo == NULL && json_is_string(json_object_get(result, "change_id"))) {
        action = "change.undo";
        id = json_string_value(json_object_get(result, "change_id"));
    }
    g_autofree char *text = g_utf8_substring(message, 0, MIN(g_utf8_strlen(message, -1), TEXT_MAX));
    json_t *said = json_pack("{s:s}", "t", text);
    if (action != NULL && action_find(site->options.actions, action) != NULL) {
        json_object_set_new(said, "a", json_string(action));
        json_object_set_new(said, "i", json_text(id));
    }
    if (json_is_string(json_object_get(result, "token"))) {
        json_object_set(said, "k", json_object_get(result, "token"));
    }
    char *plain = json_dumps(said, JSON_COMPACT);
    json_decref(said);
    g_autofree char *coded = g_base64_encode((const guchar *)plain, strlen(plain));
    free(plain);
    g_strdelimit(coded, "+", '-');
    g_strdelimit(coded, "/", '_');
    coded[strcspn(coded, "=")] = '\0';
    g_autofree char *mac = seal(viewer->csrf, coded);
    g_autofree char *value = g_strdup_printf("%s.%s", mac, coded);
    const struct http_cookie cookie = {
        .name = FLASH_COOKIE, .value = value, .max_age = 60, .is_secure = site->options.is_secure};
    http_response_set_cookie(response, &cookie);
}

/* The JSON of a sealed value, NULL when it is not ours. New reference. */
static json_t *open_sealed(const char *value, const char *csrf)
{
    if (strlen(value) <= SEAL_LEN || value[SEAL_LEN] != '.') {
        return NULL;
    }
    const char *coded = value + SEAL_LEN + 1;
    g_autofree char *mac = seal(csrf, coded);
    if (strncmp(mac, value, SEAL_LEN) != 0) {
        return NULL;
    }
    g_autofree char *padded = g_strconcat(coded, &"==="[3 - (4 - strlen(coded) % 4) % 4], NULL);
    g_strdelimit(padded, "-", '+');
    g_strdelimit(padded, "_", '/');
    gsize length;
    g_autofree guchar *plain = g_base64_decode(padded, &length);
    return json_loadb((const char *)plain, length, 0, NULL);
}

void flash_take(const struct site *site, const struct http_request *request,
                struct http_response *response, const struct viewer *viewer,
                struct frame_toast *toast_out, GPtrArray *keep)
{
    const char *value = http_request_cookie(request, FLASH_COOKIE);
    if (value == NULL || viewer->csrf == NULL) {
        return;
    }
    const struct http_cookie gone = {
        .name = FLASH_COOKIE, .value = "", .max_age = -1, .is_secure = site->options.is_secure};
    http_response_set_cookie(response, &gone);
    json_t *said = open_sealed(value, viewer->csrf);
    if (said == NULL) {
        return;
    }
    const char *action = json_string_value(json_object_get(said, "a"));
    char *text = g_strdup(json_string_value(json_object_get(said, "t")));
    g_ptr_array_add(keep, text);
    toast_out->text = text;
    if (json_is_string(json_object_get(said, "k"))) {
        char *secret = g_strdup(json_string_value(json_object_get(said, "k")));
        g_ptr_array_add(keep, secret);
        toast_out->secret = secret;
    }
    if (action != NULL) {
        char *href = g_strdup_printf("/do/%s", action);
        char *id = g_strdup(json_string_value(json_object_get(said, "i")));
        g_ptr_array_add(keep, href);
        g_ptr_array_add(keep, id);
        toast_out->undo_href = href;
        toast_out->undo_value = id;
    }
    json_decref(said);
}
