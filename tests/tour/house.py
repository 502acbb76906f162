# SPDX-License-Identifier: GPL-3.0-or-later
# The demo's invented house as an organisation would hand it over: residents and leefgeld as CSV, calendars as iCalendar, dated around today.
import datetime
import os
import zoneinfo

HOUSE = "Huis De Kade"
# The resident whom the tour signs in.
ROOM, SYMBOL, CALLED = "7", "poot", "Samir"

RESIDENTS = [
    ("1", "Mehret", "fiets", "ti"), ("1", "Senait", "berg", "ti"), ("2", "Yonas", "vogel", "ti"), ("2", "Filmon", "trommel", "ti"),
    ("3", "Amina", "bloem", "en"), ("3", "Grace", "ster", "en"), ("4", "Reza", "vis", "en"), ("4", "Navid", "sleutel", "nl"),
    ("5", "Omar", "boom", "ar"), ("5", "Bilal", "zon", "ar"), ("6", "Helen", "golf", "ti"), ("6", "Rahwa", "maan", "ti"),
    ("7", "Samir", "poot", "ar"), ("7", "Karim", "anker", "ar"), ("8", "Joseph", "gitaar", "en"), ("8", "Daniel", "boek", "en"),
    ("9", "Layla", "blad", "ar"), ("9", "Noor", "wolk", "nl"), ("10", "Ibrahim", "bel", "en"), ("10", "Moussa", "kop", "nl"),
    ("11", "Tesfay", "hart", "ti"), ("11", "Robel", "boot", "ti"), ("12", "Peter", "paraplu", "en"), ("12", "Victor", "bliksem", "nl"),
]


def today():
    """The house's day, wherever the machine believes to be."""
    return datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Amsterdam")).date()


def woongroep(room):
    return "Woongroep " + "ABC"[(int(room) - 1) // 4]


def dutch(day):
    return day.strftime("%d-%m-%Y")


def thursday_before(day):
    return day - datetime.timedelta(days=(day.weekday() - 3) % 7 or 7)


def write_residents(path, today):
    with open(path, "w", encoding="utf-8-sig", newline="") as out:
        out.write("huis;woongroep;kamer;roepnaam;symbool;taal;instroom;casemanager juridisch;casemanager sociaal\r\n")
        for number, (room, called, symbol, language) in enumerate(RESIDENTS):
            arrived = today - datetime.timedelta(days=20 + number * 17)
            out.write(f"{HOUSE};{woongroep(room)};{room};{called};{symbol};{language};{dutch(arrived)};J. de Wit;T. Visser\r\n")


def write_leefgeld(path, today):
    """Six weeks of week money and pay-outs; the last payment is still to come."""
    last = thursday_before(today)
    with open(path, "w", encoding="utf-8-sig", newline="") as out:
        out.write("huis;kamer;roepnaam;datum;soort;bedrag;reden\r\n")
        for room, called, _, _ in RESIDENTS:
            for week in range(5, -1, -1):
                day = last - datetime.timedelta(days=7 * week)
                out.write(f"{HOUSE};{room};{called};{dutch(day)};toekenning;50,00;weekbedrag\r\n")
                if week > 0:
                    out.write(f"{HOUSE};{room};{called};{dutch(day)};uitbetaling;-50,00;contant uitbetaald\r\n")
            if called == CALLED:
                out.write(f"{HOUSE};{room};{called};{dutch(last)};correctie;\"-7,50\";sleutel kwijt, nieuwe sleutel betaald\r\n")


def event(uid, day, begin, end, summary, location):
    stamp = day.strftime("%Y%m%d")
    return ["BEGIN:VEVENT", f"UID:{uid}@kade.example", "DTSTAMP:20260101T000000Z", f"DTSTART;TZID=Europe/Amsterdam:{stamp}T{begin}00",
            f"DTEND;TZID=Europe/Amsterdam:{stamp}T{end}00", f"SUMMARY:{summary}", f"LOCATION:{location}", "END:VEVENT"]


def write_calendar(path, events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Huisbord//tour//NL", *[line for one in events for line in one], "END:VCALENDAR"]
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("\r\n".join(lines) + "\r\n")


def write_everything(folder, today):
    """Writes the files and returns their paths by what they hold."""
    paths = {what: os.path.join(folder, what) for what in ("residents.csv", "leefgeld.csv", "resident.ics", "house.ics")}
    write_residents(paths["residents.csv"], today)
    write_leefgeld(paths["leefgeld.csv"], today)
    after = lambda days: today + datetime.timedelta(days=days)  # noqa: E731
    write_calendar(paths["resident.ics"], [
        event("advocaat-1", after(1), "1030", "1130", "Gesprek met je advocaat", "Havenkade 12"),
        event("school-1", after(3), "0900", "1200", "Taalles", "Schoolplein 4"),
        event("dokter-1", after(6), "1415", "1430", "Huisarts", "Marktstraat 30"),
    ])
    write_calendar(paths["house.ics"], [
        event("koken-1", today, "1800", "1930", "Samen koken", "Keuken"),
        event("naaien-1", after(1), "1400", "1600", "Naaiatelier", "Huiskamer"),
    ])
    return paths
