/* Tables of property and parameter names. The rows come from vcard_names.h; a duplicate slot there
 * is a compiler warning
 * (-Woverride-init), a wrong one is found by vcard_name_test. */
#include "codec/vcard_private.h"

const struct vcard_name_row vcard_name_rows[N_VCARD_NAME] = {
#define VCARD_NAME_ROW(name, string, how, slot) \
    [VCARD_##name] = { .text = string, .len = sizeof string - 1, .shape = VCARD_SHAPE_##how },
    VCARD_NAMES(VCARD_NAME_ROW)
#undef VCARD_NAME_ROW
};

const uint8_t vcard_name_slots[VCARD_NAME_SLOTS] = {
#define VCARD_NAME_SLOT(name, string, how, slot) [slot] = VCARD_##name,
    VCARD_NAMES(VCARD_NAME_SLOT)
#undef VCARD_NAME_SLOT
};

static const struct {
    const char *text;
    enum vcard_param_name id;
} params[] = {
    { "TYPE", VCARD_PARAM_TYPE },
    { "PREF", VCARD_PARAM_PREF },
    { "VALUE", VCARD_PARAM_VALUE },
    { "ENCODING", VCARD_PARAM_ENCODING },
    { "CHARSET", VCARD_PARAM_CHARSET },
    { "LANGUAGE", VCARD_PARAM_LANGUAGE },
    { "LABEL", VCARD_PARAM_LABEL },
    { "MEDIATYPE", VCARD_PARAM_MEDIATYPE },
    { "X-APPLE-OMIT-YEAR", VCARD_PARAM_OMIT_YEAR },
};

/* Parameters of 2.1 that stand without their name and are no type. */
static const struct {
    const char *text;
    enum vcard_param_name id;
} bare[] = {
    { "QUOTED-PRINTABLE", VCARD_PARAM_ENCODING },
    { "BASE64", VCARD_PARAM_ENCODING },
    { "B", VCARD_PARAM_ENCODING },
    { "8BIT", VCARD_PARAM_ENCODING },
    { "7BIT", VCARD_PARAM_ENCODING },
    { "INLINE", VCARD_PARAM_VALUE },
    { "URL", VCARD_PARAM_VALUE },
    { "CID", VCARD_PARAM_VALUE },
    { "CONTENT-ID", VCARD_PARAM_VALUE },
};

enum vcard_param_name vcard_param_find(const char *at, size_t len)
{
    if (len == 4 && vcard_name_word(at, len, false) == UINT64_C(0x45505954)) {  /* "TYPE" */
        return VCARD_PARAM_TYPE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(params); i++) {
        if (strlen(params[i].text) == len && g_ascii_strncasecmp(at, params[i].text, len) == 0) {
            return params[i].id;
        }
    }
    return VCARD_PARAM_OTHER;
}

enum vcard_param_name vcard_param_bare(const char *at, size_t len)
{
    for (size_t i = 0; i < G_N_ELEMENTS(bare); i++) {
        if (strlen(bare[i].text) == len && g_ascii_strncasecmp(at, bare[i].text, len) == 0) {
            return bare[i].id;
        }
    }
    return VCARD_PARAM_TYPE;
}

struct vcard_span vcard_param_text(enum vcard_param_name id)
{
    for (size_t i = 0; i < G_N_ELEMENTS(params); i++) {
        if (params[i].id == id) {
            return (struct vcard_span){ params[i].text, strlen(params[i].text) };
        }
    }
    return (struct vcard_span){ "", 0 };
}
