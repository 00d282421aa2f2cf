/* Cards out of files as phones, mail programs and people leave them. */
#include "codec/vcard_sample.h"

static void android_2_1_is_read(void **state)
{
    struct sample sample;
    sample_open(&sample, "android-2.1.vcf");
    struct vcard *card = &sample.card;
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_int_equal(card->version, VCARD_2_1);
    assert_fields(card, vcard_first(card, VCARD_N), "Ünal|Özlem|||");
    assert_text(card, VCARD_FN, "Özlem Ünal");
    assert_labels(card, sample_nth(card, VCARD_TEL, 0), "cell!1");
    assert_labels(card, sample_nth(card, VCARD_TEL, 1), "work,fax");
    assert_labels(card, sample_nth(card, VCARD_EMAIL, 0), "work!1");
    assert_text(card, VCARD_NOTE, "Met at the congress, hall B\nasked about rotations");
    struct vcard_binary photo;
    assert_true(vcard_binary(card, vcard_first(card, VCARD_PHOTO), &photo));
    assert_int_equal(photo.bytes.len, 267);
    assert_memory_equal(photo.bytes.at, "\xFF\xD8\xFF\xE0\0\x10JFIF\0\0\1\2", 14);
    assert_span(photo.media_type, "image/jpeg");
    assert_int_equal(vcard_first(card, VCARD_X_ANDROID_CUSTOM)->line, 18);
    assert_fields(card, vcard_first(card, VCARD_X_ANDROID_CUSTOM),
                  "vnd.android.cursor.item/nickname|Öz|1|||||||||||||");

    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_int_equal(card->line, 20);
    assert_null(vcard_first(card, VCARD_FN));
    assert_null(vcard_first(card, VCARD_N));
    assert_text(card, VCARD_EMAIL, "desk@example.org");
    assert_list(vcard_list(card, vcard_first(card, VCARD_CATEGORIES)), "My Contacts");
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_END);
    sample_close(&sample);
}

static void outlook_2_1_is_read(void **state)
{
    struct sample sample;
    sample_open(&sample, "outlook-2.1.vcf");
    struct vcard *card = &sample.card;
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_fields(card, vcard_first(card, VCARD_N), "Okafor|Ada|Grace+Ruth|Dr.|M.D.");
    assert_fields(card, vcard_first(card, VCARD_ORG), "Example Hospital, The|Internal Medicine");
    assert_fields(card, vcard_first(card, VCARD_ADR),
                  "||12 Long Street, Suite 4|Springfield|IL|62701|United States of America");
    assert_text(card, VCARD_LABEL, "12 Long Street, Suite 4\nSpringfield, IL  62701");
    assert_text(card, VCARD_X_MS_ASSISTANT, "Jenny Sample");
    struct vcard_date date;
    assert_true(vcard_date(card, vcard_first(card, VCARD_X_MS_ANNIVERSARY), &date));
    assert_int_equal(date.year * 10000 + date.month * 100 + date.day, 20110113);
    struct vcard_binary key;
    assert_true(vcard_binary(card, vcard_first(card, VCARD_KEY), &key));
    assert_span(key.bytes, "MIIDITCCAoqgAwIBAg");
    assert_span(key.media_type, "application/pkix-cert");
    struct vcard_binary photo;
    assert_true(vcard_binary(card, vcard_first(card, VCARD_PHOTO), &photo));
    assert_int_equal(photo.bytes.len, 267);
    assert_text(card, VCARD_REV, "20120305T131933Z");
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_END);
    sample_close(&sample);
}

