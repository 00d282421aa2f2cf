/* Values: escapes, fields, lists, labels, dates, bytes, charsets. One claim each, from RFC 6350,
 * 2426, 6868 and vCard 2.1. */
#include "codec/vcard_sample.h"

static void text_is_unescaped(void **state)
{
    static const char *const rows[][3] = {
        { "3.0", "NOTE:a\\nb\\Nc", "a\nb\nc" },
        { "4.0", "NOTE:a\\,b\\;c\\\\d", "a,b;c\\d" },
        { "3.0", "NOTE:http\\://x", "http://x" },
        { "4.0", "NOTE:plain; text, as it is", "plain; text, as it is" },
        { "4.0", "NOTE:C:\\temp\\", "C:\\temp\\" },
        { "4.0", "NOTE:\\\\n is no line break", "\\n is no line break" },
        { "2.1", "NOTE;QUOTED-PRINTABLE:C:\\new=0Aline", "C:\\new\nline" },
        { "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:a\\;b=3Bc", "a;b;c" },
        { "2.1", "NOTE;ENCODING=quoted-printable:1=2", "1=2" },
        { "3.0", "NOTE;ENCODING=b:R3LDvMOfZQ==", "Grüße" },
        { "3.0", "NOTE:", "" },
        { "3.0", "NOTE:tab\there", "tab\there" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample sample;
        sample_card(&sample, rows[i][0], rows[i][1]);
        assert_text(&sample.card, VCARD_NOTE, rows[i][2]);
        sample_close(&sample);
    }
}

static void charsets_are_undone(void **state)
{
    static const char *const rows[][2] = {
        { "NOTE;CHARSET=ISO-8859-1:caf\xE9", "café" },
        { "NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:caf=E9", "café" },
        { "NOTE;CHARSET=windows-1252:\x80 100", "€ 100" },
        { "NOTE;CHARSET=WINDOWS-1251:\xCF\xF0\xE8\xE2\xE5\xF2", "Привет" },
        { "NOTE;CHARSET=\"ISO-8859-2\":\xA3\xF3\x64\xBC", "Łódź" },
        { "NOTE;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=63", "山田" },
        { "NOTE;CHARSET=UTF-8:café", "café" },
        { "NOTE;CHARSET=nobody-knows:café", "café" },
        { "NOTE;CHARSET=UTF-8:caf\xE9 and café", "café and café" },
        { "NOTE:\x81\x1F\x7F", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
        { "NOTE:a\x1F", "a\xEF\xBF\xBD" },
        { "NOTE:\x7F" "a", "\xEF\xBF\xBD" "a" },
        { "NOTE:a\x01 b far behind the first thirty-two bytes \x02",
          "a\xEF\xBF\xBD b far behind the first thirty-two bytes \xEF\xBF\xBD" },
        { "NOTE:\xED\xA0\x80", "í\xC2\xA0€" },      /* a surrogate is no UTF-8 */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample sample;
        sample_card(&sample, "2.1", rows[i][0]);
        assert_text(&sample.card, VCARD_NOTE, rows[i][1]);
        sample_close(&sample);
    }
}

static void fields_are_split_at_unescaped_separators(void **state)
{
    static const char *const rows[][3] = {
        { "3.0", "N:Stevenson;John;Philip,Paul;Dr.;Jr.,M.D.,A.C.P.",
          "Stevenson|John|Philip+Paul|Dr.|Jr.+M.D.+A.C.P." },
        { "3.0", "N:a\\;b;c\\,d", "a;b|c,d" },
        { "3.0", "N:Dawson;Frank", "Dawson|Frank" },
        { "3.0", "N:", "" },
        { "3.0", "N:;;;;", "||||" },
        { "3.0", "N:a\\\\;b", "a\\|b" },
        { "4.0", "ORG:ABC\\, Inc.;North American Division;Marketing",
          "ABC, Inc.|North American Division|Marketing" },
        { "3.0", "ORG:Company, The;Dept", "Company, The|Dept" },
        { "4.0", "ADR:;;a,b;c", "||a+b|c" },
        { "2.1", "ADR:;;a,b;c", "||a,b|c" },
        { "4.0", "ADR:;;123 Very Long Street Name That Goes On, Floor 2;Some Town;ST;12345;Country",
          "||123 Very Long Street Name That Goes On+Floor 2|Some Town|ST|12345|Country" },
        { "4.0", "GENDER:O;intersex", "O|intersex" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample sample;
        sample_card(&sample, rows[i][0], rows[i][1]);
        assert_fields(&sample.card, &sample.card.properties[0], rows[i][2]);
        sample_close(&sample);
    }
}

static void a_field_tells_its_whole_text_too(void **state)
{
    struct sample sample;
    sample_card(&sample, "3.0", "ADR:;;12 Main St, Apt 4;Town");
    assert_span(vcard_fields(&sample.card, &sample.card.properties[0]).fields[2].text,
                "12 Main St, Apt 4");
    sample_close(&sample);
}

static void lists_are_split_at_unescaped_commas(void **state)
{
    static const char *const rows[][2] = {
        { "CATEGORIES:INTERNET,IETF,INDUSTRY", "INTERNET|IETF|INDUSTRY" },
        { "CATEGORIES:a\\,b, c ,d", "a,b|c|d" },
        { "CATEGORIES:", "" },
        { "CATEGORIES:a,,b", "a||b" },
        { "NICKNAME:Jim,Jimmie", "Jim|Jimmie" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample sample;
        sample_card(&sample, "4.0", rows[i][0]);
        assert_list(vcard_list(&sample.card, &sample.card.properties[0]), rows[i][1]);
        sample_close(&sample);
    }
}

static void labels_of_every_spelling_are_merged(void **state)
{
    static const char *const rows[][3] = {
        { "2.1", "TEL;CELL;PREF:1", "cell!1" },
        { "2.1", "TEL;WORK;FAX;ENCODING=QUOTED-PRINTABLE:1", "work,fax" },
        { "3.0", "TEL;TYPE=HOME,VOICE,pref:1", "home,voice!1" },
        { "3.0", "TEL;type=HOME;type=VOICE;type=pref:1", "home,voice!1" },
        { "3.0", "TEL;type=HOME;type=home:1", "home" },
        { "4.0", "TEL;TYPE=\"home,voice\";PREF=50:1", "home,voice!50" },
        { "4.0", "TEL;PREF=\"7\":1", "!7" },
        { "4.0", "TEL;PREF=101:1", "" },
        { "4.0", "TEL;TYPE=:1", "" },
        { "4.0", "TEL:1", "" },
        { "3.0", "TEL;TYPE=X-Pager-Büro:1", "x-pager-büro" },
        { "3.0", "TEL;TYPE=ASSISTANT-PHONE, work :1", "assistant-phone,work" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample sample;
        sample_card(&sample, rows[i][0], rows[i][1]);
        assert_labels(&sample.card, &sample.card.properties[0], rows[i][2]);
        sample_close(&sample);
    }
    struct sample sample;
    sample_card(&sample, "3.0", "TEL;TYPE=CELL,WORK:1\r\nTEL;TYPE=iPhone:2");
    struct vcard_types types;
    vcard_types(&sample.card, &sample.card.properties[0], &types);
    assert_int_equal(types.known, VCARD_TYPE_CELL | VCARD_TYPE_WORK);
    vcard_types(&sample.card, &sample.card.properties[1], &types);
    assert_int_equal(types.known, VCARD_TYPE_CELL);
    sample_close(&sample);
}

static void parameters_keep_colons_and_semicolons_in_quotes(void **state)
{
    struct sample sample;
    sample_card(&sample, "4.0",
                "X-A;B=\"c:d;e\",f;G=h:i:j\r\nX-K;L=\"m:n\r\nX-O;P=^n^^^'^x:q\r\nitem_1.x_under:r");
    struct vcard *card = &sample.card;
    const struct vcard_property *first = &card->properties[0];
    assert_int_equal(first->n_params, 2);
    assert_list(vcard_param_values(card, &vcard_params(card, first)[0]), "c:d;e|f");
    assert_span(vcard_text(card, first), "i:j");
    assert_span(vcard_text(card, &card->properties[1]), "n");
    assert_list(vcard_param_values(card, vcard_params(card, &card->properties[2])), "\n^\"^x");
    assert_span(card->properties[3].group, "ITEM-1");
    assert_span(card->properties[3].name, "X-UNDER");
    sample_close(&sample);
    sample_card(&sample, "3.0", "X-O;P=^n:q");
    assert_list(
        vcard_param_values(&sample.card, vcard_params(&sample.card, &sample.card.properties[0])),
        "^n");
    sample_close(&sample);
}

struct date_row {
    const char *line;
    const char *expected;               /* NULL: text */
};

static void dates_of_every_form_are_read(void **state)
{
    static const struct date_row rows[] = {
        { "BDAY:19880615", "1988-6-15" },
        { "BDAY:1988-06-15", "1988-6-15" },
        { "BDAY;VALUE=date:1996-04-15", "1996-4-15" },
        { "BDAY:--0615", "0-6-15" },
        { "BDAY:--06-15", "0-6-15" },
        { "BDAY:--06", "0-6-0" },
        { "BDAY:---15", "0-0-15" },
        { "BDAY:1988", "1988-0-0" },
        { "BDAY:1988-06", "1988-6-0" },
        { "BDAY:1996-10-22T14:00:00Z", "1996-10-22 14:0:0 z0" },
        { "BDAY:19961022T140000-0500", "1996-10-22 14:0:0 z-300" },
        { "BDAY:1953-10-15T23:10:00+05:30", "1953-10-15 23:10:0 z330" },
        { "BDAY:1985-01-28T00:00:00.123", "1985-1-28 0:0:0" },
        { "BDAY:T102200", "0-0-0 10:22:0" },
        { "BDAY:1988-06-15 ", "1988-6-15" },
        { "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "0-2-29" },
        { "BDAY;X-APPLE-OMIT-YEAR=1604:1990-02-28", "1990-2-28" },
        { "BDAY;VALUE=text:19880615", NULL },
        { "BDAY:circa 1800", NULL },
        { "BDAY:1988-13-01", NULL },
        { "BDAY:1989-02-29", NULL },
        { "BDAY:198806", NULL },
        { "BDAY:1988-06-15T25:00:00", NULL },
        { "BDAY:1988-06T10", NULL },
        { "BDAY:1988-06-15x", NULL },
        { "BDAY:", NULL },
        { "BDAY:00000000", NULL },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample sample;
        sample_card(&sample, "4.0", rows[i].line);
        struct vcard_date date;
        if (!vcard_date(&sample.card, &sample.card.properties[0], &date)) {
            assert_null(rows[i].expected);
            sample_close(&sample);
            continue;
        }
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "%d-%d-%d", date.year, date.month, date.day);
        if (date.has_time) {
            g_string_append_printf(text, " %d:%d:%d", date.hour, date.minute, date.second);
        }
        if (date.has_zone) {
            g_string_append_printf(text, " z%d", date.zone_minutes);
        }
        assert_non_null(rows[i].expected);
        assert_string_equal(text->str, rows[i].expected);
        sample_close(&sample);
    }
}

static void bytes_are_read_from_every_spelling(void **state)
{
    static const char *const rows[][3] = {
        { "3.0", "PHOTO;ENCODING=b;TYPE=JPEG:Zm9v", "image/jpeg foo" },
        { "2.1", "PHOTO;BASE64;GIF:Zm9vYg==", "image/gif foob" },
        { "3.0", "PHOTO;TYPE=image/png;ENCODING=B:Zm9vYmE=", "image/png fooba" },
        { "4.0", "PHOTO:data:image/webp;base64,Zm9v", "image/webp foo" },
        { "3.0", "PHOTO;VALUE=uri:data:image/png\\;base64\\,Zm9v", "image/png foo" },
        { "4.0", "KEY:data:text/plain;charset=utf-8,a%20b", "text/plain a b" },
        { "3.0", "KEY;TYPE=PGP;ENCODING=b:Zm9v", "application/pgp-keys foo" },
        { "3.0", "SOUND;TYPE=BASIC;ENCODING=b:Zm9v", "audio/basic foo" },
        { "3.0", "X-BLOB;ENCODING=b:Zm9v", " foo" },
        { "3.0", "PHOTO:Zm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9vZm9v",
          " foofoofoofoofoofoofoofoofoofoofoofoofoofoofoofoo" },
        { "3.0", "PHOTO;VALUE=uri:http://www.example.org/me.jpg", NULL },
        { "3.0", "PHOTO;ENCODING=b:Zm9*", NULL },
        { "3.0", "PHOTO;ENCODING=b:Zm9vY", NULL },
        { "3.0", "PHOTO;ENCODING=b:Zg==Zg", NULL },
        { "4.0", "PHOTO:data:image/png;base64", NULL },
        { "4.0", "NOTE:data:,hello", NULL },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample sample;
        sample_card(&sample, rows[i][0], rows[i][1]);
        struct vcard_binary binary;
        if (vcard_binary(&sample.card, &sample.card.properties[0], &binary)) {
            g_autofree char *text = g_strdup_printf("%.*s %.*s", (int)binary.media_type.len,
                                                    binary.media_type.at, (int)binary.bytes.len,
                                                    binary.bytes.at);
            assert_non_null(rows[i][2]);
            assert_string_equal(text, rows[i][2]);
        } else {
            assert_null(rows[i][2]);
        }
        sample_close(&sample);
    }
}

static void a_media_type_nobody_told_is_told_by_the_bytes(void **state)
{
    struct sample sample;
    sample_card(&sample, "3.0", "PHOTO;ENCODING=b:iVBORw0KGgoAAAANSUhEUg==");
    struct vcard_binary binary;
    assert_true(vcard_binary(&sample.card, &sample.card.properties[0], &binary));
    assert_span(binary.media_type, "image/png");
    sample_close(&sample);
}

static void the_scheme_of_a_telephone_number_is_no_part_of_it(void **state)
{
    struct sample sample;
    sample_card(
        &sample, "4.0",
        "TEL;VALUE=uri:TEL:+1-202-555-0100\r\nEMAIL:mailto:a@example.org\r\nTEL:202 555 0101");
    assert_span(vcard_address(&sample.card, &sample.card.properties[0]), "+1-202-555-0100");
    assert_span(vcard_address(&sample.card, &sample.card.properties[1]), "a@example.org");
    assert_span(vcard_address(&sample.card, &sample.card.properties[2]), "202 555 0101");
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_unescaped),
        cmocka_unit_test(charsets_are_undone),
        cmocka_unit_test(fields_are_split_at_unescaped_separators),
        cmocka_unit_test(a_field_tells_its_whole_text_too),
        cmocka_unit_test(lists_are_split_at_unescaped_commas),
        cmocka_unit_test(labels_of_every_spelling_are_merged),
        cmocka_unit_test(parameters_keep_colons_and_semicolons_in_quotes),
        cmocka_unit_test(dates_of_every_form_are_read),
        cmocka_unit_test(bytes_are_read_from_every_spelling),
        cmocka_unit_test(a_media_type_nobody_told_is_told_by_the_bytes),
        cmocka_unit_test(the_scheme_of_a_telephone_number_is_no_part_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
