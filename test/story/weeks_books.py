"""Four made-up doctors with the files their networks come in: a phone, LinkedIn, the list of a school. Each is a Book:
goal, files, what happened, and the day on which their week is looked at (test_weeks.py)."""
import datetime
import io
import zipfile

TABLE = "Name,Class of,Medical school,Hospital,Position,City,State,Country,LinkedIn\n"
CONNECTIONS = ('Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
               "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
MESSAGES = ("CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
            "IS MESSAGE DRAFT\n")
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"


def quoted(*cells):
    return ",".join('"' + str(cell).replace('"', '""') + '"' for cell in cells) + "\n"


def lines(text):
    """The rows of a table written with bars; blank lines part groups."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]


def slug(name):
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-")


def url(name):
    return f"https://www.linkedin.com/in/{slug(name)}"


def mail(name):
    return f"{slug(name).replace('-', '.')}@mail.example"


def two(name):
    given, _, family = name.partition(" ")
    return given, family


def phone(text):
    """name | hospital | title | city, state, country | tags | note -> vCards."""
    cards = []
    for at, (name, org, title, place, tags, *note) in enumerate(lines(text)):
        city, state, country = ([*place.split(", "), "", "", ""])[:3]
        plain = name.removeprefix("Dr. ").removeprefix("Prof. ")
        given, family = two(plain)
        prefix = name[:len(name) - len(plain)].strip()
        card = ["BEGIN:VCARD", "VERSION:3.0", f"UID:phone-{slug(name)}", f"FN:{name}", f"N:{family};{given};;{prefix};",
                f"EMAIL:{mail(plain)}", f"TEL:+1 202 555 {at:04d}", f"URL:{url(plain)}"]
        card += [f"ORG:{org}"] if org else []
        card += [f"TITLE:{title}"] if title else []
        card += [f"ADR;TYPE=WORK:;;;{city};{state};;{country}"] if city else []
        card += [f"CATEGORIES:{tags}"] if tags else []
        card += [f"NOTE:{note[0]}"] if note else []
        cards.append("\r\n".join([*card, "END:VCARD", ""]))
    return "".join(cards).encode()


def school(text):
    """name | class | school | hospital | position | city, state, country -> the table a class group keeps."""
    rows = [TABLE]
    for name, year, where, org, title, place in lines(text):
        rows.append(quoted(name, year, where, org, title, *([*place.split(", "), "", "", ""])[:3], url(name)))
    return "".join(rows).encode()


def linkedin(owner, people, messages="", invitations="", members=None):
    """people: name | hospital | position | connected on. messages: day | > or < | name | text (>: you wrote)."""
    rows = [CONNECTIONS]
    for name, org, title, on in lines(people):
        rows.append(quoted(*two(name), url(name), "", org, title, datetime.date.fromisoformat(on).strftime("%d %b %Y")))
    said = [MESSAGES]
    for at, (day, way, name, text) in enumerate(lines(messages) if messages else []):
        to = [owner, url(owner), name, url(name)] if way == ">" else [name, url(name), owner, url(owner)]
        said.append(quoted(f"2-{slug(name)}==", "", *to, f"{day} {8 + at % 10:02d}:15:00 UTC", "", text, "INBOX", "No"))
    asked = [INVITATIONS]
    for day, way, name in lines(invitations) if invitations else []:
        at = datetime.date.fromisoformat(day)
        sides = [owner, name] if way == ">" else [name, owner]
        asked.append(quoted(*sides, f"{at.month}/{at.day}/{at.year % 100:02d}, 4:10 PM", "", "OUTGOING" if way == ">" else "INCOMING",
                            *map(url, sides)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("Connections.csv", "".join(rows))
        bundle.writestr("messages.csv", "".join(said))
        bundle.writestr("Invitations.csv", "".join(asked))
        for member, content in (members or {}).items():
            bundle.writestr(member, content)
    return out.getvalue()


def profile(owner, headline, summary, place):
    given, family = two(owner)
    return ("First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,"
            "Websites,Instant Messengers\n" + quoted(given, family, "", "", "", headline, summary, "Medicine", "", place, "", "", ""))


def medline(owner, papers):
    """papers: PMID | title | year | authors parted by ;."""
    out = []
    for pmid, title, year, authors in lines(papers):
        out.append(f"PMID- {pmid}\nTI  - {title}\nDP  - {year}\nTA  - J Made Up Med\n")
        for name in [owner, *[one.strip() for one in authors.split(";")]]:
            given, family = two(name)
            out.append(f"FAU - {family}, {given}\nAU  - {family} {given[0]}\nAD  - {mail(name)}\n")
        out.append("PT  - Journal Article\n\n")
    return "".join(out).encode()


class Book:
    """goal: for `goal set`. files: name -> bytes, in the order in which they are brought in. touches: day | person | kind | way | note.
    then: commands that follow; "@Name" is that person's id. later: the same book again on another day: (name, now, commands before)."""

    def __init__(self, now, goal, files, touches="", then=(), later=None):
        self.now, self.goal, self.files, self.touches = now, goal, files, lines(touches) if touches else []
        self.then, self.later = then, later


# ---- a student, eighteen months before Match Day 2028 ----

NILE = "Nile Delta Faculty of Medicine"
STUDENT = Book(
    "2026-09-14T08:00:00Z",
    dict(specialties="internal_medicine", cycle="2028", stage="student", school=NILE, school_country="EG", graduated="2027",
         citizenship="EG", visa="j1", work_permit="none", exams="none", place_now="Mansoura", country_now="EG", zone="Africa/Cairo",
         regions="NJ MI", languages="ar en", heritage="none", hours_week="4", money_month="20", free_days="fri", tried="none"),
    {
        "phone.vcf": phone("""
            Hala Mansour    | Corner Street Clinic | Family physician | Mansoura, , Egypt | family | My aunt
            Adel Mansour    | Garden Pharmacy | Pharmacist | Paterson, New Jersey, United States | family | My uncle
            Rania Mansour   | Lakefront Software | Engineer | Dearborn, Michigan, United States | family | My cousin
            Omar Mansour    | | | Mansoura, , Egypt | family | My brother
            Yara Fouad      | | | Mansoura, , Egypt | friend
            Karim Lotfy     | Delta Radio | Journalist | Cairo, , Egypt | friend
            Prof. Samir Badawi | Nile Delta University Hospital | Professor of internal medicine | Mansoura, , Egypt | teacher
            Dr. Mona Zaki   | Nile Delta University Hospital | Lecturer in physiology | Mansoura, , Egypt | teacher
            Dr. Tamer Sabry | Nile Delta University Hospital | Consultant, internal medicine | Mansoura, , Egypt | supervisor
            Dina Ashraf     | Nile Delta University Hospital | Secretary of the dean | Mansoura, , Egypt |
            Salma Nabil     | | Medical student | Mansoura, , Egypt | classmate
            Youssef Hegazy  | | Medical student | Mansoura, , Egypt | classmate
            Farida Gamal    | | Medical student | Mansoura, , Egypt | classmate
            Hassan Shokry   | | Medical student | Tanta, , Egypt | classmate
            Nadine Wassef   | | Medical student | Mansoura, , Egypt | classmate
            Ali Morsi       | | Medical student | Damietta, , Egypt | classmate
            Reem Attia      | Nile Delta University Hospital | House officer | Mansoura, , Egypt | colleague
            Mostafa Eid     | Nile Delta University Hospital | House officer | Mansoura, , Egypt | colleague
            """),
        "class-list.csv": school(f"""
            Ahmed Selim     | 2021 | {NILE} | Passaic Valley Medical Center | Resident, internal medicine, PGY-3 | Clifton, New Jersey, United States
            Heba Anwar      | 2022 | {NILE} | Passaic Valley Medical Center | Resident, internal medicine, PGY-2 | Clifton, New Jersey, United States
            Karim Abdelrahman | 2023 | {NILE} | Rivergate Hospital | Resident, internal medicine, PGY-1 | Detroit, Michigan, United States
            Marwa Saad      | 2020 | {NILE} | Lakeland Children's Hospital | Resident, pediatrics, PGY-3 | Cleveland, Ohio, United States
            Sherif Kamel    | 2019 | {NILE} | Rivergate Hospital | Fellow, cardiology | Detroit, Michigan, United States
            Nagla Hamdy     | 2004 | {NILE} | Harbor Point Medical Center | Attending physician, internal medicine | Newark, New Jersey, United States
            Wael Soliman    | 1998 | {NILE} | Bluewater Clinic | Attending physician, family medicine | Tampa, Florida, United States
            Lamia Refaat    | 2022 | {NILE} | Royal Fen Hospital | Registrar, medicine | Cambridge, , United Kingdom
            Bassem Younan   | 2021 | {NILE} | Ostland Klinik | Resident, surgery | Leipzig, , Germany
            Iman Sultan     | 2023 | {NILE} | | Preparing for exams | Mansoura, , Egypt
            Tarek Nassar    | 2018 | {NILE} | Gulf Crescent Hospital | Specialist, internal medicine | Jeddah, , Saudi Arabia
            Amal Rizk       | 2024 | {NILE} | Rivergate Hospital | Research fellow, internal medicine | Detroit, Michigan, United States
            """),
        "Basic_LinkedInDataExport.zip": linkedin("Layla Haddad", """
            Ahmed Selim     | Passaic Valley Medical Center | Internal Medicine Resident | 2026-08-20
            Heba Anwar      | Passaic Valley Medical Center | Internal Medicine Resident | 2026-08-22
            Sherif Kamel    | Rivergate Hospital | Cardiology Fellow | 2026-05-11
            Priya Raman     | Rivergate Hospital | Attending Physician, Internal Medicine | 2026-09-11
            Daniel Whitlock | Harbor Point Medical Center | Associate Program Director, Internal Medicine | 2026-06-02
            Grace Okonjo    | Harbor Point Medical Center | Residency Coordinator | 2026-06-03
            Elena Popescu   | Rivergate Hospital | Internal Medicine Resident | 2026-04-18
            Salma Nabil     | Nile Delta Faculty of Medicine | Student | 2025-02-01
            Youssef Hegazy  | Nile Delta Faculty of Medicine | Student | 2025-02-01
            Mina Girgis     | Nile Delta Faculty of Medicine | Student | 2025-03-07
            Jonas Keller    | Ostland Klinik | Assistenzarzt | 2026-01-15
            """, """
            2026-08-23 | > | Heba Anwar | Dear Dr. Anwar, you trained where I train. How did you find the time for Step 1 in the sixth year?
            2026-09-09 | < | Heba Anwar | Happy to help, ask me anything.
            2026-08-24 | > | Ahmed Selim | Dear Dr. Selim, thank you for connecting. I have one question about electives in New Jersey.
            2026-05-12 | > | Sherif Kamel | Dear Dr. Kamel, congratulations on the fellowship.
            2026-05-13 | < | Sherif Kamel | Thank you, Layla.
            """, """
            2026-08-19 | > | Ahmed Selim
            2026-08-21 | > | Heba Anwar
            2026-07-01 | > | Thomas Berg
            """, {
                "Profile.csv": profile("Layla Haddad", "Medical student", "", "Mansoura, Egypt"),
                "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n" + quoted(NILE, 2021, 2027, "", "MBBCh", ""),
                "Languages.csv": "Name,Proficiency\nArabic,Native or bilingual proficiency\nEnglish,Professional working proficiency\n",
            }),
    },
    """
    2026-09-12 | Mostafa Eid      | call         | both | He told me how the house year counts.
    2026-09-10 | Priya Raman      | event        | both | Her webinar on reading an ECG with a student's eyes; we wrote in the chat.
    2026-09-13 | Dr. Tamer Sabry  | talk         | both | Half an hour on internal medicine as a life.
    2026-08-30 | Salma Nabil      | meeting      | both | We plan our questions together.
    2026-09-06 | Salma Nabil      | meeting      | both |
    2026-09-05 | Youssef Hegazy   | coffee       | both |
    2026-03-02 | Prof. Samir Badawi | meeting    | both | He examined me and asked where I want to train.
    2026-07-20 | Adel Mansour     | call         | both |
    2026-06-10 | Rania Mansour    | message      | out  |
    2026-06-11 | Rania Mansour    | message      | in   |
    2026-02-12 | Jonas Keller     | conference   | both | Student congress in Leipzig.
    """,
    (("cadence", "set", "--person", "@Salma Nabil", "--every", "14d"),))

# ---- a graduate, three months before the first day to submit (2 September 2026) ----

INDUS = "Indus Delta Medical College"
GRADUATE = Book(
    "2026-06-01T12:00:00Z",
    dict(specialties="internal_medicine", cycle="2027", stage="certified", school=INDUS, school_country="PK", graduated="2022",
         citizenship="PK", visa="j1", work_permit="none", exams="step1 step2ck oet ecfmg_pathway", place_now="Toledo, Ohio",
         country_now="US", zone="America/New_York", regions="OH MI", languages="ur en", heritage="appna", hours_week="7",
         money_month="60", free_days="sun", tried="existing_connections digital_platforms"),
    {
        "phone.vcf": phone("""
            Dr. Anita Rao       | Northquay General Hospital | Attending physician, internal medicine | Toledo, Ohio, United States | | Clinic on Thursdays
            Dr. Peter Lindqvist | Northquay General Hospital | Hospitalist | Toledo, Ohio, United States |
            Dr. Amina Hassan    | Northquay General Hospital | Chief resident, internal medicine | Toledo, Ohio, United States |
            Dr. Luis Ortega     | Northquay General Hospital | Resident, internal medicine, PGY-2 | Toledo, Ohio, United States |
            Carol Jensen        | Northquay General Hospital | Program coordinator, internal medicine | Toledo, Ohio, United States |
            Dr. Helen Brandt    | Lakeshore Medical Center | Attending physician, internal medicine | Detroit, Michigan, United States |
            Dr. Viktor Sokol    | Lakeshore Medical Center | Associate program director, internal medicine | Detroit, Michigan, United States |
            Dr. Farid Aslam     | Fernwood Community Hospital | Attending physician, internal medicine | Dayton, Ohio, United States | mentor
            Prof. Khalid Mirza  | Civil Lines Teaching Hospital | Professor of medicine | Lahore, , Pakistan | teacher
            Dr. Saima Qureshi   | Civil Lines Teaching Hospital | Consultant physician | Lahore, , Pakistan | supervisor
            Bilal Ahmad         | Fernwood Community Hospital | Nurse | Dayton, Ohio, United States | family | My cousin
            Nadia Ahmad         | Bluestone Bank | Accountant | Chicago, Illinois, United States | family | My sister
            Mehwish Arif        | Civil Lines Teaching Hospital | House officer | Lahore, , Pakistan | classmate
            Oksana Melnyk       | Riverside Clinic | Clinical research coordinator | Houston, Texas, United States |
            Usman Tariq         | | House officer | Lahore, , Pakistan | friend
            Hira Saleem         | Study room | Preparing for Step 2 | Toledo, Ohio, United States | classmate
            Zain Baloch         | Study room | Preparing for Step 3 | Houston, Texas, United States | classmate
            Maryam Iqbal        | Riverside Clinic | Research assistant | Houston, Texas, United States | classmate
            Dr. Owen Clarke     | Maple Street Practice | Family physician | Toledo, Ohio, United States | own doctor
            """),
        "alumni.csv": school(f"""
            Sana Malik      | 2019 | {INDUS} | Cuyahoga Valley Hospital | Resident, internal medicine, PGY-3 | Cleveland, Ohio, United States
            Tariq Aziz      | 2020 | {INDUS} | Lakeshore Medical Center | Resident, internal medicine, PGY-2 | Detroit, Michigan, United States
            Rabia Noor      | 2021 | {INDUS} | Cuyahoga Valley Hospital | Resident, internal medicine, PGY-1 | Cleveland, Ohio, United States
            Imran Sheikh    | 2017 | {INDUS} | Pinecrest Medical Center | Attending physician, internal medicine | Columbus, Ohio, United States
            Ayesha Siddiqi  | 2018 | {INDUS} | Wolverine University Hospital | Fellow, nephrology | Ann Arbor, Michigan, United States
            Kamran Butt     | 2009 | {INDUS} | Wolverine University Hospital | Assistant professor of medicine | Ann Arbor, Michigan, United States
            Fatima Raza     | 2022 | {INDUS} | Bayou Regional Hospital | Resident, family medicine, PGY-1 | Lafayette, Louisiana, United States
            Hamza Yousaf    | 2022 | {INDUS} | | Applying this year | Houston, Texas, United States
            Sadia Khan      | 2023 | {INDUS} | | Preparing for Step 1 | Karachi, , Pakistan
            Asad Mehmood    | 2016 | {INDUS} | St. Alban's Infirmary | Registrar, medicine | Leeds, , United Kingdom
            Nida Rehman     | 2020 | {INDUS} | Cuyahoga Valley Hospital | Resident, psychiatry, PGY-2 | Cleveland, Ohio, United States
            """),
        "Basic_LinkedInDataExport.zip": linkedin("Farah Siddiqui", """
            Amina Hassan    | Northquay General Hospital | Chief Resident, Internal Medicine | 2026-03-20
            Sana Malik      | Cuyahoga Valley Hospital | Internal Medicine Resident | 2026-05-25
            Tariq Aziz      | Lakeshore Medical Center | Internal Medicine Resident | 2026-02-10
            Viktor Sokol    | Lakeshore Medical Center | Associate Program Director, Internal Medicine | 2026-04-02
            Margaret Doyle  | Cuyahoga Valley Hospital | Program Director, Internal Medicine | 2026-01-19
            Ruth Abernathy  | Cuyahoga Valley Hospital | Residency Program Coordinator | 2026-01-20
            Samuel Tetteh   | Pinecrest Medical Center | Internal Medicine Resident | 2026-05-29
            Ingrid Halvorsen | Pinecrest Medical Center | Associate Program Director, Internal Medicine | 2026-05-28
            Jun Watanabe    | Fernwood Community Hospital | Attending Physician, Internal Medicine | 2026-02-14
            Chidi Okafor    | Lakeshore Medical Center | Internal Medicine Resident | 2025-11-03
            Beatriz Lima    | Bayou Regional Hospital | Family Medicine Resident | 2025-10-12
            Hira Saleem     | Study room | Physician | 2024-05-02
            Mehwish Arif    | Civil Lines Teaching Hospital | House Officer | 2024-05-02
            Danish Ghani    | Civil Lines Teaching Hospital | House Officer | 2024-05-02
            Oksana Melnyk   | Riverside Clinic | Clinical Research Coordinator | 2025-09-09
            Robert Haines   | Match Success Coaching | Founder | 2026-03-01
            """, """
            2026-05-26 | > | Sana Malik | Dear Dr. Malik, you finished at Indus Delta three years before me. May I ask how your programme reads an observership?
            2026-05-30 | < | Sana Malik | Of course, happy to. What would you like to know?
            2026-02-11 | > | Tariq Aziz | Dear Dr. Aziz, thank you for connecting.
            2026-05-22 | > | Viktor Sokol | Dear Dr. Sokol, thank you for the tour of the wards in April. May I ask one question about the research track?
            2026-01-21 | > | Margaret Doyle | Dear Dr. Doyle, may I ask one question about your programme?
            2026-02-02 | > | Margaret Doyle | Dear Dr. Doyle, I only wanted to ask once more.
            2025-11-04 | > | Chidi Okafor | Thank you for connecting, and good luck with the boards.
            2025-11-05 | < | Chidi Okafor | Thanks.
            2026-03-01 | < | Robert Haines | I guarantee interviews. Call me.
            """, """
            2026-05-24 | > | Sana Malik
            2026-05-27 | > | Ingrid Halvorsen
            2026-05-28 | > | Samuel Tetteh
            2026-04-01 | > | Viktor Sokol
            """, {
                "Profile.csv": profile("Farah Siddiqui", "Physician, applying for internal medicine | ECFMG certified pathway | Toledo",
                                       "House officer in Lahore for a year, now observing in Ohio. Interested in liver disease and in teaching.",
                                       "Toledo, Ohio, United States"),
                "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n" +
                                 quoted("Civil Lines Teaching Hospital", "House officer", "Internal medicine and surgery", "Lahore, Pakistan",
                                        "Mar 2023", "Feb 2024") +
                                 quoted("Northquay General Hospital", "Observer", "Internal medicine", "Toledo, Ohio", "May 2026", "May 2026"),
                "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n" + quoted(INDUS, 2017, 2022, "", "MBBS", ""),
                "Skills.csv": "Name\nUltrasound\nClinical audit\nTeaching\n",
                "Languages.csv": "Name,Proficiency\nUrdu,Native or bilingual proficiency\nEnglish,Full professional proficiency\n",
            }),
        "papers.nbib": medline("Farah Siddiqui", """
            90001001 | Early discharge after variceal bleeding: a ward audit. | 2025 | Saima Qureshi; Mehwish Arif; Oksana Melnyk
            """),
    },
    """
    2026-05-04 | Dr. Peter Lindqvist | rotation_day | both | First day of the block.
    2026-05-15 | Dr. Peter Lindqvist | rotation_day | both |
    2026-05-29 | Dr. Peter Lindqvist | rotation_day | both | He said my presentations had become clear.
    2026-05-29 | Dr. Luis Ortega     | rotation_day | both | Showed me the record system.
    2026-05-29 | Carol Jensen        | meeting      | both | Gave me the badge and took it back.
    2026-03-05 | Dr. Anita Rao       | rotation_day | both |
    2026-03-12 | Dr. Anita Rao       | rotation_day | both |
    2026-03-27 | Dr. Anita Rao       | rotation_day | both | Last day of the March block.
    2026-03-28 | Dr. Anita Rao       | thanks       | out  |
    2026-03-20 | Dr. Amina Hassan    | rotation_day | both |
    2026-03-28 | Dr. Amina Hassan    | thanks       | out  |
    2026-04-20 | Dr. Amina Hassan    | coffee       | both |
    2026-04-17 | Dr. Viktor Sokol    | meeting      | both | Tour of the wards.
    2026-04-18 | Dr. Viktor Sokol    | thanks       | out  |
    2026-04-24 | Dr. Farid Aslam     | talk         | both | He read my CV and asked for a shorter one.
    2026-04-25 | Dr. Farid Aslam     | thanks       | out  |
    2026-05-20 | Imran Sheikh        | talk         | both | Twenty minutes on hospitalist life, and where he would apply.
    2026-05-21 | Imran Sheikh        | thanks       | out  |
    2025-10-02 | Dr. Saima Qureshi   | paper        | both | The audit went out.
    2025-12-20 | Prof. Khalid Mirza  | call         | both |
    2026-05-10 | Bilal Ahmad         | meeting      | both |
    2026-05-24 | Hira Saleem         | meeting      | both |
    2026-05-17 | Hira Saleem         | meeting      | both |
    2026-04-04 | Nadia Ahmad         | call         | both |
    """,
    (("cadence", "set", "--person", "@Hira Saleem", "--every", "14d"),
     ("cadence", "set", "--person", "@Dr. Farid Aslam", "--every", "35d"),
     ("fact", "add", "@Robert Haines", "--kind", "do_not_contact", "--value", "sells interviews"),
     ("favour", "add", "--person", "@Imran Sheikh", "--kind", "talk", "--on", "2026-05-12", "--state", "thanked"),
     ("favour", "add", "--person", "@Dr. Farid Aslam", "--kind", "review", "--on", "2026-04-20", "--state", "thanked"),
     ("favour", "add", "--person", "@Sana Malik", "--kind", "information", "--on", "2026-05-26", "--state", "asked"),
     ("membership", "add", "acp", "--since", "2025-07-01", "--renew", "2026-06-30", "--cost", "149"),
     ("season", "add", "--title", "Observership in Toledo", "--kind", "rotation", "--on", "2026-05-04", "--until", "2026-05-29"),
     ("season", "add", "--title", "Ohio ACP scientific meeting", "--kind", "conference", "--on", "2026-07-25", "--until", "2026-07-26")))

# ---- an applicant without a place, in Match Week of 2027 and in the week after it ----

BICOL = "Mayon College of Medicine"
UNMATCHED = Book(
    "2027-03-16T14:00:00Z",
    dict(specialties="family_medicine internal_medicine", cycle="2027", stage="unmatched", school=BICOL, school_country="PH",
         graduated="2020", citizenship="PH", visa="j1", work_permit="none", exams="step1 step2ck oet ecfmg_pathway ecfmg_cert",
         place_now="Chicago, Illinois", country_now="US", zone="America/Chicago", regions="IL WI IN", languages="tl en", heritage="none",
         hours_week="8", money_month="100", free_days="sun", tried="proactive_outreach conferences alumni"),
    {
        "phone.vcf": phone("""
            Dr. Theresa Quinn   | Prairie Family Health | Attending physician, family medicine | Peoria, Illinois, United States | mentor
            Dr. Marcus Bell     | Lakeview Community Hospital | Program director, family medicine | Chicago, Illinois, United States | | Interviewed me in November
            Dr. Joan Feld       | Lakeview Community Hospital | Faculty physician, family medicine | Chicago, Illinois, United States |
            Dr. Ramon Villar    | Bicol Regional Hospital | Consultant, family medicine | Legazpi, , Philippines | teacher
            Dr. Sunita Patel    | Cedar Bend Hospital | Attending physician, internal medicine | Madison, Wisconsin, United States |
            Dr. Emeka Udo       | Cedar Bend Hospital | Chief resident, internal medicine | Madison, Wisconsin, United States |
            Dr. Grace Lindholm  | Prairie Family Health | Attending physician, family medicine | Peoria, Illinois, United States |
            Pat Romero          | Lakeview Community Hospital | Residency coordinator, family medicine | Chicago, Illinois, United States |
            Dana Schultz        | Cedar Bend Hospital | Residency coordinator, internal medicine | Madison, Wisconsin, United States |
            Dr. Nathan Cole     | Wabash General Hospital | Program director, family medicine | Fort Wayne, Indiana, United States | | Interviewed me in December
            Liza Santos         | Mercy Dialysis | Nurse | Chicago, Illinois, United States | family | My sister
            Ramil Santos        | | | Legazpi, , Philippines | family
            Tess Aguilar        | Mercy Dialysis | Nurse | Chicago, Illinois, United States | friend
            Carlo Medina        | Wabash General Hospital | Resident, family medicine, PGY-1 | Fort Wayne, Indiana, United States | classmate
            Joy Ramos           | | Applying | Chicago, Illinois, United States | classmate
            Mia Torres          | Clinic on Ninth | Medical assistant | Chicago, Illinois, United States | colleague
            Dr. Irene Novak     | Clinic on Ninth | Attending physician, family medicine | Chicago, Illinois, United States | supervisor
            """),
        "mayon-alumni.csv": school(f"""
            Paolo Reyes     | 2016 | {BICOL} | Lakeview Community Hospital | Attending physician, family medicine | Chicago, Illinois, United States
            Andrea Cruz     | 2018 | {BICOL} | Hoosier Valley Hospital | Resident, family medicine, PGY-3 | Gary, Indiana, United States
            Miguel Navarro  | 2019 | {BICOL} | Hoosier Valley Hospital | Resident, internal medicine, PGY-2 | Gary, Indiana, United States
            Bianca Flores   | 2020 | {BICOL} | Desert Sun Hospital | Resident, family medicine, PGY-1 | Tucson, Arizona, United States
            Rico Bautista   | 2005 | {BICOL} | Great Lakes Medical Center | Attending physician, internal medicine | Milwaukee, Wisconsin, United States
            Carmela Diaz    | 2021 | {BICOL} | | Research volunteer | Chicago, Illinois, United States
            Jun Salazar     | 2017 | {BICOL} | Great Lakes Medical Center | Assistant professor of medicine | Milwaukee, Wisconsin, United States
            Noel Castro     | 2015 | {BICOL} | Bay Hospital | Specialist | Manila, , Philippines
            Kristine Lim    | 2022 | {BICOL} | | Preparing for Step 1 | Manila, , Philippines
            """),
        "Basic_LinkedInDataExport.zip": linkedin("Angela Santos", """
            Andrea Cruz     | Hoosier Valley Hospital | Family Medicine Resident | 2026-07-12
            Paolo Reyes     | Lakeview Community Hospital | Family Physician | 2026-08-01
            Emeka Udo       | Cedar Bend Hospital | Chief Resident, Internal Medicine | 2026-06-30
            Nathan Cole     | Wabash General Hospital | Program Director, Family Medicine | 2026-12-20
            Olga Petrenko   | Great Lakes Medical Center | Associate Program Director, Internal Medicine | 2026-09-15
            Derek Hsu       | Great Lakes Medical Center | Internal Medicine Resident | 2026-09-16
            Lauren Fox      | Hoosier Valley Hospital | Program Coordinator, Family Medicine | 2026-08-18
            Hannah Weiss    | Clinic on Ninth | Research Manager | 2025-12-01
            Victor Mbeki    | Prairie Family Health | Family Medicine Attending | 2026-05-05
            """, """
            2026-08-03 | > | Paolo Reyes | Kuya Paolo, thank you for connecting. May I ask you about Lakeview?
            2026-08-05 | < | Paolo Reyes | Ask me anything.
            2026-09-20 | > | Olga Petrenko | Dear Dr. Petrenko, may I ask whether your programme sponsors J-1?
            2026-09-28 | < | Olga Petrenko | We do.
            2027-01-12 | > | Andrea Cruz | Thank you for telling me about the interview day.
            2027-01-13 | < | Andrea Cruz | Any time.
            """, "", {
                "Profile.csv": profile("Angela Santos", "Family physician from Legazpi, applying to family medicine",
                                       "Five years of primary care, two of them in a rural unit.", "Chicago, Illinois, United States"),
                "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n" + quoted(BICOL, 2015, 2020, "", "MD", ""),
            }),
    },
    """
    2026-06-01 | Dr. Sunita Patel   | rotation_day | both | First day at Cedar Bend.
    2026-06-26 | Dr. Sunita Patel   | rotation_day | both | Last day.
    2026-06-27 | Dr. Sunita Patel   | thanks       | out  |
    2026-08-20 | Dr. Sunita Patel   | letter       | in   | The letter is uploaded.
    2026-08-21 | Dr. Sunita Patel   | thanks       | out  |
    2026-07-31 | Dr. Joan Feld      | rotation_day | both | Observership at Lakeview, last day.
    2026-08-01 | Dr. Joan Feld      | thanks       | out  |
    2026-06-26 | Dr. Emeka Udo      | rotation_day | both |
    2026-06-27 | Dr. Emeka Udo      | thanks       | out  |
    2026-11-12 | Dr. Marcus Bell    | meeting      | both | Interview day.
    2026-12-08 | Dr. Nathan Cole    | meeting      | both | Interview day.
    2027-02-10 | Dr. Theresa Quinn  | talk         | both | She looked over the rank list.
    2027-02-11 | Dr. Theresa Quinn  | thanks       | out  |
    2027-01-15 | Dr. Theresa Quinn  | talk         | both |
    2026-10-05 | Dr. Theresa Quinn  | talk         | both | Mock interview.
    2027-03-08 | Dr. Irene Novak    | meeting      | both | I work for her on Mondays.
    2027-03-01 | Dr. Irene Novak    | meeting      | both |
    2027-03-15 | Liza Santos        | call         | both |
    2027-03-12 | Joy Ramos          | coffee       | both |
    2027-02-19 | Carlo Medina       | call         | both |
    2026-09-02 | Dr. Ramon Villar   | mail         | out  |
    2026-09-04 | Dr. Ramon Villar   | mail         | in   |
    """,
    (("cadence", "set", "--person", "@Dr. Theresa Quinn", "--every", "35d"),
     ("favour", "add", "--person", "@Dr. Sunita Patel", "--kind", "letter", "--on", "2026-06-20", "--state", "thanked"),
     ("favour", "add", "--person", "@Dr. Joan Feld", "--kind", "letter", "--on", "2026-07-25", "--state", "thanked"),
     ("favour", "add", "--person", "@Andrea Cruz", "--kind", "advice", "--on", "2027-01-12", "--state", "thanked"),
     ("favour", "add", "--person", "@Paolo Reyes", "--kind", "advice", "--on", "2026-08-03", "--state", "granted")),
    ("unmatched-after", "2027-03-22T14:00:00Z", (("goal", "set", "--cycle", "2028"),)))

# ---- a resident in the second year, who gives back ----

SAVANNA = "Savanna State College of Medicine"
RESIDENT = Book(
    "2026-10-12T12:00:00Z",
    dict(specialties="internal_medicine", cycle="2027", stage="resident", school=SAVANNA, school_country="NG", graduated="2019",
         citizenship="NG", visa="j1", work_permit="none", exams="step1 step2ck step3 oet ecfmg_pathway ecfmg_cert", place_now="Baltimore",
         country_now="US", zone="America/New_York", regions="MD", languages="en ig", heritage="none", hours_week="2.5", money_month="40",
         free_days="sat sun", tried="existing_connections alumni mentors_informational"),
    {
        "phone.vcf": phone("""
            Dr. Ellen Marsh     | Chesapeake General Hospital | Program director, internal medicine | Baltimore, Maryland, United States |
            Dr. David Osei      | Chesapeake General Hospital | Attending physician, cardiology | Baltimore, Maryland, United States | mentor
            Dr. Laura Kim       | Chesapeake General Hospital | Chief resident, internal medicine | Baltimore, Maryland, United States |
            Dr. Tom Bradley     | Chesapeake General Hospital | Resident, internal medicine, PGY-2 | Baltimore, Maryland, United States | colleague
            Dr. Ifeoma Nnadi    | Chesapeake General Hospital | Resident, internal medicine, PGY-1 | Baltimore, Maryland, United States | colleague
            Rosa Delgado        | Chesapeake General Hospital | Program coordinator | Baltimore, Maryland, United States |
            Dr. Folake Adeyemi  | Potomac Heart Institute | Attending physician, cardiology | Washington, District of Columbia, United States |
            Dr. Stephen Gould   | Potomac Heart Institute | Fellowship director, cardiology | Washington, District of Columbia, United States |
            Dr. Nkem Obi        | Peachtree Medical Center | Attending physician, internal medicine | Atlanta, Georgia, United States | mentor
            Prof. Bola Akinyele | Savanna State Teaching Hospital | Professor of medicine | Jos, , Nigeria | teacher
            Chuka Eze           | | | Enugu, , Nigeria | family
            Adaora Eze          | Bridge Street School | Teacher | Houston, Texas, United States | family
            Dr. Paul Whitaker   | Peachtree Medical Center | Attending physician, internal medicine | Atlanta, Georgia, United States | | Wrote a letter for me
            Arjun Mehta         | Chesapeake General Hospital | Resident, internal medicine, PGY-2 | Baltimore, Maryland, United States | colleague
            Tunde Bello         | Harbor Street Bakery | Baker | Baltimore, Maryland, United States | friend
            """),
        "savanna.csv": school(f"""
            Zainab Lawal    | 2024 | {SAVANNA} | | Applying this year | Lagos, , Nigeria
            Emeka Agu       | 2023 | {SAVANNA} | | Applying this year | Houston, Texas, United States
            Ngozi Ibe       | 2022 | {SAVANNA} | | Preparing for Step 2 | Abuja, , Nigeria
            Halima Sani     | 2025 | {SAVANNA} | Savanna State Teaching Hospital | House officer | Jos, , Nigeria
            Kelechi Udeh    | 2021 | {SAVANNA} | Peachtree Medical Center | Resident, internal medicine, PGY-1 | Atlanta, Georgia, United States
            Yusuf Danladi   | 2017 | {SAVANNA} | Potomac Heart Institute | Fellow, cardiology | Washington, District of Columbia, United States
            Amara Nwosu     | 2016 | {SAVANNA} | Bayfront Hospital | Attending physician, internal medicine | Tampa, Florida, United States
            Peter Onoja     | 2018 | {SAVANNA} | Royal Fen Hospital | Registrar | Cambridge, , United Kingdom
            """),
        "Basic_LinkedInDataExport.zip": linkedin("Obinna Eze", """
            Zainab Lawal    | Savanna State College of Medicine | Physician | 2026-10-01
            Emeka Agu       | Savanna State College of Medicine | Physician | 2026-09-20
            Ifeoma Nnadi    | Chesapeake General Hospital | Internal Medicine Resident | 2026-07-02
            Laura Kim       | Chesapeake General Hospital | Chief Resident | 2025-07-05
            Yusuf Danladi   | Potomac Heart Institute | Cardiology Fellow | 2026-03-03
            Stephen Gould   | Potomac Heart Institute | Fellowship Director, Cardiology | 2026-09-29
            Nkem Obi        | Peachtree Medical Center | Internist | 2023-04-04
            Megan Hollis    | Chesapeake General Hospital | Internal Medicine Resident | 2025-07-05
            Arjun Mehta     | Chesapeake General Hospital | Internal Medicine Resident | 2025-07-05
            Fatou Diop      | Peachtree Medical Center | Research Coordinator | 2024-02-02
            """, """
            2026-10-02 | < | Zainab Lawal | Good evening sir. Thank you for connecting. May I ask how you chose your programmes?
            2026-09-21 | < | Emeka Agu | Hello Dr. Eze, would you look at my experience list?
            2026-09-22 | > | Emeka Agu | Gladly, send it.
            2026-09-23 | < | Emeka Agu | Here it is, thank you.
            2026-03-05 | > | Yusuf Danladi | Congratulations on the fellowship.
            2026-03-06 | < | Yusuf Danladi | Thank you, brother.
            """, "", {
                "Profile.csv": profile("Obinna Eze", "Internal medicine resident, Chesapeake General Hospital",
                                       "Second-year resident from Jos, interested in heart failure and in teaching.",
                                       "Baltimore, Maryland, United States"),
                "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\n" + quoted(SAVANNA, 2013, 2019, "", "MBBS", ""),
                "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n" +
                                 quoted("Chesapeake General Hospital", "Resident", "Internal medicine", "Baltimore, Maryland", "Jul 2025", ""),
            }),
        "papers.nbib": medline("Obinna Eze", """
            90002001 | Discharge letters after heart failure: a count of what is missing. | 2026 | David Osei; Arjun Mehta
            """),
    },
    """
    2026-10-08 | Dr. David Osei      | meeting      | both | Half an hour on the second paper.
    2026-08-27 | Dr. David Osei      | meeting      | both |
    2026-07-16 | Dr. David Osei      | meeting      | both |
    2026-06-18 | Dr. Nkem Obi        | call         | both | Told her how the first year went.
    2025-12-30 | Dr. Nkem Obi        | call         | both |
    2025-03-22 | Dr. Paul Whitaker   | mail         | out  | Told him that I matched.
    2025-03-23 | Dr. Paul Whitaker   | mail         | in   |
    2024-09-12 | Dr. Paul Whitaker   | rotation_day | both |
    2025-03-22 | Prof. Bola Akinyele | mail         | out  |
    2025-03-24 | Prof. Bola Akinyele | mail         | in   |
    2026-09-30 | Dr. Tom Bradley     | coffee       | both |
    2026-10-09 | Dr. Folake Adeyemi  | conference   | both | Her talk on amyloid at the regional meeting; we spoke at the poster.
    2026-09-18 | Dr. Ifeoma Nnadi    | meeting      | both | Showed her how notes are written here.
    2026-10-04 | Adaora Eze          | call         | both |
    """,
    (("cadence", "set", "--person", "@Dr. Nkem Obi", "--every", "90d"),
     ("cadence", "set", "--person", "@Dr. David Osei", "--every", "35d"),
     ("favour", "add", "--person", "@Dr. Paul Whitaker", "--kind", "letter", "--on", "2024-09-20", "--state", "thanked"),
     ("favour", "add", "--person", "@Emeka Agu", "--kind", "review", "--on", "2026-09-22", "--direction", "given"),
     ("membership", "add", "acp", "--since", "2025-08-01", "--renew", "2027-06-30")))

BOOKS = {"student": STUDENT, "graduate": GRADUATE, "unmatched": UNMATCHED, "resident": RESIDENT}
