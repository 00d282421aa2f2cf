/* One parameter's value: what a face received, made canonical, or a sentence that names the remedy.
 * Faces that only know text (command line, forms) and faces that know JSON go through the same
 * readers, so that "3" and 3 mean the same. */
#include "action/value.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "action/words.h"
#include "base/money.h"

#define TEXT_MAX 10000

/* ---- money and spans ---- */

bool value_span(const char *text, int64_t *days_out)
{
    static const struct {
        const char *unit;
        int days;
    } units[] = {
        {"", 1},     {"d", 1},      {"day", 1},     {"days", 1},   {"w", 7},
        {"week", 7}, {"weeks", 7},  {"m", 30},      {"month", 30}, {"months", 30},
        {"y", 365},  {"year", 365}, {"years", 365},
    };
    char *end;
    errno = 0;
    long long count = strtoll(text, &end, 10);
    if (end == text || errno != 0 || count < 0 || count > 100000) {
        return false;
    }
    while (*end == ' ') {
        end++;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (g_ascii_strcasecmp(end, units[i].unit) == 0) {
            *days_out = count * units[i].days;
            return true;
        }
    }
    return false;
}

bool value_money(const char *text, int64_t *cents_out, char currency_out[static 4])
{
    struct money money;
    if (!money_parse(text, "USD", &money)) {
        return false;
    }
    *cents_out = money.cents;
    memcpy(currency_out, money.currency, sizeof money.currency);
    return true;
}

/* ---- readers, one per type ---- */

static json_t *refused(char **sentence_out, const char *sentence)
{
    *sentence_out = g_strdup(sentence);
    return NULL;
}

/* Control characters but newline and tab go; a line end of a form is one newline; blanks at the
 * ends go. */
static char *tidy(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        if (letter == '\r' || (g_unichar_iscntrl(letter) && letter != '\n' && letter != '\t')) {
            continue;
        }
        g_string_append_len(out, at, g_utf8_next_char(at) - at);
    }
    return g_strstrip(g_string_free(out, FALSE));
}

static json_t *parse_text(const struct param *param, const json_t *raw, char **sentence_out)
{
    if (!json_is_string(raw)) {
        return refused(sentence_out, "Give text here.");
    }
    bool is_secret = param->type == PARAM_SECRET;
    g_autofree char *text =
        is_secret ? g_strdup(json_string_value(raw)) : tidy(json_string_value(raw));
    int64_t length = g_utf8_strlen(text, -1);
    int64_t most = param->max > 0 ? param->max : TEXT_MAX;
    if (length > most) {
        *sentence_out = g_strdup_printf("This has %" G_GINT64_FORMAT " letters; %" G_GINT64_FORMAT
                                        " are the most.",
                                        length, most);
        return NULL;
    }
    if (length < param->min) {
        *sentence_out =
            g_strdup_printf("This needs at least %" G_GINT64_FORMAT " letters.", param->min);
        return NULL;
    }
    if (length == 0) {
        return (param->flags & PARAM_REQUIRED) != 0 ? refused(sentence_out, "This is needed.")
                                                    : NULL;
    }
    return json_string(text);
}

static bool is_bounded(const struct param *param)
{
    return param->min != 0 || param->max != 0;
}

static json_t *parse_int(const struct param *param, const json_t *raw, char **sentence_out)
{
    int64_t number = json_integer_value(raw);
    if (json_is_string(raw)) {
        char *end;
        const char *text = json_string_value(raw);
        errno = 0;
        number = g_ascii_strtoll(text, &end, 10);
        if (end == text || *end != '\0' || errno != 0) {
            return refused(sentence_out, "This is not a whole number.");
        }
    } else if (!json_is_integer(raw)) {
        return refused(sentence_out, "This is not a whole number.");
    }
    if (is_bounded(param) && (number < param->min || number > param->max)) {
        *sentence_out =
            g_strdup_printf("Give a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
                            param->min, param->max);
        return NULL;
    }
    return json_integer(number);
}

static json_t *parse_real(const struct param *param, const json_t *raw, char **sentence_out)
{
    double number = json_number_value(raw);
    if (json_is_string(raw)) {
        char *end;
        const char *text = json_string_value(raw);
        number = g_ascii_strtod(text, &end);
        if (end == text || *end != '\0') {
            return refused(sentence_out, "This is not a number.");
        }
    } else if (!json_is_number(raw)) {
        return refused(sentence_out, "This is not a number.");
    }
    if (!isfinite(number)) {
        return refused(sentence_out, "This is not a number.");
    }
    if (is_bounded(param) && (number < (double)param->min || number > (double)param->max)) {
        *sentence_out =
            g_strdup_printf("Give a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
                            param->min, param->max);
        return NULL;
    }
    return json_real(number);
}

static json_t *parse_bool(const json_t *raw, char **sentence_out)
{
    if (json_is_boolean(raw)) {
        return json_boolean(json_is_true(raw));
    }
    const char *text = json_string_value(raw);
    static const char *const yes[] = {"1", "true", "yes", "on", NULL};
    static const char *const no[] = {"0", "false", "no", "off", NULL};
    if (text != NULL && g_strv_contains(yes, text)) {
        return json_true();
    }
    if (text != NULL && g_strv_contains(no, text)) {
        return json_false();
    }
    return refused(sentence_out, "Say true or false.");
}

