/* What Evolution's library reads in a vCard file, for test_vcard_peers.py: one line per attribute,
 *
 *     name TAB group TAB LABEL,LABEL TAB value US value...         (US: byte 0x1F; line feeds as
 * \n; bytes as hex:...)
 *
 * and a line "--" behind each card. Compiled by the test, where libebook-contacts is installed. */
#include <libebook-contacts/libebook-contacts.h>
#include <stdio.h>
#include <string.h>

static void print_text(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            fputs("\\n", stdout);
        } else {
            putchar(*text);
        }
    }
}

static void print_attribute(EVCardAttribute *attribute)
{
    const char *group = e_vcard_attribute_get_group(attribute);
    printf("%s\t%s\t", e_vcard_attribute_get_name(attribute), group != NULL ? group : "");
    for (GList *type = e_vcard_attribute_get_param(attribute, EVC_TYPE); type != NULL;
         type = type->next) {
        printf("%s%s", (const char *)type->data, type->next != NULL ? "," : "");
    }
    putchar('\t');
    if (e_vcard_attribute_get_param(attribute, EVC_ENCODING) != NULL) {
        GString *bytes = e_vcard_attribute_get_value_decoded(attribute);
        fputs("hex:", stdout);
        for (gsize i = 0; bytes != NULL && i < bytes->len; i++) {
            printf("%02x", (unsigned char)bytes->str[i]);
        }
        if (bytes != NULL) {
            g_string_free(bytes, TRUE);
        }
    } else {
        for (GList *value = e_vcard_attribute_get_values(attribute); value != NULL;
             value = value->next) {
            print_text(value->data);
            if (value->next != NULL) {
                putchar('\x1F');
            }
        }
    }
    putchar('\n');
}

int main(int argc, char **argv)
{
    g_autofree char *text = NULL;
    if (argc != 2 || !g_file_get_contents(argv[1], &text, NULL, NULL)) {
        return 2;
    }
    for (char *at = text; (at = strstr(at, "BEGIN:VCARD")) != NULL;) {
        char *end = strstr(at, "\r\nEND:VCARD\r\n");
        if (end == NULL) {
            return 1;
        }
        end += strlen("\r\nEND:VCARD\r\n");
        g_autofree char *one = g_strndup(at, (gsize)(end - at));
        EVCard *card = e_vcard_new_from_string(one);
        for (GList *each = e_vcard_get_attributes(card); each != NULL; each = each->next) {
            print_attribute(each->data);
        }
        g_object_unref(card);
        puts("--");
        at = end;
    }
    return 0;
}
