/* What each source tells of a file, quirk by quirk. Everybody here is made up. */
#include "import/source_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char *read_text(const char *name, const char *text)
{
    struct source_options options = {.owner_name = "Farah Siddiqui",
                                     .owner_url = "linkedin.com/in/farah-s"};
    struct sample sample = {.told = g_string_new(NULL)};
    assert_true(sample_read(name, text, strlen(text), &options, &sample));
    return g_string_free(sample.told, false);
}

static void expect(const char *told, const char *what)
{
    if (strstr(told, what) == NULL) {
        fail_msg("\"%s\" is not in:\n%s", what, told);
    }
}

static void expect_not(const char *told, const char *what)
{
    if (strstr(told, what) != NULL) {
        fail_msg("\"%s\" is in:\n%s", what, told);
    }
}

static void connections_with_a_preamble_credentials_and_closed_accounts(void **state)
{
    g_autofree char *told = read_text(
        "Connections.csv",
        "Notes:\n\"When exporting your connection data, some addresses are missing.\"\n\n"
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Amina,\"Hassan, MD, FACP\",https://www.linkedin.com/in/amina-hassan,,Northquay "
        "General,Resident,15 Mar 2024\n"
        ",,,,,,14 Mar 2024\n"
        " Jun ,Watanabe,www.linkedin.com/in/Jun-W/?trk=x,jun@clinic.example,,,15-Mar-24\n");
    expect(told, "person 5 name=Amina Hassan credential=MD credential=FACP");
    expect(told, "> invitation_accepted both 2024-03-15");
    expect(told, "refused 6 No name, no address, no profile.");
    expect(told, "person 7 name=Jun Watanabe");
    expect(told, "email=jun@clinic.example");
}

static void connections_of_2018_without_preamble_and_profile(void **state)
{
    g_autofree char *told = read_text(
        "Connections.csv", "First Name,Last Name,Email Address,Company,Position,Connected "
                           "On\nOmar,Ali,,Fernwood,Fellow,\"9/16/18, 3:04 AM\"\n");
    expect(told, "person 2 name=Omar Ali");
    expect(told, "> invitation_accepted both 2018-09-16");
}

static const char messages_head[] = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE "
                                    "URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
                                    "CONTENT,FOLDER,IS MESSAGE DRAFT\n";

static void messages_have_directions_and_leave_drafts_and_nobody_out(void **state)
{
    g_autofree char *text = g_strconcat(
        messages_head,
        "2-a==,,Farah Siddiqui,https://www.linkedin.com/in/farah-s,\"Smith, "
        "MD\",https://www.linkedin.com/in/smith,"
        "2024-03-15 09:30:00 UTC,,Thank you,INBOX,No\n"
        "2-a==,,\"Smith, MD\",https://www.linkedin.com/in/smith,Farah "
        "Siddiqui,https://www.linkedin.com/in/farah-s,"
        "2024-03-16 09:30:00 UTC,,Welcome,INBOX,No\n"
        "2-a==,,Farah "
        "Siddiqui,https://www.linkedin.com/in/farah-s,Smith,https://www.linkedin.com/in/smith,"
        "2024-03-17 09:30:00 UTC,,Draft,INBOX,Yes\n"
        "2-b==,,LinkedIn Member,,Farah Siddiqui,https://www.linkedin.com/in/farah-s,2024-03-18 "
        "09:30:00 UTC,,Hello,INBOX,No\n",
        NULL);
    g_autofree char *told = read_text("messages.csv", text);
    expect(told, "message out 2024-03-15");
    expect(told, "message in 2024-03-16");
    expect_not(told, "2024-03-17");
    expect(told, "refused 4 ");
    expect(told, "refused 5 ");
}

static void rejected_endorsements_do_not_count(void **state)
{
    g_autofree char *told = read_text(
        "Endorsement_Received_Info.csv",
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public "
        "Url,Endorsement Status\n"
        "2023/06/18 14:24:54 UTC,Surgery,Amina,Hassan,www.linkedin.com/in/amina-hassan,ACCEPTED\n"
        "2023/06/19 14:24:54 UTC,Surgery,Omar,Ali,www.linkedin.com/in/omar-ali,REJECTED\n");
    expect(told, "2023-06-18");
    expect(told, "refused 3 ");
    expect_not(told, "2023-06-19");
}

static void google_of_2024_several_values_labels_and_a_birthday_without_year(void **state)
{
    g_autofree char *told = read_text(
        "contacts.csv", "First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Organization "
                        "Name,Organization Title,Birthday,Notes,Labels,"
                        "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
                        "Leila,,Rahimi,Dr.,,Harbor Point,Attending,--06-15,,Mentors ::: * "
                        "myContacts,* Work,a@h.example ::: b@h.example,Mobile,"
                        "202-555-0101 ext 3\n"
                        "user@example.com,,,,,,,,,,Other,user@example.com,,\n");
    expect(told, "email=a@h.example (Work) email=b@h.example (Work)");
    expect(told, "tag=Mentors");
    expect_not(told, "tag=* myContacts");
    expect(told, "birthday=--06-15");
    expect(told, "person 3 email=user@example.com");
}