static void apple_3_0_is_read_with_its_groups_and_labels(void **state)
{
    struct sample sample;
    sample_open(&sample, "apple-3.0.vcf");
    struct vcard *card = &sample.card;
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_fields(card, vcard_first(card, VCARD_ORG), "Example Clinic|Paediatrics|");
    assert_list(vcard_list(card, vcard_first(card, VCARD_NICKNAME)), "Lili, the quick");
    assert_labels(card, sample_nth(card, VCARD_EMAIL, 0), "internet,work!1");
    assert_labels(card, sample_nth(card, VCARD_TEL, 1), "iphone");
    const struct vcard_property *address = vcard_first(card, VCARD_ADR);
    assert_span(address->group, "item1");
    assert_span(vcard_fields(card, address).fields[2].text,
                "25 South Drive, Building 5\nThird floor");
    assert_span(vcard_label(card, address), "");
    const struct vcard_property *url = vcard_first(card, VCARD_URL);
    assert_text(card, VCARD_URL, "http://www.example.org");
    assert_span(vcard_label(card, url), "HomePage");
    assert_span(vcard_label(card, vcard_first(card, VCARD_X_ABRELATEDNAMES)), "Spouse");
    assert_span(vcard_label(card, sample_nth(card, VCARD_EMAIL, 2)), "Programme office");
    assert_span(vcard_label(card, sample_nth(card, VCARD_EMAIL, 0)), "");
    struct vcard_date birthday;
    assert_true(vcard_date(card, vcard_first(card, VCARD_BDAY), &birthday));
    assert_int_equal(birthday.year, 0);
    assert_int_equal(birthday.month * 100 + birthday.day, 615);
    assert_text(card, VCARD_NOTE, "Met at the \"Match\" dinner; likes cafés\nand Zürich.");
    assert_false(vcard_is_group(card));
    sample_close(&sample);
}

static void groups_of_people_are_known_in_both_spellings(void **state)
{
    struct sample sample;
    sample_open(&sample, "apple-group-3.0.vcf");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_true(vcard_is_group(&sample.card));
    assert_span(
        vcard_text(&sample.card, sample_nth(&sample.card, VCARD_X_ADDRESSBOOKSERVER_MEMBER, 1)),
        "urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519");
    sample_close(&sample);
    sample_open(&sample, "group-4.0.vcf");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_true(vcard_is_group(&sample.card));
    assert_text(&sample.card, VCARD_MEMBER, "urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af");
    sample_close(&sample);
}

static void google_3_0_is_read_with_lf_only(void **state)
{
    struct sample sample;
    sample_open(&sample, "google-3.0.vcf");
    struct vcard *card = &sample.card;
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_text(card, VCARD_URL, "http://profile.example.com");
    assert_text(card, VCARD_X_PHONETIC_FIRST_NAME, "Rah-vee");
    assert_text(
        card, VCARD_NOTE,
        "A note that is longer than seventy-five bytes, so that it is folded here and not elsewhere.");
    assert_int_equal(vcard_first(card, VCARD_NOTE)->line, 17);
    sample_close(&sample);
}

static void full_4_0_is_read(void **state)
{
    struct sample sample;
    sample_open(&sample, "full-4.0.vcf");
    struct vcard *card = &sample.card;
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_int_equal(card->version, VCARD_4_0);
    assert_fields(card, vcard_first(card, VCARD_N), "Pérez|Simón|||M.D.+M.Sc.");
    assert_fields(card, vcard_first(card, VCARD_ORG), "Example, Inc.|Research");
    assert_labels(card, sample_nth(card, VCARD_TEL, 0), "work,voice!1");
    assert_span(vcard_address(card, sample_nth(card, VCARD_TEL, 0)), "+1-202-555-0140;ext=102");
    assert_labels(card, sample_nth(card, VCARD_EMAIL, 0), "work!2");
    assert_list(vcard_list(card, vcard_first(card, VCARD_CATEGORIES)), "mentor|IMG,2025|chess");
    const struct vcard_param *label = &vcard_params(card, vcard_first(card, VCARD_ADR))[1];
    assert_span(label->name, "LABEL");
    assert_list(vcard_param_values(card, label), "Unit D2-630\nSt. Étienne, the \"old\" wing");
    struct vcard_binary photo;
    assert_true(vcard_binary(card, vcard_first(card, VCARD_PHOTO), &photo));
    assert_int_equal(photo.bytes.len, 267);
    assert_span(photo.media_type, "image/jpeg");
    struct vcard_date anniversary;
    assert_true(vcard_date(card, vcard_first(card, VCARD_ANNIVERSARY), &anniversary));
    assert_int_equal(anniversary.hour * 100 + anniversary.minute, 1430);
    assert_int_equal(anniversary.zone_minutes, -300);
    const struct vcard_property *unknown = &card->properties[card->n_properties - 1];
    assert_int_equal(unknown->id, VCARD_OTHER);
    assert_span(unknown->name, "X-PROGRAMME-CODE");
    assert_span(unknown->value, "raw;value,kept\\;whole");
    assert_list(vcard_param_values(card, vcard_params(card, unknown)), "a: b; c");
    sample_close(&sample);
}

