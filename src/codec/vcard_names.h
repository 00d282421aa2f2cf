/* The property names this codec knows, one row each: name, its text, how its value is built, its
 * slot.
 *
 * Names come from RFC 6350, 2426, 9554, 8605 and the vCard 2.1 specification, and from the vendor
 * fields that carry what users care about. A name that is not here is carried all the same; it only
 * has no enum of its own. The slot is a perfect hash (vcard_name_slot in vcard_private.h); after a
 * new row, vcard_name_test prints the right number.
 *
 * How a value is built (RFC 6350 3.3, 6.*):
 *   TEXT     one text
 *   LIST     texts between commas
 *   FIELDS   texts between semicolons
 *   LISTS    texts between semicolons, each a list between commas
 *   URI      a URI unless VALUE says otherwise
 *   BINARY   bytes, or a URI
 *   DATE     a date; STAMP a moment; GEO a place
 *   RAW      not ours to judge: written back as it was read
 *   REFUSED  frame of the card, never a value */
#ifndef LIGATURE_CODEC_VCARD_NAMES_H
#define LIGATURE_CODEC_VCARD_NAMES_H

#define VCARD_NAMES(X) \
    X(BEGIN, "BEGIN", REFUSED, 148) \
    X(END, "END", REFUSED, 174) \
    X(VERSION, "VERSION", REFUSED, 783) \
    X(FN, "FN", TEXT, 575) \
    X(N, "N", LISTS, 179) \
    X(NICKNAME, "NICKNAME", LIST, 851) \
    X(PHOTO, "PHOTO", BINARY, 661) \
    X(BDAY, "BDAY", DATE, 850) \
    X(DEATHDATE, "DEATHDATE", DATE, 867) \
    X(ANNIVERSARY, "ANNIVERSARY", DATE, 219) \
    X(BIRTHPLACE, "BIRTHPLACE", TEXT, 742) \
    X(DEATHPLACE, "DEATHPLACE", TEXT, 978) \
    X(ADR, "ADR", LISTS, 476) \
    X(LABEL, "LABEL", TEXT, 445) \
    X(TEL, "TEL", TEXT, 299) \
    X(EMAIL, "EMAIL", TEXT, 870) \
    X(MAILER, "MAILER", TEXT, 452) \
    X(IMPP, "IMPP", URI, 920) \
    X(LANG, "LANG", TEXT, 626) \
    X(TZ, "TZ", TEXT, 102) \
    X(GEO, "GEO", GEO, 595) \
    X(TITLE, "TITLE", TEXT, 487) \
    X(ROLE, "ROLE", TEXT, 435) \
    X(LOGO, "LOGO", BINARY, 732) \
    X(AGENT, "AGENT", TEXT, 779) \
    X(ORG, "ORG", FIELDS, 274) \
    X(MEMBER, "MEMBER", URI, 363) \
    X(RELATED, "RELATED", URI, 871) \
    X(CATEGORIES, "CATEGORIES", LIST, 674) \
    X(NOTE, "NOTE", TEXT, 925) \
    X(PRODID, "PRODID", TEXT, 928) \
    X(REV, "REV", STAMP, 171) \
    X(SORT_STRING, "SORT-STRING", TEXT, 618) \
    X(SOUND, "SOUND", BINARY, 932) \
    X(UID, "UID", URI, 579) \
    X(CLIENTPIDMAP, "CLIENTPIDMAP", RAW, 1021) \
    X(URL, "URL", URI, 699) \
    X(CLASS, "CLASS", TEXT, 551) \
    X(KEY, "KEY", BINARY, 8) \
    X(FBURL, "FBURL", URI, 470) \
    X(CALADRURI, "CALADRURI", URI, 95) \
    X(CALURI, "CALURI", URI, 731) \
    X(SOURCE, "SOURCE", URI, 774) \
    X(NAME, "NAME", TEXT, 153) \
    X(PROFILE, "PROFILE", TEXT, 1012) \
    X(KIND, "KIND", TEXT, 441) \
    X(XML, "XML", TEXT, 50) \
    X(GENDER, "GENDER", FIELDS, 119) \
    X(EXPERTISE, "EXPERTISE", TEXT, 315) \
    X(HOBBY, "HOBBY", TEXT, 979) \
    X(INTEREST, "INTEREST", TEXT, 149) \
    X(ORG_DIRECTORY, "ORG-DIRECTORY", URI, 526) \
    X(CONTACT_URI, "CONTACT-URI", URI, 770) \
    X(CREATED, "CREATED", STAMP, 28) \
    X(GRAMGENDER, "GRAMGENDER", TEXT, 771) \
    X(LANGUAGE, "LANGUAGE", TEXT, 23) \
    X(PRONOUNS, "PRONOUNS", TEXT, 295) \
    X(SOCIALPROFILE, "SOCIALPROFILE", URI, 835) \
    X(JSPROP, "JSPROP", RAW, 498) \
    X(X_ABLABEL, "X-ABLABEL", TEXT, 903) \
    X(X_ABADR, "X-ABADR", TEXT, 280) \
    X(X_ABDATE, "X-ABDATE", RAW, 966) \
    X(X_ABRELATEDNAMES, "X-ABRELATEDNAMES", TEXT, 71) \
    X(X_ABSHOWAS, "X-ABSHOWAS", TEXT, 988) \
    X(X_ABUID, "X-ABUID", RAW, 620) \
    X(X_SOCIALPROFILE, "X-SOCIALPROFILE", URI, 472) \
    X(X_PHONETIC_FIRST_NAME, "X-PHONETIC-FIRST-NAME", TEXT, 268) \
    X(X_PHONETIC_MIDDLE_NAME, "X-PHONETIC-MIDDLE-NAME", TEXT, 859) \
    X(X_PHONETIC_LAST_NAME, "X-PHONETIC-LAST-NAME", TEXT, 553) \
    X(X_PHONETIC_ORG, "X-PHONETIC-ORG", RAW, 862) \
    X(X_MAIDENNAME, "X-MAIDENNAME", TEXT, 669) \
    X(X_GENDER, "X-GENDER", RAW, 243) \
    X(X_ANNIVERSARY, "X-ANNIVERSARY", RAW, 683) \
    X(X_SPOUSE, "X-SPOUSE", TEXT, 27) \
    X(X_MANAGER, "X-MANAGER", TEXT, 725) \
    X(X_ASSISTANT, "X-ASSISTANT", TEXT, 403) \
    X(X_SKYPE, "X-SKYPE", TEXT, 488) \
    X(X_SKYPE_USERNAME, "X-SKYPE-USERNAME", TEXT, 806) \
    X(X_AIM, "X-AIM", TEXT, 239) \
    X(X_JABBER, "X-JABBER", TEXT, 1018) \
    X(X_GTALK, "X-GTALK", TEXT, 222) \
    X(X_GOOGLE_TALK, "X-GOOGLE-TALK", TEXT, 284) \
    X(X_ICQ, "X-ICQ", TEXT, 790) \
    X(X_MSN, "X-MSN", TEXT, 465) \
    X(X_YAHOO, "X-YAHOO", TEXT, 199) \
    X(X_QQ, "X-QQ", TEXT, 899) \
    X(X_TWITTER, "X-TWITTER", TEXT, 427) \
    X(X_MS_ANNIVERSARY, "X-MS-ANNIVERSARY", RAW, 39) \
    X(X_MS_ASSISTANT, "X-MS-ASSISTANT", TEXT, 437) \
    X(X_MS_MANAGER, "X-MS-MANAGER", TEXT, 975) \
    X(X_MS_SPOUSE, "X-MS-SPOUSE", TEXT, 293) \
    X(X_MS_IMADDRESS, "X-MS-IMADDRESS", TEXT, 666) \
    X(X_MS_TEL, "X-MS-TEL", TEXT, 246) \
    X(X_MS_CARDPICTURE, "X-MS-CARDPICTURE", BINARY, 387) \
    X(X_EVOLUTION_FILE_AS, "X-EVOLUTION-FILE-AS", TEXT, 833) \
    X(X_EVOLUTION_ANNIVERSARY, "X-EVOLUTION-ANNIVERSARY", RAW, 998) \
    X(X_EVOLUTION_MANAGER, "X-EVOLUTION-MANAGER", TEXT, 569) \
    X(X_EVOLUTION_ASSISTANT, "X-EVOLUTION-ASSISTANT", TEXT, 958) \
    X(X_EVOLUTION_SPOUSE, "X-EVOLUTION-SPOUSE", TEXT, 138) \
    X(X_EVOLUTION_BLOG_URL, "X-EVOLUTION-BLOG-URL", URI, 562) \
    X(X_EVOLUTION_VIDEO_URL, "X-EVOLUTION-VIDEO-URL", URI, 182) \
    X(X_ANDROID_CUSTOM, "X-ANDROID-CUSTOM", RAW, 883) \
    X(X_ADDRESSBOOKSERVER_KIND, "X-ADDRESSBOOKSERVER-KIND", TEXT, 75) \
    X(X_ADDRESSBOOKSERVER_MEMBER, "X-ADDRESSBOOKSERVER-MEMBER", URI, 232) \
    X(X_ODD_LINE, "X-ODD-LINE", TEXT, 56)

enum vcard_name {
    VCARD_OTHER,                /* not in the list: look at the property's name */
#define VCARD_NAME_ENUM(name, text, shape, slot) VCARD_##name,
    VCARD_NAMES(VCARD_NAME_ENUM)
#undef VCARD_NAME_ENUM
        N_VCARD_NAME,
};

#endif
