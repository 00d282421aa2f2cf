/* Search keys and Latin readings of names as people in a dozen countries write them. All names are
 * made up. */
#include "base/fold.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

static void check_key(const char *text, const char *expected)
{
    g_autofree char *key = fold_text(text);
    assert_string_equal(key, expected);
    g_autoptr(GString) appended = g_string_new("x ");
    fold_append(appended, text, -1);
    assert_string_equal(appended->str + 2, expected);
}

static void check_reading(const char *text, const char *expected)
{
    g_autofree char *reading = latin_reading(text);
    if (expected == NULL) {
        assert_null(reading);
    } else {
        assert_non_null(reading);
        assert_string_equal(reading, expected);
    }
}

static void ascii_is_lower_case_words(void **state)
{
    check_key("John Smith", "john smith");
    check_key("  O'Brien-Smith,  J.R. ", "obrien smith j r");
    check_key("St. John`s #3 (Ward_7)", "st johns 3 ward 7");
    check_key("", "");
    check_key(" ,.- ", "");
    check_key("'", "");
}

static void latin_letters_lose_their_marks(void **state)
{
    check_key("Müller-Lüdenscheidt", "muller ludenscheidt");
    check_key("Nguyễn Văn Đức", "nguyen van duc");
    check_key("Łukasz Żółć", "lukasz zolc");
    check_key("Großmann ẞ", "grossmann ss");
    check_key("Æsa Þórðardóttir", "aesa thordardottir");
    check_key("İbrahim Ağaoğlu ışık", "ibrahim agaoglu isik");
    check_key("E\xcc\x81mile", "emile");
    check_key("O’Brien Noʻomi", "obrien noomi");
    check_key("Zoë\xc2\xa0Müller\xc2\xad-X", "zoe muller x");
    check_key("Əliyev", "aliyev");
    check_key("𝗝𝗼𝗵𝗻 Ｄｏｅ ﬁ ①", "john doe fi 1");
    check_key("Anna 🙂 Lee", "anna lee");
}

static void other_scripts_are_read_first(void **state)
{
    check_key("أمينة حسن", "amynt hsn");
    check_key("Олена Ковальчук", "olena kovalchuk");
    check_key("Dr. Олена (Olena)", "dr olena olena");
    check_key("김민수", "kim minsu");
    check_key("王小明", "wang xiaoming");
    check_key("Zoë王小明Li", "zoe wang xiaoming li");
    check_key("٣٤", "34");
    check_key("דוד כהן", "dwd khn");
}

static void letters_nobody_can_read_still_find_themselves(void **state)
{
    check_key("ភា", "1797");
    check_reading("ភា", NULL);
}

static void broken_bytes_part_words_and_do_no_harm(void **state)
{
    check_key("Jos\xe9 Ruiz", "jos ruiz");
    check_key("\xff\xfe", "");
    check_key("М\xd0", "m");
    g_autoptr(GString) cut = g_string_new(NULL);
    fold_append(cut, "Zo\xc3\xab", 3);
    assert_string_equal(cut->str, "zo");
    g_autoptr(GString) part = g_string_new(NULL);
    fold_append(part, "Smith, John", 5);
    assert_string_equal(part->str, "smith");
}

static void latin_needs_no_reading(void **state)
{
    check_reading("John Smith", NULL);
    check_reading("Nguyễn Văn Đức", NULL);
    check_reading("", NULL);
    check_reading("12 🙂", NULL);
    assert_false(is_other_script("Müller 12 🙂 µ"));
    assert_true(is_other_script("Müller (Мюллер)"));
}

static void cyrillic_reads_as_in_passports(void **state)
{
    check_reading("Олена Ковальчук", "Olena Kovalchuk");
    check_reading("Юлія Тимошук", "Yuliia Tymoshuk");
    check_reading("Зиновій Згурський", "Zynovii Zghurskyi");
    check_reading("Дмитрий Щербаков", "Dmitry Shcherbakov");
    check_reading("Юлия Подъячева", "Yuliya Podyacheva");
    check_reading("Ђорђе Џонић", "Đorđe Džonić");
    check_reading("Стефан Първанов", "Stefan Parvanov");
    check_reading("Әлия Нұрланқызы", "Aliya Nurlanqyzy");
    check_reading("ОЛЕНА ЩУКА", "OLENA SHCHUKA");
}

static void korean_and_chinese_names_are_two_words(void **state)
{
    check_reading("김민수", "Kim Minsu");
    check_reading("박 지성", "Park Jiseong");
    check_reading("남궁민수", "Namgung Minsu");
    check_reading("서울대학교 이영희", "Seouldaehaggyo Lee Yeonghui");
    check_reading("王小明", "Wang Xiaoming");
    check_reading("李明", "Li Ming");
    check_reading("欧阳小明", "Ouyang Xiaoming");
    check_reading("单小明", "Shan Xiaoming");
    check_reading("北京大学", "Bei Jing Da Xue");
    check_reading("山田たろう", "Shan Tian Tarou");
    check_reading("ピーター・スミス", "Pita Sumisu");
}