static void a_card_inside_agent_is_kept_whole_and_is_no_card_of_its_own(void **state)
{
    struct sample sample;
    sample_open(&sample, "agent-2.1.vcf");
    struct vcard *card = &sample.card;
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_text(
        card, VCARD_AGENT,
        "BEGIN:VCARD\nVERSION:2.1\nN:Assistant;Ann\nTEL;WORK;VOICE:+1-202-555-0151\nEND:VCARD");
    assert_text(card, VCARD_TITLE, "Area Administrator");
    assert_int_equal(vcard_first(card, VCARD_TITLE)->line, 11);
    assert_fields(card, vcard_first(card, VCARD_N), "Friday|Fred");
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_int_equal(card->line, 13);
    assert_text(card, VCARD_AGENT,
                "BEGIN:VCARD\nVERSION:3.0\nFN:Joe Friday\nTEL:+1-202-555-0152\nEND:VCARD\n");
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_END);
    sample_close(&sample);
}

static void latin_1_without_a_word_and_a_named_charset_are_read(void **state)
{
    struct sample sample;
    sample_open(&sample, "phone-latin1.vcf");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_int_equal(sample.card.version, VCARD_2_1);
    assert_text(&sample.card, VCARD_FN, "Jörg Müller");
    assert_fields(&sample.card, vcard_first(&sample.card, VCARD_N), "Müller|Jörg");
    assert_text(&sample.card, VCARD_NOTE, "Привет");
    sample_close(&sample);
}

static void utf_16_with_a_mark_is_read(void **state)
{
    struct sample sample;
    sample_open(&sample, "windows-utf16.vcf");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_text(&sample.card, VCARD_FN, "Анна 😀");
    sample_close(&sample);
    static const char big[] =
        "\0B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0F\0N\0:\0\xE9\0\n\0E\0N\0D\0:\0V\0C\0A\0R\0D";
    sample_open_bytes(&sample, big, sizeof big - 1);
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_text(&sample.card, VCARD_FN, "é");
    sample_close(&sample);
}

static void a_fold_inside_a_character_heals(void **state)
{
    struct sample sample;
    sample_open(&sample, "folded-in-character.vcf");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_text(&sample.card, VCARD_FN, "Zoë Li");
    sample_close(&sample);
}

static void damaged_cards_are_refused_with_their_line_and_the_others_are_read(void **state)
{
    struct sample sample;
    sample_open(&sample, "damaged.vcf");
    struct vcard *card = &sample.card;
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_int_equal(card->line, 3);
    assert_text(card, VCARD_FN, "First Whole");

    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_REFUSED);
    assert_int_equal(card->line, 9);
    assert_string_equal(card->refusal,
                        "The card is cut off: another one begins on line 12 before END:VCARD.");

    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_CARD);
    assert_int_equal(card->line, 12);
    assert_text(card, VCARD_FN, "Second Whole");
    assert_int_equal(card->n_odd_lines, 1);
    assert_text(card, VCARD_X_ODD_LINE, "this line is no property");
    assert_int_equal(vcard_first(card, VCARD_X_ODD_LINE)->line, 15);

    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_REFUSED);
    assert_string_equal(card->refusal, "The card that begins on line 18 is empty.");

    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_REFUSED);
    assert_int_equal(card->line, 21);
    assert_string_equal(card->refusal,
                        "The card is cut off: the file ends on line 24 before END:VCARD.");
    assert_int_equal(vcard_next(sample.reader, card), VCARD_READ_END);

    uint32_t line;
    assert_int_equal(vcard_reader_junk(sample.reader, &line), 2);
    assert_int_equal(line, 1);
    sample_close(&sample);
}

static void an_empty_file_and_a_file_of_junk_have_no_cards(void **state)
{
    static const char *const texts[] = { "", "\r\n", "hello", "END:VCARD\r\n",
                                         "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct sample sample;
        sample_open_bytes(&sample, texts[i], strlen(texts[i]));
        assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_END);
        assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_END);
        sample_close(&sample);
    }
}

