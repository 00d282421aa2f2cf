/* Writing: what a line becomes in 3.0 and 4.0, folding, frames, and cards put together by hand. */
#include "codec/vcard_sample.h"

#include "base/error.h"

/* Version read, line, line in 4.0, line in 3.0 (NULL: the same). */
static const char *const conversions[][4] = {
    /* preference and labels */
    { "2.1", "TEL;WORK;VOICE;PREF:1", "TEL;TYPE=work,voice;PREF=1:1",
      "TEL;TYPE=work,voice,pref:1" },
    { "3.0", "TEL;type=HOME;type=pref;type=home:1", "TEL;TYPE=home;PREF=1:1",
      "TEL;TYPE=home,pref:1" },
    { "4.0", "TEL;PREF=1:1", "TEL;PREF=1:1", "TEL;TYPE=pref:1" },
    { "4.0", "TEL;TYPE=home;PREF=30:1", "TEL;TYPE=home;PREF=30:1", NULL },
    { "3.0", "item1.email;TYPE=\"a:b\":x@example.org", "item1.EMAIL;TYPE=\"a:b\":x@example.org",
      NULL },
    /* encodings and charsets go */
    { "2.1", "NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:caf=E9=0D=0A1;2,3",
      "NOTE:café\\n1\\;2\\,3", NULL },
    { "2.1", "X-NEW;QUOTED-PRINTABLE:a;b=0Ac\\nd", "X-NEW:a;b\\nc\\\\nd", NULL },
    { "3.0", "URL:http\\://example.org/a,b;c", "URL:http://example.org/a,b;c", NULL },
    /* structure stays, stray separators in text are escaped */
    { "3.0", "N:Doe;John;Richter,James;Mr.;Sr.", "N:Doe;John;Richter,James;Mr.;Sr.", NULL },
    { "2.1", "ADR;WORK:;;1 Long St, Apt 2;Town", "ADR;TYPE=work:;;1 Long St\\, Apt 2;Town", NULL },
    { "3.0", "ORG:Company, The;Dept", "ORG:Company\\, The;Dept", NULL },
    { "3.0", "CATEGORIES:a,b\\,c", "CATEGORIES:a,b\\,c", NULL },
    { "3.0", "X-UNKNOWN;X-P=q:a;b,c\\,d\\;e", "X-UNKNOWN;X-P=q:a;b,c\\,d\\;e", NULL },
    { "3.0", "x-foo:Case Of Values Stays", "X-FOO:Case Of Values Stays", NULL },
    /* parameters: RFC 6868 in 4.0, quotes and line breaks that 3.0 cannot write */
    { "4.0", "X-A;P=\"x^ny^^^'z\":v", "X-A;P=x^ny^^^'z:v", "X-A;P=x y^'z:v" },
    { "4.0", "N;SORT-AS=\"Harten,Rene\":van der Harten;Rene",
      "N;SORT-AS=\"Harten,Rene\":van der Harten;Rene", NULL },
    { "3.0", "FN;LANGUAGE=en:Ann", "FN;LANGUAGE=en:Ann", NULL },
    /* bytes */
    { "3.0", "PHOTO;ENCODING=b;TYPE=JPEG:Zm9v", "PHOTO:data:image/jpeg;base64,Zm9v",
      "PHOTO;TYPE=JPEG;ENCODING=b:Zm9v" },
    { "2.1", "LOGO;BASE64;GIF:Zm9v", "LOGO:data:image/gif;base64,Zm9v",
      "LOGO;TYPE=GIF;ENCODING=b:Zm9v" },
    { "4.0", "PHOTO:data:image/webp;base64,Zm9v", "PHOTO:data:image/webp;base64,Zm9v",
      "PHOTO;TYPE=WEBP;ENCODING=b:Zm9v" },
    { "4.0", "PHOTO;TYPE=home;PREF=1:data:image/svg+xml;base64,Zm9v",
      "PHOTO;TYPE=home;PREF=1:data:image/svg+xml;base64,Zm9v",
      "PHOTO;TYPE=SVG+XML,home,pref;ENCODING=b:Zm9v" },
    { "3.0", "KEY;ENCODING=b;TYPE=PGP:Zm9v", "KEY:data:application/pgp-keys;base64,Zm9v",
      "KEY;TYPE=PGP;ENCODING=b:Zm9v" },
    { "3.0", "X-BLOB;ENCODING=b:Zm9v", "X-BLOB:data:application/octet-stream;base64,Zm9v",
      "X-BLOB;ENCODING=b:Zm9v" },
    { "3.0", "PHOTO;VALUE=URL;TYPE=PNG:http://example.org/a.png",
      "PHOTO;MEDIATYPE=image/png:http://example.org/a.png",
      "PHOTO;TYPE=PNG;VALUE=uri:http://example.org/a.png" },
    { "3.0", "PHOTO;ENCODING=b:not*base64", "PHOTO;ENCODING=b:not*base64", NULL },
    /* dates */
    { "3.0", "BDAY:1988-06-15", "BDAY:19880615", "BDAY:1988-06-15" },
    { "4.0", "BDAY:--0615", "BDAY:--0615", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-06-15" },
    { "3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-06-15", "BDAY:--0615",
      "BDAY;X-APPLE-OMIT-YEAR=1604:1604-06-15" },
    { "3.0", "BDAY;VALUE=date-time:1996-10-22T14:00:00Z", "BDAY:19961022T140000Z",
      "BDAY;VALUE=date-time:1996-10-22T14:00:00Z" },
    { "4.0", "BDAY;VALUE=text:circa 1800", "BDAY;VALUE=text:circa 1800", NULL },
    { "3.0", "REV:2012-10-12T21:05:25Z", "REV:20121012T210525Z", "REV:2012-10-12T21:05:25Z" },
    /* what has another name in the other version */
    { "3.0", "GEO:37.386013;-122.082932", "GEO:geo:37.386013,-122.082932",
      "GEO:37.386013;-122.082932" },
    { "4.0", "GEO:geo:46.772673,-71.282945", "GEO:geo:46.772673,-71.282945",
      "GEO:46.772673;-71.282945" },
    { "3.0", "AGENT:BEGIN:VCARD\\nFN:Joe\\nEND:VCARD",
      "RELATED;TYPE=agent;VALUE=text:BEGIN:VCARD\\nFN:Joe\\nEND:VCARD",
      "AGENT:BEGIN:VCARD\\nFN:Joe\\nEND:VCARD" },
    { "3.0", "AGENT;VALUE=uri:cid:joe@example.org", "RELATED;TYPE=agent:cid:joe@example.org",
      "AGENT;VALUE=uri:cid:joe@example.org" },
    { "4.0", "RELATED;TYPE=spouse:urn:uuid:1", "RELATED;TYPE=spouse:urn:uuid:1", NULL },
    { "2.1", "LABEL;WORK;QUOTED-PRINTABLE:1 St=0D=0ATown", "ADR;TYPE=work;LABEL=1 St^nTown:;;;;;;",
      "LABEL;TYPE=work:1 St\\nTown" },
    { "4.0", "ADR;TYPE=home;LABEL=\"1 St^nTown\":;;1 St;Town",
      "ADR;TYPE=home;LABEL=1 St^nTown:;;1 St;Town",
      "ADR;TYPE=home:;;1 St;Town\nLABEL;TYPE=home:1 St\\nTown" },
    { "4.0", "KIND:group", "KIND:group", "X-ADDRESSBOOKSERVER-KIND:group" },
    { "4.0", "KIND:org", "KIND:org", NULL },
    { "3.0", "X-ADDRESSBOOKSERVER-KIND:group", "KIND:group", "X-ADDRESSBOOKSERVER-KIND:group" },
    { "4.0", "MEMBER:urn:uuid:1", "MEMBER:urn:uuid:1", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1" },
    { "4.0", "TEL;VALUE=uri;TYPE=work:tel:+1-202-555-0100;ext=1",
      "TEL;TYPE=work;VALUE=uri:tel:+1-202-555-0100;ext=1",
      "TEL;TYPE=work:+1-202-555-0100\\;ext=1" },
    { "3.0", "UID:19950401-080045-40000F192713-0052",
      "UID;VALUE=text:19950401-080045-40000F192713-0052", "UID:19950401-080045-40000F192713-0052" },
    { "4.0", "UID:urn:uuid:1", "UID:urn:uuid:1", NULL },
    { "3.0", "item2.x-ablabel:_$!<HomePage>!$_", "item2.X-ABLabel:_$!<HomePage>!$_", NULL },
};

static void each_property_becomes_what_the_version_says(void **state)
{
    for (size_t i = 0; i < G_N_ELEMENTS(conversions); i++) {
        const char *const *row = conversions[i];
        struct sample sample;
        sample_card(&sample, row[0], row[1]);
        assert_line(&sample.card, &sample.card.properties[0], VCARD_4_0, row[2]);
        assert_line(&sample.card, &sample.card.properties[0], VCARD_3_0,
                    row[3] != NULL ? row[3] : row[2]);
        sample_close(&sample);
    }
}

static void a_kept_line_gives_the_same_lines_again(void **state)
{
    struct vcard card;
    vcard_init(&card);
    for (size_t i = 0; i < G_N_ELEMENTS(conversions); i++) {
        const char *const *row = conversions[i];
        vcard_begin(&card);
        assert_true(vcard_add_line(&card, row[2], strlen(row[2]), NULL));
        assert_line(&card, &card.properties[0], VCARD_4_0, row[2]);
        assert_line(&card, &card.properties[0], VCARD_3_0, row[3] != NULL ? row[3] : row[2]);
    }
    vcard_clear(&card);
}

static void a_line_that_is_none_is_refused(void **state)
{
    static const char *const lines[] = {
        "", "no colon", ":value", "a b:c", "BEGIN:VCARD", "VERSION:4.0", "FN:a\nEND:VCARD"
    };
    struct vcard card;
    vcard_init(&card);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autoptr(GError) error = NULL;
        vcard_begin(&card);
        assert_false(vcard_add_line(&card, lines[i], strlen(lines[i]), &error));
        assert_string_equal(error_code(error), "vcard.bad_line");
        assert_int_equal(card.n_properties, 0);
    }
    vcard_clear(&card);
}

/* Writes the card of these lines. */
static char *written(const char *version, const char *lines, enum vcard_version to)
{
    struct sample sample;
    sample_card(&sample, version, lines);
    GString *out = g_string_new(NULL);
    vcard_write(&sample.card, to, out);
    sample_close(&sample);
    return g_string_free(out, FALSE);
}

static void a_card_has_its_frame_version_fn_and_n(void **state)
{
    g_autofree char *four = written("3.0", "N:Doe;Jane;;Dr.;\r\nTEL:1", VCARD_4_0);
    assert_string_equal(
        four,
        "BEGIN:VCARD\r\nVERSION:4.0\r\nN:Doe;Jane;;Dr.;\r\nTEL:1\r\nFN:Dr. Jane Doe\r\nEND:VCARD\r\n");
    g_autofree char *three = written("4.0", "FN:Jane Doe", VCARD_3_0);
    assert_string_equal(three,
                        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nN:;;;;\r\nEND:VCARD\r\n");
    g_autofree char *organisation = written(
        "3.0", "FN:\r\nEMAIL:a@example.org\r\nORG:Clinic\\, The;Ward", VCARD_4_0);
    assert_non_null(strstr(organisation, "\r\nFN:Clinic\\, The\r\n"));
    g_autofree char *nobody = written("3.0", "NOTE:x", VCARD_4_0);
    assert_non_null(strstr(nobody, "\r\nFN:\r\n"));
}

static void lines_are_folded_at_75_bytes_between_characters(void **state)
{
    g_autoptr(GString) lines = g_string_new("FN:x\r\nNOTE:");
    for (int i = 0; i < 100; i++) {
        g_string_append(lines, i % 3 == 0 ? "é" : i % 3 == 1 ? "漢" : "😀");
    }
    g_autofree char *out = written("4.0", lines->str, VCARD_4_0);
    const char *note = strstr(out, "NOTE:");
    g_autoptr(GString) unfolded = g_string_new(NULL);
    for (const char *at = note; *at != 'E';) {
        const char *end = strstr(at, "\r\n");
        assert_true(end - at <= 75);
        assert_true(end - at > 70 || end[2] != ' ');
        assert_true(g_utf8_validate(at, end - at, NULL));
        g_string_append_len(unfolded, at + (at != note), end - at - (at != note));
        at = end + 2;
    }
    assert_string_equal(unfolded->str, lines->str + 6);
}

static void a_line_of_just_75_bytes_is_not_folded(void **state)
{
    g_autofree char *text = g_strnfill(70, 'a');
    g_autofree char *lines = g_strdup_printf("FN:x\r\nNOTE:%s", text);
    g_autofree char *out = written("4.0", lines, VCARD_4_0);
    assert_non_null(strstr(out, "a\r\nEND"));
    assert_null(strstr(out, "\r\n "));
    g_autofree char *longer = g_strconcat(lines, "b", NULL);
    g_autofree char *folded = written("4.0", longer, VCARD_4_0);
    assert_non_null(strstr(folded, "a\r\n b\r\nEND"));
}

static void a_card_is_put_together_by_hand(void **state)
{
    static const char *const name[] = { "O;Neil", "Ann", "", "", "" };
    static const char *const topics[] = { "mentor", "a,b" };
    static const char common[] = "CATEGORIES:mentor,a\\,b\r\nURL:http://example.org/?a;b,c\r\n";
    g_autofree char *three = g_strconcat(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann O\\;Neil\r\nN:O\\;Neil;Ann;;;\r\n",
        "TEL;TYPE=cell,work,pref:+1-202-555-0100\r\n", common, "PHOTO;TYPE=PNG;ENCODING=b:Zm9v\r\n",
        "item1.X-ABLabel:two\\nlines\r\nX-KEPT:as;it,was\r\nX-Q;P='a' b:c\r\nEND:VCARD\r\n", NULL);
    g_autofree char *four = g_strconcat(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann O\\;Neil\r\nN:O\\;Neil;Ann;;;\r\n",
        "TEL;TYPE=cell,work;PREF=1:+1-202-555-0100\r\n", common,
        "PHOTO:data:image/png;base64,Zm9v\r\n",
        "item1.X-ABLabel:two\\nlines\r\nX-KEPT:as;it,was\r\nX-Q;P=^'a^'^nb:c\r\nEND:VCARD\r\n", NULL);
    for (enum vcard_version version = VCARD_3_0; version <= VCARD_4_0; version++) {
        g_autoptr(GString) out = g_string_new(NULL);
        struct vcard_writer writer;
        vcard_writer_init(&writer, version, out);
        vcard_writer_begin(&writer);
        vcard_put(&writer, NULL, "FN");
        vcard_put_text(&writer, "Ann O;Neil");
        vcard_put(&writer, NULL, "N");
        vcard_put_fields(&writer, name, G_N_ELEMENTS(name));
        vcard_put(&writer, NULL, "TEL");
        vcard_put_param(&writer, "TYPE", "cell");
        vcard_put_param(&writer, "TYPE", "work");
        vcard_put_param(&writer, "PREF", "1");
        vcard_put_text(&writer, "+1-202-555-0100");
        vcard_put(&writer, NULL, "CATEGORIES");
        vcard_put_list(&writer, topics, G_N_ELEMENTS(topics));
        vcard_put(&writer, NULL, "URL");
        vcard_put_uri(&writer, "http://example.org/?a;b,c");
        vcard_put(&writer, NULL, "PHOTO");
        vcard_put_binary(&writer, "image/png", "foo", 3);
        vcard_put(&writer, "item1", "X-ABLabel");
        vcard_put_text(&writer, "two\nlines");
        vcard_writer_line(&writer, "X-KEPT:as;it,was");
        vcard_put(&writer, NULL, "X-Q");
        vcard_put_param(&writer, "P", "\"a\"\nb");
        vcard_put_text(&writer, "c");
        assert_true(vcard_writer_end(&writer, NULL));
        vcard_writer_clear(&writer);
        assert_string_equal(out->str, version == VCARD_3_0 ? three : four);
    }
}

static void a_card_with_a_bad_line_is_not_written_at_all(void **state)
{
    g_autoptr(GString) out = g_string_new("before");
    g_autoptr(GError) error = NULL;
    struct vcard_writer writer;
    vcard_writer_init(&writer, VCARD_4_0, out);
    vcard_writer_begin(&writer);
    vcard_writer_line(&writer, "FN:Ann");
    vcard_writer_line(&writer, "no line at all");
    assert_false(vcard_writer_end(&writer, &error));
    assert_string_equal(error_code(error), "vcard.bad_line");
    assert_string_equal(out->str, "before");
    vcard_writer_begin(&writer);
    vcard_writer_line(&writer, "FN:Bo");
    assert_true(vcard_writer_end(&writer, NULL));
    vcard_writer_clear(&writer);
    assert_string_equal(out->str, "beforeBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo\r\nEND:VCARD\r\n");
}

static void two_spellings_of_one_thing_are_the_same(void **state)
{
    static const struct {
        const char *version[2];
        const char *line[2];
        bool is_same;
    } rows[] = {
        { { "2.1", "4.0" }, { "TEL;WORK;PREF:1", "TEL;PREF=1;TYPE=WORK:1" }, true },
        { { "3.0", "3.0" }, { "TEL;TYPE=a,b:1", "TEL;TYPE=b;TYPE=A:1" }, true },
        { { "3.0", "4.0" }, { "TEL:+1", "TEL;VALUE=uri:tel:+1" }, true },
        { { "3.0", "4.0" }, { "BDAY:1988-06-15", "BDAY:19880615" }, true },
        { { "3.0", "4.0" },
          { "PHOTO;TYPE=JPEG;ENCODING=b:Zm9v", "PHOTO:data:image/jpeg;base64,Zm9v" },
          true },
        { { "2.1", "3.0" }, { "NOTE;QUOTED-PRINTABLE:a=0D=0Ab", "NOTE:a\\nb" }, true },
        { { "3.0", "3.0" }, { "ITEM1.TEL:1", "item1.tel:1" }, true },
        { { "3.0", "3.0" }, { "item2.TEL:1", "item1.TEL:1" }, false },
        { { "3.0", "3.0" }, { "TEL;TYPE=work:1", "TEL;TYPE=home:1" }, false },
        { { "3.0", "3.0" }, { "TEL;TYPE=work:1", "TEL:1" }, false },
        { { "3.0", "3.0" }, { "NOTE:a", "NOTE:b" }, false },
        { { "3.0", "3.0" }, { "N:a;b", "N:a\\;b" }, false },
        { { "3.0", "3.0" }, { "CATEGORIES:a,b", "CATEGORIES:a\\,b" }, false },
        { { "3.0", "3.0" }, { "TEL:1", "EMAIL:1" }, false },
        { { "4.0", "4.0" }, { "BDAY:--0615", "BDAY:16040615" }, false },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct sample one;
        struct sample two;
        sample_card(&one, rows[i].version[0], rows[i].line[0]);
        sample_card(&two, rows[i].version[1], rows[i].line[1]);
        if (vcard_same(&one.card, &one.card.properties[0], &two.card, &two.card.properties[0])
            != rows[i].is_same) {
            fail_msg("%s and %s", rows[i].line[0], rows[i].line[1]);
        }
        sample_close(&one);
        sample_close(&two);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_property_becomes_what_the_version_says),
        cmocka_unit_test(a_kept_line_gives_the_same_lines_again),
        cmocka_unit_test(a_line_that_is_none_is_refused),
        cmocka_unit_test(a_card_has_its_frame_version_fn_and_n),
        cmocka_unit_test(lines_are_folded_at_75_bytes_between_characters),
        cmocka_unit_test(a_line_of_just_75_bytes_is_not_folded),
        cmocka_unit_test(a_card_is_put_together_by_hand),
        cmocka_unit_test(a_card_with_a_bad_line_is_not_written_at_all),
        cmocka_unit_test(two_spellings_of_one_thing_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