static void other_scripts_read_with_capitals(void **state)
{
    check_reading("أمينة حسن", "Amynt Hsn");
    check_reading("علی ٹیپو", "Ly Typw");
    check_reading("דוד כהן", "Dwd Khn");
    check_reading("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos");
    check_reading("अमित शर्मा", "Amit Sharma");
    check_reading("कृष्ण मिश्र", "Krishna Mishra");
    check_reading("संजय सिंह", "Sanjay Singh");
    check_reading("सिन्हा", "Sinha");
    check_reading("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "Guraprit Singh");
    check_reading("রহমান চৌধুরী", "Rahaman Chaudhuri");
    check_reading("சுப்பிரமணியம்", "Cuppiramaniyam");
    check_reading("సత్యనారాయణ", "Satyanarayana");
    check_reading("สมชาย ใจดี", "Smchay Cidi");
    check_reading("አበበ በቀለ", "Abebe Bekele");
    check_reading("გიორგი ბერიძე", "Giorgi Beridze");
    check_reading("Արամ Հակոբյան", "Aram Hakobyan");
    check_reading("Dr. Amina (أمينة), MD", "Dr. Amina (Amynt), MD");
}

static void the_language_is_guessed_from_letters(void **state)
{
    static const struct {
        const char *text;
        const char *language;
        bool rtl;
    } cases[] = {
        { "أمينة حسن", "ar", true },
        { "محمد پور", "fa", true },
        { "علی ٹیپو", "ur", true },
        { "דוד כהן", "he", true },
        { "Олена Ковальчук", "uk", false },
        { "Андрій", "uk", false },
        { "Дмитрий Щербаков", "ru", false },
        { "Ђорђе", "sr", false },
        { "Първанов", "bg", false },
        { "王小明", "zh", false },
        { "山田たろう", "ja", false },
        { "김민수", "ko", false },
        { "अमित", "hi", false },
        { "சுப்பு", "ta", false },
        { "রহমান", "bn", false },
        { "สมชาย", "th", false },
        { "አበበ", "am", false },
        { "გიორგი", "ka", false },
        { "Արամ", "hy", false },
        { "Γιώργος", "el", false },
        { "Amina (أمينة)", "ar", false },
        { "ភា", "km", false },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_string_equal(script_language(cases[i].text), cases[i].language);
        assert_int_equal(script_is_rtl(cases[i].text), cases[i].rtl);
    }
    assert_null(script_language("John Smith"));
    assert_null(script_language(""));
    assert_false(script_is_rtl("12 \xff"));
    assert_true(script_is_rtl("12. أمينة"));
}

static void check_clean(const char *text, const char *expected)
{
    g_autofree char *clean = text_clean(text);
    assert_string_equal(clean, expected);
    g_autofree char *again = text_clean(clean);
    assert_string_equal(again, expected);
}

static void text_from_outside_is_cleaned(void **state)
{
    check_clean("John Smith", "John Smith");
    check_clean("  John \xc2\xa0\t Smith \r\n", "John Smith");
    check_clean("one \r\n two\rthree\n\nfour", "one\ntwo\nthree\n\nfour");
    check_clean("a\tb", "a\tb");
    check_clean("a\x01\x7f\xc2\x80z", "az");
    check_clean("\xef\xbb\xbf" "Anna", "Anna");
    check_clean("Jos\xe9", "Jos\xef\xbf\xbd");
    check_clean("evil\xe2\x80\xaetxt", "eviltxt");
    check_clean("می\xe2\x80\x8cخواهم", "می\xe2\x80\x8cخواهم");
    check_clean("\n \n", "");
    check_clean("", "");
}

static gpointer fold_many(gpointer text)
{
    for (int i = 0; i < 200; i++) {
        g_autofree char *key = fold_text(text);
        g_autofree char *other = fold_text("王小明");
        if (strcmp(other, "wang xiaoming") != 0) {
            return NULL;
        }
    }
    return fold_text(text);
}

static void threads_fold_at_the_same_time(void **state)
{
    char text[] = "አበበ Γιώργος김민수";
    GThread *threads[4];
    for (int i = 0; i < 4; i++) {
        threads[i] = g_thread_new("fold", fold_many, text);
    }
    for (int i = 0; i < 4; i++) {
        g_autofree char *key = g_thread_join(threads[i]);
        assert_string_equal(key, "abebe giorgos kim minsu");
    }
}

static void a_long_text_is_read_whole(void **state)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 20000; i++) {
        g_string_append(text, "გიორგი ");
    }
    g_autofree char *key = fold_text(text->str);
    assert_int_equal(strlen(key), 20000 * 7 - 1);
    assert_null(strstr(key, "giorgi giorgii"));
    for (int i = 0; i < 20000; i++) {
        assert_memory_equal(key + i * 7, "giorgi", 6);
    }
    g_string_free(text, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ascii_is_lower_case_words),
        cmocka_unit_test(latin_letters_lose_their_marks),
        cmocka_unit_test(other_scripts_are_read_first),
        cmocka_unit_test(letters_nobody_can_read_still_find_themselves),
        cmocka_unit_test(broken_bytes_part_words_and_do_no_harm),
        cmocka_unit_test(latin_needs_no_reading),
        cmocka_unit_test(cyrillic_reads_as_in_passports),
        cmocka_unit_test(korean_and_chinese_names_are_two_words),
        cmocka_unit_test(other_scripts_read_with_capitals),
        cmocka_unit_test(the_language_is_guessed_from_letters),
        cmocka_unit_test(text_from_outside_is_cleaned),
        cmocka_unit_test(threads_fold_at_the_same_time),
        cmocka_unit_test(a_long_text_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
