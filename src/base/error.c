/* Two domains of GError say whose fault it was; the GError's code is the quark of the stable code,
 * so that a code needs no central list and comparing two is one integer. Nothing is logged here:
 * the layer that knows the request does that, once. */
#include "base/error.h"

GQuark error_theirs(void)
{
    return g_quark_from_static_string("ligature-refused");
}

GQuark error_ours(void)
{
    return g_quark_from_static_string("ligature-bug");
}

/* Fills *error; the first error wins when a caller forgot to look, because it names the cause. */
static void fill(GError **error, GQuark domain, const char *code, const char *format, va_list args)
{
    if (error == NULL || *error != NULL) {
        return;
    }
    g_autofree char *message = g_strdup_vprintf(format, args);
    *error = g_error_new_literal(domain, (int)g_quark_from_string(code), message);
}

bool refuse(GError **error, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(error, error_theirs(), code, format, args);
    va_end(args);
    return false;
}

bool bug(GError **error, const char *code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(error, error_ours(), code, format, args);
    va_end(args);
    return false;
}

/* True for errors that refuse() or bug() made. */
static bool is_own(const GError *error)
{
    return error != NULL && (error->domain == error_theirs() || error->domain == error_ours());
}

const char *error_code(const GError *error)
{
    const char *code = is_own(error) ? g_quark_to_string((GQuark)error->code) : NULL;
    return code != NULL ? code : "internal";
}

bool error_is_theirs(const GError *error)
{
    return error != NULL && error->domain == error_theirs();
}

bool error_has_code(const GError *error, const char *code)
{
    return is_own(error) && g_quark_try_string(code) == (GQuark)error->code;
}
