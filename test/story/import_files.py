"""Made-up export files for the import stories."""
import io
import zipfile

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nEMAIL:{email}\r\nTEL:{tel}\r\nORG:{org}\r\nTITLE:{title}\r\nEND:VCARD\r\n"


def card(name, uid="", email="", tel="", org="", title=""):
    """A card with the lines that have something to say."""
    text = CARD.format(uid=uid, name=name, email=email, tel=tel, org=org, title=title)
    return "".join(line + "\r\n" for line in text.split("\r\n") if line and not line.endswith(":"))


def cards(n, first=0):
    return "".join(card(f"Person{i} Sample{i}", f"u{i}", f"p{i}@clinic.example", f"+1 202 555 {i:04d}", f"Hospital {i % 7}")
                   for i in range(first, first + n))


NOTES = ('Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n')


def connections(rows, preamble=True):
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    return (NOTES if preamble else "") + head + "".join(",".join(row) + "\n" for row in rows)


PEOPLE = [("Amina", '"Hassan, MD"', "https://www.linkedin.com/in/amina-hassan", "", "Northquay General", "Resident", "15 Mar 2024"),
          ("Dr. Jun", "Watanabe", "https://www.linkedin.com/in/jun-w", "jun@clinic.example", "Fernwood", "Fellow", "14 Mar 2024"),
          ("", "", "", "", "", "", "13 Mar 2024")]

MESSAGES = """CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,IS MESSAGE DRAFT
2-aa==,,Farah Siddiqui,https://www.linkedin.com/in/farah-s,Amina Hassan,https://www.linkedin.com/in/amina-hassan,2024-03-15 09:30:00 UTC,,Thank you for the advice,INBOX,No
2-aa==,,Amina Hassan,https://www.linkedin.com/in/amina-hassan,Farah Siddiqui,https://www.linkedin.com/in/farah-s,2024-03-16 10:00:00 UTC,,You are welcome,INBOX,No
2-bb==,,Farah Siddiqui,https://www.linkedin.com/in/farah-s,Jun Watanabe,https://www.linkedin.com/in/jun-w,2024-03-17 10:00:00 UTC,,Never sent,INBOX,Yes
2-cc==,,LinkedIn Member,,Farah Siddiqui,https://www.linkedin.com/in/farah-s,2024-03-18 10:00:00 UTC,,Hello,INBOX,No
"""

PROFILE = """First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers
Farah,Siddiqui,,,"Jun 15, 1990",Physician,,Medicine,,"Houston, Texas",,,
"""


def archive(members):
    """ZIP bytes of {name: text}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in members.items():
            bundle.writestr(name, text)
    return out.getvalue()


def linkedin(people=PEOPLE):
    return archive({"Connections.csv": connections(people), "messages.csv": MESSAGES, "Profile.csv": PROFILE})


GOOGLE = """First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value
Leila,,Rahimi,Dr.,,Harbor Point,Attending,--06-15,,Mentors ::: * myContacts,* Work,leila@harbor.example ::: l.rahimi@mail.example,Mobile,+1 202 555 0101
,,,,,,,,,,,,,
user@example.com,,,,,,,,,,Other,user@example.com,,
"""

GERMAN = "Vorname;Nachname;E-Mail-Adresse;Firma\r\nJürgen;Weiß;juergen@klinik.example;Klinik Süd\r\n".encode("cp1252")

NBIB = """
PMID- 12345678
TI  - A made-up study of sutures.
DP  - 2018 Apr
FAU - Siddiqui, Farah
AU  - Siddiqui F
FAU - Okafor, Ngozi
AU  - Okafor N
AUID- ORCID: 0000-0002-1825-0097
AD  - Department of Surgery, Lakeside University Hospital, Lagos, Nigeria. ngozi@lakeside.example.
JT  - Journal of made-up medicine

"""

TABLE = "Who,Mail,Where they work,Shoe size\nSana Malik,sana@clinic.example,Northquay General,38\nTariq Aziz,tariq@clinic.example,Fernwood,44\n"