static json_t *parse_id(const json_t *raw, char **sentence_out)
{
    int64_t id = json_integer_value(raw);
    const char *text = json_string_value(raw);
    if (text != NULL && !id_parse(text, &id)) {
        char *end;
        errno = 0;
        id = g_ascii_isdigit(text[0]) ? g_ascii_strtoll(text, &end, 10) : 0;
        if (id <= 0 || errno != 0 || *end != '\0') {
            return refused(sentence_out,
                           "This is not an id. Ids have 13 letters, as a list shows them.");
        }
    } else if (text == NULL && (!json_is_integer(raw) || id <= 0)) {
        return refused(sentence_out,
                       "This is not an id. Ids have 13 letters, as a list shows them.");
    }
    return json_id(id);
}

static json_t *parse_day(const json_t *raw, const struct env *env, char **sentence_out)
{
    int32_t day;
    const char *text = json_string_value(raw);
    if (text == NULL || !value_day(text, clock_today(&env->clock), &day)) {
        return refused(sentence_out, "This is not a day. Write it as 2026-07-21, or today, "
                                     "yesterday, last tuesday, 3 days ago.");
    }
    return json_day(day);
}

static json_t *parse_at(const json_t *raw, char **sentence_out)
{
    int64_t at;
    const char *text = json_string_value(raw);
    if (text == NULL || !at_parse(text, &at)) {
        return refused(sentence_out, "This is not an instant. Write it as 2026-07-21T09:42:00Z.");
    }
    return json_at(at);
}

static json_t *parse_span(const struct param *param, const json_t *raw, char **sentence_out)
{
    int64_t days = json_integer_value(raw);
    const char *text = json_string_value(raw);
    if (text != NULL ? !value_span(text, &days) : (!json_is_integer(raw) || days < 0)) {
        return refused(sentence_out,
                       "This is not a length of time. Write it as 90d, 6w, 3m or 1y.");
    }
    if (is_bounded(param) && (days < param->min || days > param->max)) {
        *sentence_out = g_strdup_printf("Give %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " days.",
                                        param->min, param->max);
        return NULL;
    }
    return json_integer(days);
}

static json_t *parse_money(const json_t *raw, char **sentence_out)
{
    int64_t cents = 0;
    char currency[4] = "USD";
    bool is_sound = false;
    if (json_is_string(raw)) {
        is_sound = value_money(json_string_value(raw), &cents, currency);
    } else if (json_is_number(raw)) {
        double units = json_number_value(raw);
        cents = units >= 0 && units < 1e12 ? (int64_t)llround(units * 100) : 0;
        is_sound = units >= 0 && units < 1e12;
    } else if (json_is_object(raw)) {
        const char *code = json_string_value(json_object_get(raw, "currency"));
        const json_t *amount = json_object_get(raw, "cents");
        cents = json_integer_value(amount);
        is_sound = json_is_integer(amount) && cents >= 0 && (code == NULL || strlen(code) == 3);
        if (is_sound && code != NULL) {
            memcpy(currency, code, 4);
        }
    }
    if (!is_sound) {
        return refused(sentence_out, "This is not an amount. Write it as 45, $45 or 1250 EUR.");
    }
    return json_pack("{s:I, s:s}", "cents", (json_int_t)cents, "currency", currency);
}

static json_t *parse_choice(const struct param *param, const json_t *raw, char **sentence_out)
{
    const char *text = json_string_value(raw);
    for (const char *const *choice = param->choices; text != NULL && *choice != NULL; choice++) {
        if (strcmp(*choice, text) == 0) {
            return json_string(text);
        }
    }
    g_autofree char *all = g_strjoinv(", ", (char **)param->choices);
    const char *nearest = text != NULL ? words_nearest(text, param->choices) : NULL;
    *sentence_out =
        nearest != NULL
            ? g_strdup_printf("There is no such choice; did you mean %s? There are: %s.", nearest,
                              all)
            : g_strdup_printf("Choose one of: %s.", all);
    return NULL;
}

static json_t *parse_json(const json_t *raw, char **sentence_out)
{
    if (!json_is_string(raw)) {
        return json_deep_copy(raw);
    }
    json_error_t trouble;
    json_t *value =
        json_loads(json_string_value(raw), JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &trouble);
    if (value == NULL) {
        *sentence_out = g_strdup_printf("This is not JSON (line %d, column %d: %s).", trouble.line,
                                        trouble.column, trouble.text);
    }
    return value;
}

json_t *value_parse(const struct param *param, const json_t *raw, const struct env *env,
                    char **sentence_out)
{
    switch (param->type) {
    case PARAM_TEXT:
    case PARAM_SECRET: return parse_text(param, raw, sentence_out);
    case PARAM_INT: return parse_int(param, raw, sentence_out);
    case PARAM_REAL: return parse_real(param, raw, sentence_out);
    case PARAM_BOOL: return parse_bool(raw, sentence_out);
    case PARAM_ID: return parse_id(raw, sentence_out);
    case PARAM_DAY: return parse_day(raw, env, sentence_out);
    case PARAM_AT: return parse_at(raw, sentence_out);
    case PARAM_SPAN: return parse_span(param, raw, sentence_out);
    case PARAM_MONEY: return parse_money(raw, sentence_out);
    case PARAM_CHOICE: return parse_choice(param, raw, sentence_out);
    case PARAM_JSON: return parse_json(raw, sentence_out);
    case PARAM_FILE:
    case PARAM_NONE: break;
    }
    return refused(sentence_out, "This cannot be given here.");
}