static void every_line_end_is_a_line_end(void **state)
{
    static const char *const ends[] = { "\n", "\r\n", "\r", "\r\r\n" };
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *text = g_strdup_printf("BEGIN:VCARD%sFN:Ann%s N%sEND:VCARD%s", ends[i],
                                                ends[i], ends[i], ends[i]);
        struct sample sample;
        sample_open_bytes(&sample, text, strlen(text));
        assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
        assert_text(&sample.card, VCARD_FN, "AnnN");
        assert_int_equal(vcard_first(&sample.card, VCARD_FN)->line, 2);
        sample_close(&sample);
    }
}

static void base64_may_stand_unindented_and_end_with_a_blank_line(void **state)
{
    struct sample sample;
    sample_card(&sample, "2.1",
                "PHOTO;TYPE=GIF;ENCODING=BASE64:\r\nR0lGODlhAQAB\r\nAIAA\r\n\r\nTEL:1\r\nNOTE:x");
    struct vcard_binary photo;
    assert_true(vcard_binary(&sample.card, vcard_first(&sample.card, VCARD_PHOTO), &photo));
    assert_int_equal(photo.bytes.len, 12);
    assert_text(&sample.card, VCARD_TEL, "1");
    sample_close(&sample);
}

static void a_soft_break_never_swallows_the_end_of_the_card(void **state)
{
    struct sample sample;
    sample_card(&sample, "2.1", "NOTE;ENCODING=QUOTED-PRINTABLE:2+2=3D4=");
    assert_text(&sample.card, VCARD_NOTE, "2+2=4");
    sample_close(&sample);
}

static void caps_hold(void **state)
{
    g_autoptr(GString) text = g_string_new("BEGIN:VCARD\nTEL");
    for (int i = 0; i <= VCARD_MAX_PARAMS; i++) {
        g_string_append(text, ";A=B");
    }
    g_string_append(text, ":1\nEND:VCARD\nBEGIN:VCARD\nFN:Next\nEND:VCARD\nBEGIN:VCARD\nNOTE:");
    gsize len = text->len;
    g_string_set_size(text, len + VCARD_MAX_CARD_BYTES + 1);
    memset(text->str + len, 'x', VCARD_MAX_CARD_BYTES + 1);
    g_string_append(text, "\nEND:VCARD\nBEGIN:VCARD\nFN:Last\nEND:VCARD\n");
    struct sample sample;
    sample_open_bytes(&sample, text->str, text->len);
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_REFUSED);
    assert_string_equal(sample.card.refusal, "Line 2 has more parameters than can be read.");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_text(&sample.card, VCARD_FN, "Next");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_REFUSED);
    assert_string_equal(sample.card.refusal, "The card is larger than 16 MiB on line 8.");
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_CARD);
    assert_text(&sample.card, VCARD_FN, "Last");
    sample_close(&sample);
}

static void too_many_entries_are_refused(void **state)
{
    g_autoptr(GString) text = g_string_new("BEGIN:VCARD\n");
    for (int i = 0; i <= VCARD_MAX_PROPERTIES; i++) {
        g_string_append(text, "TEL:1\n");
    }
    g_string_append(text, "END:VCARD\n");
    struct sample sample;
    sample_open_bytes(&sample, text->str, text->len);
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_REFUSED);
    assert_int_equal(vcard_next(sample.reader, &sample.card), VCARD_READ_END);
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(android_2_1_is_read),
        cmocka_unit_test(outlook_2_1_is_read),
        cmocka_unit_test(apple_3_0_is_read_with_its_groups_and_labels),
        cmocka_unit_test(groups_of_people_are_known_in_both_spellings),
        cmocka_unit_test(google_3_0_is_read_with_lf_only),
        cmocka_unit_test(full_4_0_is_read),
        cmocka_unit_test(a_card_inside_agent_is_kept_whole_and_is_no_card_of_its_own),
        cmocka_unit_test(latin_1_without_a_word_and_a_named_charset_are_read),
        cmocka_unit_test(utf_16_with_a_mark_is_read),
        cmocka_unit_test(a_fold_inside_a_character_heals),
        cmocka_unit_test(damaged_cards_are_refused_with_their_line_and_the_others_are_read),
        cmocka_unit_test(an_empty_file_and_a_file_of_junk_have_no_cards),
        cmocka_unit_test(every_line_end_is_a_line_end),
        cmocka_unit_test(base64_may_stand_unindented_and_end_with_a_blank_line),
        cmocka_unit_test(a_soft_break_never_swallows_the_end_of_the_card),
        cmocka_unit_test(caps_hold),
        cmocka_unit_test(too_many_entries_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