static void google_before_2024_with_several_organisations(void **state)
{
    g_autofree char *told = read_text(
        "google.csv", "Name,Given Name,Additional Name,Family Name,Name Prefix,Name "
                      "Suffix,Nickname,Birthday,Location,Notes,Group Membership,"
                      "E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Type,Organization 1 - "
                      "Name,Organization 1 - Title,"
                      "Organization 2 - Type,Organization 2 - Name,Organization 2 - Title\n"
                      "Wei Chen,Wei,,Chen,,,,,,,* My Contacts ::: Suppliers,* "
                      ",wei@lab.example,,Fernwood,Fellow,,Harbor Point,Visiting\n");
    expect(told, "name=Wei Chen");
    expect(told, "Fellow, Fernwood");
    expect(told, "Visiting, Harbor Point");
    expect(told, "tag=Suppliers");
}

static void outlook_fillers_exchange_names_and_empty_dates(void **state)
{
    g_autofree char *told = read_text(
        "outlook.csv",
        "\"Title\",\"First Name\",\"Middle Name\",\"Last "
        "Name\",\"Suffix\",\"Company\",\"Department\",\"Job Title\",\"Business Street\","
        "\"Business City\",\"Business Country/Region\",\"Business "
        "Phone\",\"Birthday\",\"Categories\",\"E-mail Address\",\"E-mail Type\","
        "\"E-mail Display Name\",\"E-mail 2 "
        "Address\",\"Gender\",\"Priority\",\"Private\",\"Sensitivity\"\r\n"
        "\"Dr.\",\"Ngozi\",\"\",\"Okafor\",\"MD\",\"Lakeside\",\"Surgery\",\"Consultant\",\"1 "
        "Shore Road\",\"Lagos\",\"Nigeria\","
        "\"+234 1 555 0100\",\"0/0/00\",\"Mentor;Lagos\",\"/o=org/cn=ngozi\",\"EX\",\"Ngozi "
        "(x)\",\"ngozi@lake.example\","
        "\"Unspecified\",\"Normal\",\"False\",\"Normal\"\r\n");
    expect(told, "credential=MD");
    expect(told, "email=ngozi@lake.example");
    expect(told, "tag=Mentor tag=Lagos");
    expect_not(told, "email=/o=org");
    expect_not(told, "0/0/00");
    expect_not(told, "Unspecified");
}

static void vcards_of_three_versions_and_a_group(void **state)
{
    g_autofree char *told = read_text(
        "cards.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nX-ADDRESSBOOKSERVER-KIND:group\r\nFN:Mentors\r\nUID:g1\r\n"
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:u3\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Wei=C3=9F;J=C3="
        "BCrgen\r\nTEL;CELL;PREF:+49 30 555 0100\r\n"
        "END:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u3\r\nFN:Jane Roe\r\nN:Roe;Jane;;;\r\nitem1.TEL:202 555 "
        "0102\r\n"
        "item1.X-ABLabel:_$!<Lab>!$_\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:No One\r\nBDAY:--0615\r\nX-ODD;P=1:kept\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n");
    expect(told, "name=Jürgen Weiß");
    expect(told, "name=Jane Roe");
    expect(told, "birthday=--06-15");
    expect(told, "X-ODD;P=1:kept");
    expect(told, "refused 27 No name, no address, no number");
    assert_true(strstr(told, "tag=Mentors") > strstr(told, "name=Jane Roe"));
}

static void an_unknown_table_is_proposed(void **state)
{
    g_autofree char *told =
        read_text("list.csv", "Who;Mail;Tags\nSana Malik;sana@clinic.example;mentor, ohio\n");
    expect(told, "name=Sana Malik email=sana@clinic.example");
    expect(told, "tag=mentor tag=ohio");
}

static void papers_make_co_authors_and_the_owner_is_yourself(void **state)
{
    g_autofree char *told = read_text(
        "papers.nbib",
        "\r\nPMID- 123\r\nTI  - A made-up\r\n      study.\r\nDP  - 2018 Apr\r\nFAU - Siddiqui, "
        "Farah\r\nAU  - Siddiqui F\r\n"
        "FAU - Okafor, Ngozi\r\nAU  - Okafor N\r\nAUID- ORCID: 0000-0002-1825-0097\r\n"
        "AD  - Lakeside Hospital, Lagos, Nigeria. ngozi@lake.example.\r\nPMCR- unknown\r\n\r\n");
    expect(told, "self 2 paper=A made-up study.");
    expect(told,
           "name=Ngozi Okafor orcid=0000-0002-1825-0097 email=ngozi@lake.example (paper) work=");
    expect(told, "relation=you (coauthor)");
}

static void a_broken_quote_at_the_end_is_told_with_its_line(void **state)
{
    g_autofree char *told =
        read_text("list.csv", "Name,Mail\nSana Malik,s@c.example\nOmar,\"broken\noff");
    expect(told, "person 2 name=Sana Malik");
    expect(told, "refused 3 ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(connections_with_a_preamble_credentials_and_closed_accounts),
        cmocka_unit_test(connections_of_2018_without_preamble_and_profile),
        cmocka_unit_test(messages_have_directions_and_leave_drafts_and_nobody_out),
        cmocka_unit_test(rejected_endorsements_do_not_count),
        cmocka_unit_test(google_of_2024_several_values_labels_and_a_birthday_without_year),
        cmocka_unit_test(google_before_2024_with_several_organisations),
        cmocka_unit_test(outlook_fillers_exchange_names_and_empty_dates),
        cmocka_unit_test(vcards_of_three_versions_and_a_group),
        cmocka_unit_test(an_unknown_table_is_proposed),
        cmocka_unit_test(papers_make_co_authors_and_the_owner_is_yourself),
        cmocka_unit_test(a_broken_quote_at_the_end_is_told_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
